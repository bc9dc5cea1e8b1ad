// Real pandoc: documents of five formats, and every way in which a conversion fails.

#include "readers/pandoc.h"

#include <csignal>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

#include "foreign_help.h"
#include "readers/list_labels.h"

namespace rapporteur {
namespace {

using std::chrono::milliseconds;
using testing::docx;
using testing::only;
using testing::pandoc_makes;
using testing::rendering;

const char* const report = R"(**REPORT OF THE HARBOUR BOARD**\
Tallinn, 3 May 2019

# Opening

4. The Chair opened the meeting.
5. The Board adopted the agenda:

    a. Dredging;
    b. Tariffs.

6. It took note of the paper.
)";

constexpr const char* report_lines =
    "REPORT OF THE HARBOUR BOARD\nTallinn, 3 May 2019\nOpening\n4. The Chair opened the meeting.\n5. The Board adopted the agenda:\n"
    "    a. Dredging;\n    b. Tariffs.\n6. It took note of the paper.\n";

SourceInfo named(const std::string& name) {
  SourceInfo info;
  info.name = name;
  return info;
}

class PandocFormats : public ::testing::TestWithParam<const char*> {};

TEST_P(PandocFormats, GiveTheSameLines) {
  NEEDS("pandoc");
  const std::string bytes = pandoc_makes(report, "markdown", GetParam(), {"--standalone", "--metadata", "title=T"});
  const auto document = read_with_pandoc(bytes, GetParam(), named("in"));
  ASSERT_TRUE(document) << only(document.said());
  std::string lines = rendering(*document);
  if (lines.starts_with("T\n")) lines.erase(0, 2);
  EXPECT_EQ(lines, report_lines);
  EXPECT_EQ(document->source->info().converter, "pandoc");
  EXPECT_FALSE(document->source->info().converter_version.empty());
  for (const Diagnostic& one : check_coverage(*document)) ADD_FAILURE() << render_text(one);
}

INSTANTIATE_TEST_SUITE_P(Pandoc, PandocFormats, ::testing::Values("docx", "odt", "html", "epub"), [](const auto& format) { return std::string(format.param); });

TEST(Pandoc, TablesAndNotesOfDocx) {
  NEEDS("pandoc");
  const char* const text = "Text.^[As in Annex II.]\n\n| No. | Port |\n|---|---|\n| 1 | Tallinn |\n";
  const auto document = read_with_pandoc(pandoc_makes(text, "markdown", "docx"), "docx", named("in.docx"));
  ASSERT_TRUE(document);
  EXPECT_EQ(rendering(*document), "Text.\nNo.\tPort\n1\tTallinn\nAs in Annex II.\n");
  EXPECT_TRUE(document->lines[1].marks.at(0).header);
  EXPECT_FALSE(document->lines[2].marks.at(0).header);
}

TEST(Pandoc, RtfAndOdtSayTheirLosses) {
  NEEDS("pandoc");
  const auto document = read_with_pandoc(pandoc_makes("Text.", "markdown", "rtf", {"--standalone"}), "rtf", named("in.rtf"));
  ASSERT_TRUE(document);
  EXPECT_FALSE(document->words_exact);
  EXPECT_EQ(only(document->diagnostics),
            "R208 pandoc reads rtf with losses: words that are hyperlinks can be lost | "
            "let it be read by way of LibreOffice: --convert");
}

const char* const changed =
    "<w:p><w:r><w:t>kept </w:t></w:r><w:ins w:id=\"1\" w:author=\"Ana\" w:date=\"2021-01-02T00:00:00Z\"><w:r><w:t>new</w:t></w:r></w:ins>"
    "<w:del w:id=\"2\" w:author=\"Ana\" w:date=\"2021-01-02T00:00:00Z\"><w:r><w:delText>old</w:delText></w:r></w:del></w:p>";

TEST(Pandoc, TrackedChangesAreAnOption) {
  NEEDS("pandoc");
  PandocOptions options;
  const auto with = [&](TrackChanges changes) {
    options.track_changes = changes;
    return read_with_pandoc(docx(changed), "docx", named("in.docx"), options);
  };
  EXPECT_EQ(rendering(*with(TrackChanges::accept)), "kept new\n");
  EXPECT_EQ(rendering(*with(TrackChanges::reject)), "kept old\n");
  const auto all = with(TrackChanges::all);
  EXPECT_EQ(rendering(*all), "kept newold\n");
  EXPECT_EQ(all->lines[0].marks.at(0).kind, MarkKind::inserted);
  EXPECT_EQ(all->lines[0].marks.at(1).kind, MarkKind::deleted);
  EXPECT_EQ(all->source->info().notes, std::vector<std::string>{"tracked changes: all"});
}

TEST(Pandoc, TheFirstPagesHeaderStandsAboveTheText) {
  NEEDS("pandoc");
  const std::string header = R"(<w:hdr xmlns:w="w"><w:p><w:r><w:t>Council of Ports</w:t></w:r></w:p></w:hdr>)";
  const std::string rels = R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>)";
  const std::string body = R"(<w:p><w:r><w:t>1. Opening</w:t></w:r></w:p><w:sectPr><w:headerReference w:type="default" r:id="r7" xmlns:r="r"/></w:sectPr>)";
  const auto document = read_with_pandoc(docx(body, {{"word/header1.xml", header}, {"word/_rels/document.xml.rels", rels}}), "docx", named("in.docx"));
  ASSERT_TRUE(document) << only(document.said());
  EXPECT_EQ(rendering(*document), "Council of Ports\n1. Opening\n");
  EXPECT_TRUE(document->outside.empty());
}

TEST(Pandoc, GarbageInAWholeContainer) {
  NEEDS("pandoc");
  const auto bad = read_with_pandoc(testing::container({{"word/document.xml", "<not xml"}}), "docx", named("in.docx"));
  ASSERT_FALSE(bad);
  EXPECT_EQ(only(bad.said()).substr(0, 41), "E106 pandoc cannot read this document: co");
  EXPECT_EQ(bad.said()[0].file, "in.docx");
}

TEST(Pandoc, MissingIsTypedWithTheLineThatInstallsIt) {
  PandocOptions options;
  options.pandoc = "no-such-pandoc";
  EXPECT_EQ(only(read_with_pandoc("<p>x", "html", named("in.html"), options).said()),
            "E101 `no-such-pandoc` is needed for this format and was not found | install it: sudo apt-get install pandoc");
  EXPECT_EQ(find_program("pandoc", ""), std::nullopt);
}

/// A program that stands in for pandoc.
class Impostor {
 public:
  explicit Impostor(const std::string& script) : x_path(::testing::TempDir() + "impostor" + std::to_string(::getpid()) + "-" + std::to_string(++made)) {
    FILE* file = std::fopen(x_path.c_str(), "w");
    std::fputs(("#!/bin/sh\nif [ \"$1\" = --version ]; then echo pandoc ${VERSION:-2.17}; exit; fi\n" + script).c_str(), file);
    std::fclose(file);
    ::chmod(x_path.c_str(), 0755);
  }
  ~Impostor() { ::unlink(x_path.c_str()); }
  PandocOptions options() const {
    PandocOptions options;
    options.pandoc = x_path;
    options.deadline = milliseconds(300);
    return options;
  }
  const std::string& path() const { return x_path; }

 private:
  static inline int made = 0;
  std::string x_path;
};

std::string fails(const std::string& script) {
  const Impostor impostor(script);
  const auto result = read_with_pandoc("<p>x", "html", named("in.html"), impostor.options());
  return result ? "no failure" : only(result.said());
}

TEST(Pandoc, EveryFailureHasItsCode) {
  EXPECT_EQ(fails("sleep 60"), "E103 pandoc had not finished after 0.3 s and was stopped | raise the deadline, or look at the document in the program that made it");
  EXPECT_EQ(fails("exit 251"), "E104 pandoc ran out of the memory it may use | the document is too large, or made to be; split it, or convert it by hand");
  EXPECT_EQ(fails("kill -9 $$"), "E107 pandoc 2.17 died of signal 9 (Killed) | run it again; if it dies again, convert the document by hand and report it to the makers");
  EXPECT_EQ(fails("echo broken >&2; exit 64"), "E106 pandoc cannot read this document: broken | open it in the program that made it and save it anew");
  EXPECT_EQ(fails("echo '{\"pandoc-api'").substr(0, 31), "R201 this is not complete JSON:");
}

TEST(Pandoc, OldVersionsAreRefused) {
  const std::string path = ::testing::TempDir() + "old-pandoc";
  FILE* file = std::fopen(path.c_str(), "w");
  std::fputs("#!/bin/sh\necho pandoc 2.9.2\n", file);
  std::fclose(file);
  ::chmod(path.c_str(), 0755);
  EXPECT_EQ(only(find_external("pandoc", path).said()),
            "E102 `" + path + "` says version 2.9.2; pandoc 2.15 or later is needed | install it: sudo apt-get install pandoc");
  ::unlink(path.c_str());
}

class Pool : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!testing::have("pandoc")) GTEST_SKIP() << "pandoc is not installed";
    x_pandoc = *find_external("pandoc");
  }
  static PandocJob job(std::string_view bytes, std::string_view from) { return {bytes, from, TrackChanges::accept, milliseconds(20'000), "in"}; }
  Program x_pandoc;
};

TEST_F(Pool, AnswersAsAProcessOfItsOwn) {
  PandocPool pool(x_pandoc, 1);
  const std::string bytes = pandoc_makes(report, "markdown", "docx");
  const auto warm = pool.convert(job(bytes, "docx"));
  ASSERT_TRUE(warm);
  EXPECT_TRUE(*warm == *run_pandoc(x_pandoc, job(bytes, "docx")));
  const auto changes = pool.convert({docx(changed), "docx", TrackChanges::reject, milliseconds(20'000), "in"});
  ASSERT_TRUE(changes);
  EXPECT_NE(changes->find("old"), std::string::npos);
}

TEST_F(Pool, OneBadDocumentHurtsNoOther) {
  PandocPool pool(x_pandoc, 1);
  ASSERT_TRUE(pool.convert(job("<p>a", "html")));
  const pid_t before = pool.workers().at(0);
  EXPECT_EQ(only(pool.convert(job("garbage", "docx")).said()).substr(0, 40), "E106 pandoc cannot read this document: c");
  ASSERT_TRUE(pool.convert(job("<p>b", "html")));
  EXPECT_EQ(pool.workers().at(0), before);
}

TEST_F(Pool, KilledWorkersAreReplacedAndTheirDocumentsDone) {
  PandocPool pool(x_pandoc, 2, 5);
  std::atomic<int> done = 0;
  std::atomic<bool> stop = false;
  std::thread killer([&] {
    while (!stop) {
      for (const pid_t pid : pool.workers()) ::kill(pid, SIGKILL);
      std::this_thread::sleep_for(milliseconds(150));
    }
  });
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) done += static_cast<bool>(pool.convert(job("<p>text</p>", "html")));
    });
  for (std::thread& thread : threads) thread.join();
  stop = true;
  killer.join();
  EXPECT_EQ(done, 20);
}

TEST_F(Pool, LeavesNoProcessBehind) {
  std::vector<pid_t> pids;
  {
    PandocPool pool(x_pandoc, 1);
    ASSERT_TRUE(pool.convert(job("<p>a", "html")));
    pids = pool.workers();
  }
  ASSERT_EQ(pids.size(), 1u);
  EXPECT_NE(::kill(pids[0], 0), 0);
}

TEST(Pools, HangingWorkerMeetsTheDeadline) {
  const Impostor impostor("sleep 60");
  PandocPool pool({"pandoc", impostor.path(), "2.17"}, 1);
  const auto begin = std::chrono::steady_clock::now();
  const auto result = pool.convert({"<p>x", "html", TrackChanges::accept, milliseconds(300), "in.html"});
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(1300));
  EXPECT_EQ(only(result.said()).substr(0, 5), "E103 ");
}

TEST(ListLabels, CountAsWordProcessorsDo) {
  EXPECT_EQ(list_label({NumberStyle::lower_alpha, NumberDelimiter::two_parens}, 27), "(aa) ");
  EXPECT_EQ(list_label({NumberStyle::upper_roman, NumberDelimiter::period}, 1994), "MCMXCIV. ");
  EXPECT_EQ(list_label({NumberStyle::upper_alpha, NumberDelimiter::one_paren}, 3), "C) ");
  EXPECT_EQ(list_label({NumberStyle::lower_roman, NumberDelimiter::period}, 0), "0. ");
}

}  // namespace
}  // namespace rapporteur
