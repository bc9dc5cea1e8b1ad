// The whole way from bytes of foreign formats: known by content, in any encoding, with the remedy where unreadable.

#include "readers/foreign_rows.h"

#include "foreign_help.h"
#include "readers/input.h"
#include "readers/office.h"

namespace rapporteur {
namespace {

using testing::docx;
using testing::only;
using testing::rendering;

const std::string docx_bytes = docx("<w:p><w:r><w:t>1. Opening</w:t></w:r></w:p>");

std::string_view format_of(const std::string& name, const std::string& bytes) { return find_reader({name, bytes, {}, {}})->format; }

TEST(ForeignRows, ContentDecidesNotTheName) {
  EXPECT_EQ(format_of("a.txt", docx_bytes), "docx");
  EXPECT_EQ(format_of("a.docx", "%PDF-1.4"), "pdf");
  EXPECT_EQ(format_of("a.docx", "\n<!DOCTYPE HTML><p>x"), "html");
  EXPECT_EQ(format_of("", "{\\rtf1 x}"), "rtf");
  EXPECT_EQ(format_of("", R"({"pandoc-api-version":[1,22],"meta":{},"blocks":[]})"), "pandoc-json");
  EXPECT_EQ(format_of("a.docx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..."), "doc");
  EXPECT_EQ(format_of("A.HTM", "<p>x"), "html");
  EXPECT_EQ(format_of("a.docx", "garbage"), "docx");
}

TEST(ForeignRows, WrongExtensionIsNoTrouble) {
  NEEDS("pandoc");
  const auto document = read_document({"a.pdf", docx_bytes, {}, {}});
  ASSERT_TRUE(document) << only(document.said());
  EXPECT_EQ(rendering(*document), "1. Opening\n");
  EXPECT_EQ(document->source->info().bytes, docx_bytes.size());
  EXPECT_EQ(document->source->info().sha256.size(), 64u);
}

TEST(ForeignRows, CutOffDocxIsTold) {
  EXPECT_EQ(only(read_document({"a.docx", docx_bytes.substr(0, docx_bytes.size() / 2), {}, {}}).said()).substr(0, 36),
            "R302 the file is cut off or damaged:");
  EXPECT_EQ(only(read_document({"a.docx", "garbage", {}, {}}).said()).substr(0, 30), "R301 the file is no zip contai");
}

TEST(ForeignRows, OldWordFilesNameTheCommand) {
  const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more";
  EXPECT_EQ(only(read_document({"it's.doc", ole, {}, {}}).said()),
            "R501 this is a Word file of before 2007, which cannot be read as it is | convert it: soffice --headless --convert-to docx "
            "'it'\\''s.doc' (install it: sudo apt-get install libreoffice-writer-nogui), or let it be done: --convert");
  ReadOptions options;
  options.foreign.convert = true;
  options.foreign.soffice = "no-such-soffice";
  EXPECT_EQ(only(read_document({"a.doc", ole, {}, {}}, options).said()).substr(0, 24), "E101 `no-such-soffice` i");
  const std::string locked = ole + std::string("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
  EXPECT_EQ(only(read_document({"a.docx", locked, {}, {}}).said()).substr(0, 5), "R304 ");
}

TEST(ForeignRows, HtmlInTheEncodingItDeclares) {
  NEEDS("pandoc");
  const auto document = read_document({"a.html", "<html><head><meta charset=\"windows-1254\"><title>Tutanak</title></head><p>\xDE" "ehir \xFE" "ehri</p>", {}, {}});
  ASSERT_TRUE(document) << only(document.said());
  EXPECT_EQ(rendering(*document), "Şehir şehri\n");
  EXPECT_EQ(document->source->info().media_type, "text/html");
  ASSERT_EQ(document->outside.size(), 1u);
  EXPECT_EQ(document->outside[0].text, "Tutanak");
}

TEST(ForeignRows, HtmlThatPlacesWordsIsReadAsLines) {
  std::string html = "<html><body>";
  for (int page = 1; page <= 2; ++page) {
    html += "<div id=\"page" + std::to_string(page) + "-div\" style=\"position:relative\">";
    for (int line = 12; line >= 1; --line)
      html += "<p style=\"position:absolute;top:" + std::to_string(line * 15 + (line > 6 ? 30 : 0)) + "px;left:" + (line == 3 ? "150" : "85") +
              "px\">line&#160;" + std::to_string(line) + "<b>b</b></p>";
    html += "</div>";
  }
  const auto document = read_document({"a.html", html, {}, {}});
  ASSERT_TRUE(document) << only(document.said());
  ASSERT_EQ(document->lines.size(), 24u);
  EXPECT_EQ(document->lines[0].match, "line 1b");
  EXPECT_EQ(document->lines[2].look.indent, 10);
  EXPECT_EQ(document->lines[6].look.blank_before, 1);
  EXPECT_EQ(document->lines[12].look.page, 2);
}

TEST(ForeignRows, TreeOnStandardInput) {
  const auto document = read_document({"", R"({"pandoc-api-version":[1,23,1],"meta":{"title":{"t":"MetaInlines","c":[{"t":"Str","c":"Title"}]}},"blocks":[{"t":"Para","c":[{"t":"Str","c":"x"}]}]})", {}, {}});
  ASSERT_TRUE(document);
  EXPECT_EQ(rendering(*document), "Title\nx\n");
  EXPECT_EQ(only(read_document({"", R"({"pandoc-api-version":[1,22],"meta":{},"blo)", {}, {}}).said()).substr(0, 5), "R201 ");
}

TEST(ForeignRows, ConvertersBecomePersistentAfterTwoDocuments) {
  NEEDS("pandoc");
  Converters converters;
  ConverterOptions one;
  one.workers = 1;
  EXPECT_EQ(converters.pool(one), nullptr);
  EXPECT_EQ(converters.pool(one), nullptr);
  ASSERT_NE(converters.pool(one), nullptr);
  ReadOptions options;
  options.foreign.converters = &converters;
  ASSERT_TRUE(read_document({"a.docx", docx_bytes, {}, {}}, options));
  EXPECT_EQ(converters.pool(one)->workers().size(), 1u);
}

TEST(Office, ConvertsWhereInstalled) {
  NEEDS("soffice");
  ReadOptions options;
  options.foreign.convert = true;
  const auto document = read_document({"a.rtf", "{\\rtf1 1. Opening\\par}", {}, {}}, options);
  ASSERT_TRUE(document) << only(document.said());
  EXPECT_EQ(rendering(*document), "1. Opening\n");
}

}  // namespace
}  // namespace rapporteur
