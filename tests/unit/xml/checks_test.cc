// What no schema says: each check finds its fault, whole message asserted, and finds none in a good report.

#include "xml/checks.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "every_element.h"

namespace rapporteur {
namespace {

std::string told(const Diagnostics& said) {
  std::string out;
  for (const Diagnostic& d : said) out += render_text(d);
  return out;
}

Report with(Inline inline_part) {
  Report r;
  TextBlock p{"p1", {std::move(inline_part)}, {{0, 5}, 4, 4, no_rule, 1}};
  r.body.push_back(Block{p});
  return r;
}

TEST(Checks, FindNothingInAGoodReport) { EXPECT_EQ(told(check_report(test::every_element())), ""); }

TEST(Checks, DatesAreReal) {
  for (const char* good : {"2021", "2021-12", "2021-12-31", "2020-02-29", "2000-02-29"}) EXPECT_TRUE(is_real_date(good)) << good;
  for (const char* bad : {"2021-02-30", "2021-02-29", "1900-02-29", "2021-13", "2021-00", "2021-04-31", "2021-01-00"})
    EXPECT_FALSE(is_real_date(bad)) << bad;
  EXPECT_EQ(told(check_report(with({DateText{"2021-02-30", "", {}, {}}}))),
            "4:1: warning D301: 2021-02-30 in `when` of <date> is no date of the calendar\n"
            "  help: see what is printed: the report may be wrong, or the day and month were taken for each other\n");
}

TEST(Checks, ResolvedMeansATargetThatIsThere) {
  Ref ref{RefType::annex, RefStatus::resolved};
  EXPECT_EQ(told(check_report(with({ref}))), "4:1: error X301: a reference of type annex is said to be resolved and has no target\n");
  ref.target = "annex9";
  EXPECT_EQ(told(check_report(with({ref}))), "4:1: error X302: <ref> points at \"annex9\", but nothing in the report has that id\n");
  ref.target = "p1";
  EXPECT_EQ(told(check_report(with({ref}))), "4:1: error X302: a reference of type annex points at \"p1\", which is a <p>\n");
  ref.status = RefStatus::unresolved;
  ref.type = RefType::document;
  EXPECT_EQ(told(check_report(with({ref}))),
            "4:1: error X301: a reference of type document has the target \"p1\" and is said to be unresolved\n");
}

TEST(Checks, IdsAreUniqueAndPrintedNumbersAgree) {
  Report r = with({Text{"x"}});
  r.body.push_back(r.body[0]);
  EXPECT_EQ(told(check_report(r)), "4:1: error X303: the id \"p1\" is given to more than one element\n  help: each element needs an id of its own\n");
  Report numbered;
  numbered.body.push_back(Block{Paragraph{"para7", "7", "8.", false, {}, {{}, 3, 3, no_rule, 1}}});
  EXPECT_EQ(told(check_report(numbered)),
            "3:1: warning X304: <paragraph> is number 7, but what is printed is \"8.\"\n  help: see which of the two is right\n");
}

TEST(Checks, FiguresAreComparedWhole) {
  for (const auto& [n, printed, faults] : {std::tuple{"8", "18.", 1u}, {"8", "(8)", 0u}, {"1.1", "1.1.", 0u}, {"6.a", "6 (a)", 0u},
                                           {"II", "2.", 0u}, {"3", "Third", 0u}, {"6.a", "6 (b)", 1u}, {"10", "(1O)", 0u}}) {
    Report r;
    r.body.push_back(Block{Paragraph{"para1", n, printed, false, {}, {}}});
    EXPECT_EQ(check_report(r).size(), faults) << n << " " << printed;
  }
}

TEST(Checks, SpansLieInTheSource) {
  Report r = with({Text{"x"}});
  r.source = std::make_shared<const Source>(SourceInfo{}, "abc");
  EXPECT_EQ(told(check_report(r)), "4:1: error X305: <p> says that it ends at byte 5 of a source of 3 bytes\n");
}

TEST(Checks, FurnitureStandsAfterSomething) {
  Report r = with({Text{"x"}});
  r.furniture.push_back({"fur1", FurnitureKind::footer, "p2", {}, {}});
  EXPECT_EQ(told(check_report(r)), "error X306: <fragment> points at \"p2\", but nothing in the report has that id\n");
}

TEST(Coverage, EveryLetterCountsOnceAndPunctuationDoesNot) {
  Coverage source;
  source.add("Été 2021 — «Жизнь», 𝔘!");
  EXPECT_EQ(told(check_coverage(with({Text{"Жизнь 𝔘 2021 Été"}}), source)), "");
  EXPECT_EQ(told(check_coverage(with({Text{"Жизн 𝔘 22021 Été"}}), source)),
            "error C101: 1 letter of the source are not in the report: U+044C (1)\n"
            "  help: this is a fault of the program: please report it with the document\n"
            "error C102: 1 letter of the report are not in the source: 2 (1)\n"
            "  help: this is a fault of the program: please report it with the document\n");
}

TEST(Coverage, WhatMovedIsNoLoss) {
  const std::vector<std::string> lines = {"A title, printed", "Page 4", "7. The Meeting noted that", "Page 5", "Été 2021 was short", "— * —", "and that", "the «Жизнь» sailed", "Été ended"};
  std::uint32_t state = 7;
  const auto below = [&state](std::size_t n) { return (state = state * 1664525 + 1013904223) / 65536 % n; };
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::string> said = lines;
    for (std::size_t moves = below(4); moves > 0; --moves) std::swap(said[below(said.size())], said[below(said.size())]);
    std::string joined;
    std::vector<std::string> texts;
    for (const std::string& line : said) {
      joined += (joined.empty() ? "" : " ") + line;
      if (below(3) == 0) texts.push_back(std::exchange(joined, {}));
    }
    texts.push_back(joined);
    if (below(2) == 0) texts[below(texts.size())] += "z";
    Coverage coverage;
    LetterCount count;
    for (const std::string& line : lines) coverage.add(line), count.add(line);
    for (const std::string& text : texts) coverage.take(text), count.take(text);
    const LetterCount rest = coverage.rest();
    EXPECT_EQ(rest.name_some(1, 99), count.name_some(1, 99));
    EXPECT_EQ(rest.name_some(-1, 99), count.name_some(-1, 99));
  }
}

TEST(Coverage, ALinkWithoutTextPrintsItsAddress) {
  Coverage source;
  source.add("<mailto:a@b.org>");
  EXPECT_EQ(told(check_coverage(with({Link{"mailto:a@b.org", {}}}), source)), "");
}

}  // namespace
}  // namespace rapporteur
