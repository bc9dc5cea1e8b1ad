// Real pdftotext on small PDFs written here.

#include "readers/pdf.h"

#include <fmt/format.h>

#include "foreign_help.h"
#include "rapporteur/rapporteur.h"

namespace rapporteur {
namespace {

using testing::only;

/// What prints a line of a page; what stands between braces is set small and raised.
std::string printed(const std::string& line, bool bold) {
  std::string out;
  const char* font = bold ? "/F2" : "/F1";
  for (std::size_t at = 0; at < line.size();) {
    const bool raised = line[at] == '{';
    const std::size_t end = std::min(line.find(raised ? '}' : '{', at), line.size());
    const std::size_t from = at + raised;
    out += fmt::format("{} {} Tf {} Ts ({}) Tj ", font, raised ? 6 : 10, raised ? 4 : 0, line.substr(from, end - from));
    at = end + raised;
  }
  return out + "T*\n";
}

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
      drawing += printed(text.substr(at + bold, end - at - bold), bold);
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

const std::string far_below(30, '\n');

TEST(Pdf, FootnotesAreNotesAndPointedAt) {
  NEEDS("pdftotext");
  const auto document = read(pdf({"1. The Board heard its treasurer{1} and its clerk.\n\n2. The Board thanked both." + far_below +
                                  "{1} Who had come from the outer islands\nby the morning boat.\n{2} Nobody points at this one."}));
  ASSERT_TRUE(document) << only(document.said());
  std::string got;
  for (const Line& line : document->lines) {
    got += line.kind == LineKind::note ? "note " : line.kind == LineKind::text ? "text " : "? ";
    for (const Mark& mark : line.marks)
      if (mark.kind == MarkKind::footnote) got += fmt::format("[{} at {}-{}] ", mark.text, mark.begin, mark.end);
    got += std::string(line.content) + "\n";
  }
  EXPECT_EQ(got,
            "text [1 at 32-33] 1. The Board heard its treasurer1 and its clerk.\n"
            "text 2. The Board thanked both.\n"
            "note [1 at 0-1] 1\n"
            "note Who had come from the outer islands\n"
            "note by the morning boat.\n"
            "note [2 at 0-1] 2\n"
            "note Nobody points at this one.\n");
}

TEST(Pdf, ANumberOfTheTextsOwnSizeMarksNoFootnote) {
  NEEDS("pdftotext");
  const auto document = read(pdf({"1. The Board met at noon." + far_below + "2 The Board rose.\n3 The Board dined."}));
  ASSERT_TRUE(document) << only(document.said());
  for (const Line& line : document->lines) EXPECT_EQ(line.kind, LineKind::text) << line.content;
}

TEST(Pdf, ASentenceGoesOnBehindFooterFootnoteAndHeader) {
  NEEDS("pdftotext");
  const std::string head = "BOARD OF PILOTS\n\n";
  const std::string one = head + "REPORT OF THE BOARD\n\n1. The Board heard the master of the lights{1} and asked him to\nlook into the matter of the lamp that stands upon the" + far_below +
                          "{1} Who had come by boat.\n\n- 1 -";
  const std::string two = head + "northern mole, and to say by spring what a new one costs.\n\n2. The Board thanked the master of the lights and wished him well." + far_below + "- 2 -";
  const std::string three = head + "3. The Board rose." + far_below + "- 3 -";
  const auto engine = Engine::create({.grammar = "common"});
  ASSERT_TRUE(engine);
  const Parsed parsed = engine->parse({.name = "in.pdf", .bytes = pdf({one, two, three})});
  ASSERT_EQ(parsed.outcome, Outcome::valid);
  EXPECT_NE(parsed.xml.find("<p offset=\""), std::string::npos);
  std::string words;
  bool tag = false;
  for (const char c : parsed.xml.substr(parsed.xml.find("<body>"))) {
    tag |= c == '<';
    if (!tag) words += c == '\n' ? ' ' : c;
    tag &= c != '>';
  }
  EXPECT_NE(words.find("the lamp that stands upon the northern mole, and to say by spring"), std::string::npos) << parsed.xml;
  EXPECT_NE(parsed.xml.find("<fnref target=\"note1\">1</fnref>"), std::string::npos) << parsed.xml;
  EXPECT_NE(parsed.xml.find("Who had come by boat."), std::string::npos);
}

const std::string running_text = "The Board heard its treasurer, who had come from the outer islands by boat,\nand thanked him for the accounts of the year that had ended in the spring.\n\n";

std::string rows_of(const Document& document) {
  std::string got;
  for (const Line& line : document.lines) {
    if (line.kind != LineKind::table_row) continue;
    for (const Mark& cell : line.marks) got += fmt::format("[{}]", line.content.substr(cell.begin, cell.end - cell.begin));
    got += '\n';
  }
  return got;
}

TEST(Pdf, ColumnsThatLineUpAreATable) {
  NEEDS("pdftotext");
  const auto document = read(pdf({running_text +
                                  "No    Action                           Who           By\n"
                                  "1     Mend the lamp on the northern    Anna Voss     May\n"
                                  "      mole\n"
                                  "2     Buy oil                          Ben Harm      June\n\n" + running_text}));
  ASSERT_TRUE(document) << only(document.said());
  EXPECT_EQ(rows_of(*document), "[No][Action][Who][By]\n[1][Mend the lamp on the northern][Anna Voss][May]\n[mole]\n[2][Buy oil][Ben Harm][June]\n");
}

TEST(Pdf, WordsFarApartAreNoTable) {
  NEEDS("pdftotext");
  const std::string masthead = "BOARD OF PILOTS        BP/3\nWendmuende             3 May 2021\nLindhaven              English\nThird session          Final\n\n";
  const std::string contents = "Opening of the session           1\nState of the lights              2\nAccounts of the year             4\nOther matters                    7\n\n";
  const std::string labels = "1.    Opening\n2.    Lights\n3.    Accounts\n4.    Other matters\n\n";
  const std::string columns = "the lamp that stands on the northern    mole was mended by the keepers in the\nmole was mended by the keepers in the   the lamp that stands on the northern\n"
                              "spring, when the ice had gone out of    and the boats could come to the quay\nthe harbour and the boats could come    spring, when the ice had gone out of\n";
  const auto document = read(pdf({masthead + running_text + contents + labels + columns}));
  ASSERT_TRUE(document) << only(document.said());
  EXPECT_EQ(rows_of(*document), "");
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
