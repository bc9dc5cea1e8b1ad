// The bytes of a report: valid, deterministic, and well-formed whatever characters come.

#include "xml/writer.h"

#include <gtest/gtest.h>

#include <tuple>

#include "every_element.h"
#include "xml/escape.h"
#include "xml/validator.h"

namespace rapporteur {
namespace {

using test::every_element;

std::string told(const Diagnostics& said) {
  std::string out;
  for (const Diagnostic& d : said) out += render_text(d);
  return out;
}

Report one_paragraph(std::string text) {
  Report r;
  r.grammar.id = "none";
  TextBlock block;
  block.id = "p1";
  block.text.push_back(Inline{Text{std::move(text)}});
  r.body.push_back(Block{std::move(block)});
  return r;
}

std::string utf8(char32_t c) {
  if (c < 0x80) return {static_cast<char>(c)};
  const auto more = [c](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x800) return {static_cast<char>(0xC0 | (c >> 6)), more(0)};
  if (c < 0x10000) return {static_cast<char>(0xE0 | (c >> 12)), more(6), more(0)};
  return {static_cast<char>(0xF0 | (c >> 18)), more(12), more(6), more(0)};
}

TEST(Writer, EveryElementIsValid) {
  const Report report = every_element();
  Validator validator;
  EXPECT_EQ(told(validator.validate_events(report)), "");
  EXPECT_EQ(told(validator.validate_bytes(write_xml(report))), "");
}

TEST(Writer, AnEmptyReportIsValid) {
  Report report;
  report.grammar.id = "none";
  EXPECT_EQ(told(Validator().validate_bytes(write_xml(report))), "");
}

TEST(Writer, BlocksStandOnLinesAndTextIsNotTouched) {
  const std::string xml = write_xml(one_paragraph(" a & b\t<c> \"d\" "));
  EXPECT_NE(xml.find("\n  <body>\n    <p id=\"p1\"> a &amp; b\t&lt;c&gt; \"d\" </p>\n  </body>\n</report>\n"), std::string::npos) << xml;
}

TEST(Writer, TheSameReportGivesTheSameBytes) { EXPECT_EQ(write_xml(every_element()), write_xml(every_element())); }

TEST(Writer, EscapesWhereverASpecialCharacterStands) {
  for (std::size_t size = 1; size < 40; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (const auto& [special, in_text, in_value] : {std::tuple{'&', "&amp;", "&amp;"}, {'<', "&lt;", "&lt;"}, {'>', "&gt;", "&gt;"}, {'"', "\"", "&quot;"}, {'\n', "\n", "&#10;"}}) {
        std::string text(size, 'x');
        text[at] = special;
        std::string whole = "before", value = "before";
        xml::append_text(whole, text);
        xml::append_value(value, text);
        EXPECT_EQ(whole, "before" + std::string(at, 'x') + in_text + std::string(size - at - 1, 'x'));
        EXPECT_EQ(value, "before" + std::string(at, 'x') + in_value + std::string(size - at - 1, 'x'));
      }
    }
  }
}

TEST(Writer, WhatIsProvenIsWhatIsWritten) {
  const Report report = one_paragraph("Words that were read.");
  Coverage source;
  source.add("Words");
  source.add("that were read.");
  Validator validator;
  std::string proven;
  Found found;
  EXPECT_TRUE(write_proven_xml(report, source, proven, validator, found));
  EXPECT_EQ(proven, write_xml(report));

  source.add("And more.");
  EXPECT_FALSE(write_proven_xml(report, source, proven, validator, found));
  EXPECT_EQ(told(found.checks), "");
  EXPECT_EQ(told(found.coverage),
            "error C101: 7 letters of the source are not in the report: A (1), d (1), e (1), m (1), n (1)\n"
            "  help: this is a fault of the program: please report it with the document\n");
}

TEST(Writer, NothingIsProvenOfWhatTheSchemaOrTheChecksRefuse) {
  Validator validator;
  std::string out;
  Found found;
  Report without_grammar = one_paragraph("");
  without_grammar.grammar.id = "";
  EXPECT_FALSE(write_proven_xml(without_grammar, {}, out, validator, found));
  EXPECT_EQ(told(found.checks) + told(found.coverage), "");
  Report doubled = one_paragraph("");
  doubled.body.push_back(doubled.body[0]);
  EXPECT_FALSE(write_proven_xml(doubled, {}, out, validator, found));
  EXPECT_EQ(told(found.checks), "error X303: the id \"p1\" is given to more than one element\n  help: each element needs an id of its own\n");
  EXPECT_FALSE(write_proven_xml(one_paragraph("\x01"), {}, out, validator, found));
}

TEST(Writer, EveryCodePointIsWellFormedAndIllegalOnesAreCounted) {
  std::string all;
  std::uint64_t illegal = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    const bool surrogate = c >= 0xD800 && c < 0xE000;
    all += utf8(c);
    if (surrogate) illegal += 3;  // three bytes, none of them part of a character
    else illegal += (c < 0x20 && c != 9 && c != 10 && c != 13) || c == 0xFFFE || c == 0xFFFF;
  }
  Diagnostics said;
  std::string xml;
  write_xml(one_paragraph(all), xml, &said);
  EXPECT_EQ(told(Validator().validate_bytes(xml)), "");
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].code, "X001");
  EXPECT_EQ(said[0].message, std::to_string(illegal) + " characters of the text cannot stand in XML and became U+FFFD");
}

TEST(Writer, IllFormedBytesBecomeReplacements) {
  for (const char* bad : {"\xC3", "\xE2\x82", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\x80", "\xF0\x80\x80\x80"}) {
    Report report = one_paragraph(std::string("a") + bad + "z");
    report.source_info.name = bad;
    Diagnostics said;
    std::string xml;
    write_xml(report, xml, &said);
    EXPECT_EQ(told(Validator().validate_bytes(xml)), "") << xml;
    EXPECT_EQ(said.size(), 1u);
    EXPECT_NE(xml.find(">a\xEF\xBF\xBD"), std::string::npos);
  }
}

TEST(Writer, AttributesKeepTabsAndLineEnds) {
  Report report = one_paragraph("x");
  report.options = "a\tb\nc\rd\"e";
  EXPECT_NE(write_xml(report).find("options=\"a&#9;b&#10;c&#13;d&quot;e\""), std::string::npos);
}

}  // namespace
}  // namespace rapporteur
