// The exports for archives and readers, judged by programs that others wrote: xmllint with the official schemas where
// they are at hand, jing with our own, and sha256sum.

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "exports/akn.h"
#include "exports/bag.h"
#include "exports/dublin_core.h"
#include "exports/markup.h"
#include "exports/readable_text.h"
#include "exports/tei.h"
#include "rapporteur/premis.h"
#include "support/root.h"
#include "text/sha256.h"
#include "unit/xml/every_element.h"

namespace rapporteur {
namespace {

namespace fs = std::filesystem;
const std::string root = project_root();

/// A folder of this test's own, gone when it ends.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "rapporteur-exports-XXXXXX").string();
    x_path = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(x_path); }
  std::string write(const std::string& name, const std::string& text) const {
    const fs::path file = x_path / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file.string();
  }
  std::string path() const { return x_path.string(); }

 private:
  fs::path x_path;
};

/// What a command says; empty where it succeeds.
std::string complaint(const std::string& command) {
  std::FILE* pipe = ::popen(("{ " + command + "; } 2>&1").c_str(), "r");
  std::string said;
  std::array<char, 4096> buffer;
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe)) said.append(buffer.data(), got);
  return ::pclose(pipe) == 0 ? "" : said + "(failed)";
}

std::string judged(const std::string& xml, const std::string& schema) {
  const Folder folder;
  return complaint("xmllint --nonet --noout --schema '" + schema + "' '" + folder.write("made.xml", xml) + "'");
}

std::vector<std::string> values(const std::string& xml, const std::string& attribute) {
  std::vector<std::string> found;
  const std::string start = " " + attribute + "=\"";
  for (std::size_t at = 0; (at = xml.find(start, at)) != std::string::npos;) {
    at += start.size();
    found.push_back(xml.substr(at, xml.find('"', at) - at));
  }
  return found;
}

/// Ids that stand twice, and local references that lead nowhere.
std::vector<std::string> broken_links(const std::string& xml) {
  std::set<std::string> ids;
  std::vector<std::string> faults;
  for (const std::string& id : values(xml, "eId"))
    if (!ids.insert(id).second) faults.push_back("twice: " + id);
  for (const char* attribute : {"href", "refersTo", "as", "source", "after", "target"})
    for (const std::string& value : values(xml, attribute))
      if (value[0] == '#' && !ids.contains(value.substr(1))) faults.push_back(std::string(attribute) + " leads nowhere: " + value);
  return faults;
}

Inlines say(std::string text) {
  Inlines out;
  out.push_back(Inline{Text{std::move(text)}});
  return out;
}
Block p(std::string text) { return Block{TextBlock{"", say(std::move(text)), {}}}; }

/// What reports do that hand-made samples rarely do.
Report awkward() {
  Report r;
  r.source_info.sha256 = std::string(64, 'c');
  Quote quote;
  Paragraph inner;
  inner.id = "q7";
  inner.n = "7";
  quote.children.push_back(Block{inner});
  quote.children.push_back(Block{Quote{}});
  Section empty_section, section;
  section.heading = say("Отчёт");
  section.children = {Block{quote}, p("after"), Block{List{"", ListType::bulleted, {{"", "-", {Block{Table{}}, p("x")}, {}, ""}}, {}}}, p("tail"), Block{empty_section}, p("more")};
  Paragraph seven = inner;
  seven.id = "para7";
  seven.children = {p("lead"), Block{section}, Block{Contents{"", ContentsType::tableOfContents, say("Contents"), {}, {}}}, p("end")};
  r.body = {Block{seven}, Block{seven}, Block{Participants{}}, Block{Separator{}}, Block{Verbatim{"", "a\n\n  b\n", {}}}};
  r.closing = {Block{inner}};
  Annex annex, cited;
  cited.n = "II";
  cited.presence = Presence::referencedOnly;
  r.annexes = {annex, annex, cited};
  Inlines mention;
  mention.push_back(Inline{Ref{RefType::annex, RefStatus::unresolved, "II", "", "", "", "II", say("Annex II"), {}}});
  mention.push_back(Inline{Ref{RefType::annex, RefStatus::unresolved, "IX", "", "", "", "IX", say("Annex IX"), {}}});
  mention.push_back(Inline{Ref{RefType::document, RefStatus::external, "A B", "", "urn:a b[#1#2", "", "", say("A B"), {}}});
  mention.push_back(Inline{Link{"1:2 %zz [x]", {}}});
  mention.push_back(Inline{Link{" ", say("nothing")}});
  mention.push_back(Inline{NoteRef{"gone", "*"}});
  mention.push_back(Inline{DateText{"2019-02-30", "", say("30 February"), {}}});
  mention.push_back(Inline{PersonText{"", "", "", "", say("О. Власова"), {}}});
  r.body.push_back(Block{TextBlock{"", mention, {}}});
  r.notes.push_back({"note1", "", "", {}, {}});
  HeaderField date;
  date.kind = FieldKind::docDate;
  date.when = "1994";
  date.text = say("1994");
  r.header.push_back(date);
  return r;
}

TEST(AkomaNtoso, IsStrictlyValid) {
  const std::string schema = root + "/../shared/schemas/akomantoso30.xsd";
  if (!fs::exists(schema)) GTEST_SKIP() << "the official schema is not at hand";
  EXPECT_EQ(judged(akoma_ntoso(test::every_element()), schema), "");
  EXPECT_EQ(judged(akoma_ntoso(awkward()), schema), "");
  EXPECT_EQ(judged(akoma_ntoso(Report{}), schema), "");
}

TEST(AkomaNtoso, EveryNameIsOneAndEveryReferenceHasATarget) {
  for (const Report& report : {test::every_element(), awkward(), Report{}}) {
    const std::string xml = akoma_ntoso(report);
    EXPECT_EQ(broken_links(xml), std::vector<std::string>{});
    EXPECT_EQ(akoma_ntoso(report), xml);
  }
}

TEST(AkomaNtoso, SaysADateInFullOrThatThereIsNone) {
  const std::string xml = akoma_ntoso(awkward());
  EXPECT_EQ(xml.find("date=\"1994"), std::string::npos);
  EXPECT_NE(xml.find("<FRBRdate date=\"0001-01-01\" name=\"unknown\"/>"), std::string::npos);
}

TEST(Tei, IsAsOurSchemaSays) {
  const Folder folder;
  std::string files;
  for (const Report& report : {test::every_element(), awkward(), Report{}})
    files += " '" + folder.write("tei" + std::to_string(files.size()) + ".xml", tei(report)) + "'";
  if (!complaint("command -v jing").empty()) GTEST_SKIP() << "jing is not installed";
  EXPECT_EQ(complaint("jing -c '" + root + "/schema/tei-subset.rnc'" + files), "");
}

TEST(DublinCore, IsWellFormedAndSaysWhatIsKnown) {
  const Folder folder;
  const std::string xml = dublin_core(test::every_element());
  EXPECT_EQ(complaint("xmllint --nonet --noout '" + folder.write("dc.xml", xml) + "'"), "");
  for (const char* part : {"<dc:identifier>NC/R(2019)1</dc:identifier>", "<dc:date>2019-05-14</dc:date>", "<dc:subject>REPORTING</dc:subject>",
                           "<dc:language>en</dc:language>", "<dc:coverage>2019-05-14/2019-05-15</dc:coverage>"})
    EXPECT_NE(xml.find(part), std::string::npos) << part;
}

TEST(Text, HoldsNumbersHeadingsAndAnnexes) {
  Report r;
  HeaderField title;
  title.kind = FieldKind::docTitle;
  title.text = say("REPORT");
  r.header.push_back(title);
  Section section;
  section.num = say("2.");
  section.heading = say("Trade");
  Paragraph seven;
  seven.num = "7.";
  List list{"", ListType::ordered, {{"a", "(a)", {p("roads;"), p("bridges.")}, {}, ""}, {"b", "(b)", {}, {}, ""}}, {}};
  seven.children = {p("The Meeting decided on:"), Block{list}, p("It was late.")};
  section.children = {Block{seven}};
  r.body = {Block{section}};
  Annex annex;
  annex.num = say("ANNEX I");
  annex.heading = say("AGENDA");
  annex.children = {Block{Table{"", {}, {{false, {{say("a"), 1, 1}, {say("b"), 1, 1}}, {}}, {false, {{say("c"), 1, 1}}, {}}}, {}}}};
  r.annexes = {annex};
  EXPECT_EQ(readable_text(r),
            "# REPORT\n\n## 2. Trade\n\n7. The Meeting decided on:\n\n(a) roads;\n\nbridges.\n(b)\n\nIt was late.\n\nANNEX I\n\nAGENDA\n\n"
            "a | b\nc\n");
}

TEST(Premis, IsValidAndHoldsTheTimeItIsGiven) {
  PremisEvent event;
  event.output_name = "report.xml";
  event.output = "<report/>";
  event.time = 1767225600;
  event.diagnostics = test::every_element().diagnostics;
  const std::string xml = premis(test::every_element(), event);
  EXPECT_NE(xml.find("<premis:eventDateTime>2026-01-01T00:00:00Z</premis:eventDateTime>"), std::string::npos);
  EXPECT_NE(xml.find("0 errors, 1 warning: A102 (1)"), std::string::npos);
  EXPECT_NE(xml.find("urn:sha256:" + sha256_hex("<report/>")), std::string::npos);
  const std::string schema = root + "/../shared/schemas/premis.xsd";
  if (!fs::exists(schema)) GTEST_SKIP() << "the official schema is not at hand";
  EXPECT_EQ(judged(xml, schema), "");
}

TEST(Bag, IsCompleteToAnotherProgram) {
  const Folder folder;
  std::vector<BagFile> payload;
  for (const auto& [path, text] : {std::pair<std::string, std::string>{"b/report 2.xml", "<b/>"}, {"a.xml", "<a/>"}, {"отчёт.xml", ""}}) {
    folder.write("data/" + path, text);
    payload.push_back({path, sha256_hex(text), text.size()});
  }
  for (const auto& [name, text] : bag_tag_files(payload, {"Archive of\nNorthwold", "", "2026-01-01"})) folder.write(name, text);
  EXPECT_EQ(complaint("cd '" + folder.path() + "' && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt"), "");
  EXPECT_EQ(complaint("cd '" + folder.path() + "' && test $(find data -type f | wc -l) = $(wc -l < manifest-sha256.txt)"), "");
  EXPECT_EQ(complaint("! python3 -c 'import bagit' 2>/dev/null || python3 -c 'import bagit; bagit.Bag(\"" + folder.path() + "\").validate()'"), "");
  EXPECT_NE(complaint("cd '" + folder.path() + "' && echo changed > data/a.xml && sha256sum --quiet -c manifest-sha256.txt"), "");
}

TEST(Bag, NamesAreEscapedAsTheStandardSays) {
  const auto files = bag_tag_files({{"100%\n.xml", std::string(64, '0'), 3}}, {});
  EXPECT_EQ(files[2].second, std::string(64, '0') + "  data/100%25%0A.xml\n");
  EXPECT_EQ(files[1].second.find("Bagging-Date"), std::string::npos);
  EXPECT_NE(files[1].second.find("Payload-Oxum: 3.1\n"), std::string::npos);
}

TEST(Uri, KeepsAddressesAndEscapesTheRest) {
  EXPECT_EQ(as_uri("https://example.org/a?b=c&d=%20#e"), "https://example.org/a?b=c&d=%20#e");
  EXPECT_EQ(as_uri("1:2 %zz [x] #a#b"), "1%3A2%20%25zz%20%5Bx%5D%20#a%23b");
  EXPECT_EQ(as_uri(" \n"), "");
}

}  // namespace
}  // namespace rapporteur
