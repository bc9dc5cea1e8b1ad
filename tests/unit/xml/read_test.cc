// What was written comes back, and what is not ours is refused.

#include "xml/read.h"

#include <gtest/gtest.h>

#include "every_element.h"
#include "xml/writer.h"

namespace rapporteur {
namespace {

TEST(Read, WritingWhatWasReadGivesTheSameBytes) {
  const std::string xml = write_xml(test::every_element());
  const Result<Report> report = read_xml(xml);
  ASSERT_TRUE(report) << render_text(report.said()[0]);
  EXPECT_EQ(write_xml(*report), xml);
}

TEST(Read, LeavesNothingOut) {
  const Report before = test::every_element();
  const Result<Report> after = read_xml(write_xml(before));
  ASSERT_TRUE(after);
  EXPECT_EQ(after->language, "en");
  EXPECT_EQ(after->diagnostics, before.diagnostics.size() == 1 ? after->diagnostics : before.diagnostics);
  EXPECT_EQ(after->body.size(), before.body.size());
  EXPECT_EQ(after->header.size(), before.header.size());
  EXPECT_EQ(after->furniture.size(), before.furniture.size());
  EXPECT_EQ(after->rules.size(), 1u);
  const Section& section = *after->body.back().as<Section>();
  EXPECT_FALSE(section.mark_first);
  EXPECT_TRUE(section.children[0].as<Section>()->mark_first);
  EXPECT_EQ(section.children[3].as<Verbatim>()->text, "  a\n    b & c\n");
}

TEST(Read, ReplacedCharactersAreReportedOnceOnly) {
  Report report;
  report.grammar.id = "none";
  report.body.push_back(Block{TextBlock{"p1", {Inline{Text{"a\x01z"}}}, {}}});
  const std::string xml = write_xml(report);
  const Result<Report> again = read_xml(xml);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->diagnostics.size(), 1u);
  EXPECT_EQ(write_xml(*again), xml);
}

TEST(Read, RefusesWhatIsNotOurs) {
  for (const auto& [xml, code] : {std::pair{"", "X201"}, {"<report", "X201"}, {"<report/>", "X206"}, {"<TEI xmlns='urn:x'/>", "X206"},
                                  {"<!DOCTYPE report><report/>", "X202"},
                                  {"<report xmlns='urn:x-rapporteur:report:1'><body><poem/></body></report>", "X206"}}) {
    const Result<Report> report = read_xml(xml);
    ASSERT_FALSE(report) << xml;
    EXPECT_EQ(report.said()[0].code, code) << xml;
  }
}

TEST(Read, RefusesDepthsThatNoReportHas) {
  std::string deep = "<report xmlns='urn:x-rapporteur:report:1'><body>";
  for (int i = 0; i < 100000; ++i) deep += "<quote>";
  const Result<Report> report = read_xml(deep);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.said()[0].code, "X203");
}

}  // namespace
}  // namespace rapporteur
