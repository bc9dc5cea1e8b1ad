// Real pdftotext on small PDFs written here.

#include "readers/pdf.h"

#include <fmt/format.h>

#include "foreign_help.h"

namespace rapporteur {
namespace {

using testing::only;

/// A PDF with one page per text; the lines of a text are printed one below the other in Courier, those that begin with an
/// asterisk (not printed) in bold.
std::string pdf(const std::vector<std::string>& pages, const std::string& trailer_more = {}) {
  std::vector<std::string> objects{"", "<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>", "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold >>"};
  std::string kids;
  for (const std::string& text : pages) {
    std::string drawing = "BT /F1 10 Tf 12 TL 72 760 Td\n";
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const bool bold = text[at] == '*';
      drawing += (bold ? "/F2" : "/F1") + std::string(" 10 Tf (") + text.substr(at + bold, end - at - bold) + ") Tj T*\n";
      at = end + 1;
    }
    if (text.empty()) drawing = "72 72 100 100 re f\n";
    else drawing += "ET\n";
    const std::size_t page = objects.size();
    kids += fmt::format("{} 0 R ", page);
    objects.push_back(fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>", page + 1));
    objects.push_back(fmt::format("<< /Length {} >>\nstream\n{}endstream", drawing.size(), drawing));
  }
  objects[2] = fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, pages.size());
  std::string out = "%PDF-1.4\n", table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size());
  for (std::size_t i = 1; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i, objects[i]);
  }
  const std::size_t start = out.size();
  return out + table + fmt::format("trailer << /Size {} /Root 1 0 R {} >>\nstartxref\n{}\n%%EOF\n", objects.size(), trailer_more, start);
}

Result<Document> read(const std::string& bytes) {
  SourceInfo info;
  info.name = "in.pdf";
  return read_pdf(bytes, info);
}

TEST(Pdf, PagesBecomeLines) {
  NEEDS("pdftotext");
  const auto document = read(pdf({"REPORT OF THE BOARD\n\n1.  The Chair opened the meeting.", "- 2 -\n2. The Board agreed."}));
  ASSERT_TRUE(document) << only(document.said());
  ASSERT_EQ(document->lines.size(), 4u);
  EXPECT_TRUE(document->paged);
  EXPECT_EQ(document->lines[3].content, "2. The Board agreed.");
  EXPECT_EQ(document->lines[3].look.page, 2);
  EXPECT_TRUE(document->lines[2].look.page_begins);
  EXPECT_EQ(document->source->info().converter, "pdftotext");
  EXPECT_EQ(document->source->info().media_type, "application/pdf");
}

TEST(Pdf, BoldTypeIsSeen) {
  NEEDS("pdftotext");
  const auto document = read(pdf({"*1. Opening\nThe Chair opened the meeting.\nNothing else was said.\n*Closure & thanks", "Closure & thanks\nThe Chair closed the meeting."}));
  ASSERT_TRUE(document) << only(document.said());
  std::string bold;
  for (const Line& line : document->lines)
    if (line.look.bold) bold += fmt::format("{}:{}|", line.look.page, line.content);
  EXPECT_EQ(bold, "1:1. Opening|1:Closure & thanks|");
}

TEST(Pdf, WhereMostIsBoldNothingIs) {
  NEEDS("pdftotext");
  const auto document = read(pdf({"*1. Opening\n*The Chair opened the meeting.\nNothing else was said."}));
  ASSERT_TRUE(document) << only(document.said());
  for (const Line& line : document->lines) EXPECT_FALSE(line.look.bold) << line.content;
}

TEST(Pdf, ScanNamesTheProgramThatHelps) {
  NEEDS("pdftotext");
  EXPECT_EQ(only(read(pdf({"", ""})).said()),
            "R401 the PDF has 2 pages but no text: it is a scan | recognise its text first: ocrmypdf 'in.pdf' OUT.pdf (sudo apt-get install ocrmypdf)");
}

TEST(Pdf, PasswordIsTold) {
  NEEDS("pdftotext");
  const std::string key(32, 'k');
  const std::string encrypt = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -64 /O (" + key + ") /U (" + key + ") >> /ID [(0123456789abcdef)(0123456789abcdef)]";
  EXPECT_EQ(only(read(pdf({"secret text of a report"}, encrypt)).said()),
            "R402 the PDF is protected by a password | ask its owner for a free copy, or remove the protection: qpdf --decrypt --password=... IN.pdf OUT.pdf");
}

TEST(Pdf, DamagedReferencesAreRepairedAndSaid) {
  NEEDS("pdftotext");
  std::string bytes = pdf({"1. The Chair opened the meeting."});
  bytes.replace(bytes.find("startxref\n") + 10, 3, "999");
  const auto document = read(bytes);
  ASSERT_TRUE(document) << only(document.said());
  EXPECT_EQ(document->lines.at(0).content, "1. The Chair opened the meeting.");
}

TEST(Pdf, CutOffOrOtherContent) {
  NEEDS("pdftotext");
  EXPECT_EQ(only(read("%PDF-1.4\ngarbage").said()).substr(0, 39), "R403 the PDF is damaged beyond reading:");
  EXPECT_EQ(only(read("PK\x03\x04").said()), "R404 the file is no PDF | check its name: the content is of another format, or damaged");
}

TEST(Pdf, ProgramMissing) {
  ConverterOptions options;
  options.pdftotext = "no-such-pdftotext";
  EXPECT_EQ(only(read_pdf("%PDF-1.4", {}, options).said()),
            "E101 `no-such-pdftotext` is needed for this format and was not found | install it: sudo apt-get install poppler-utils");
}

}  // namespace
}  // namespace rapporteur
