// Beginnings: a table must leave no rule out that matches, and must tell texts apart where the rules do.

#include "grammar/start_table.h"

#include <gtest/gtest.h>

namespace rapporteur {
namespace {

/// Names of the rules that match, each asked by itself; looks of an `alone` rule as the matcher has them.
std::string matches_of_all(const Grammar::Impl& grammar, std::string_view text) {
  Runner runner;
  Match match;
  std::string out;
  for (const Rule& rule : grammar.rules) {
    if (!rule.block || runner.run(*grammar.compiled[rule.index]->pattern, text, 0, false, match) != Runner::Outcome::matched || match.whole.empty()) continue;
    if (!rule.alone || text.find_first_not_of(" \t", match.whole.end) == std::string_view::npos) out += rule.name + "|";
  }
  return out;
}

std::string matches_of_table(const Grammar& grammar, std::string_view text) {
  Matcher matcher(grammar);
  std::vector<Match> found;
  matcher.match_block(text, zone_any, found);
  std::string out;
  for (const Match& match : found) out += match.rule->name + "|";
  return out;
}

TEST(StartTable, leaves_no_matching_rule_out) {
  const GrammarLibrary library(GrammarPath{});
  std::vector<std::string> texts = {"7", "7.", "7.  ", "(3) The", "1O. OCR", "2.1 Status", "12 June 1998", "3. (a) Safety", "III. Matters", "IV", "B) Scenarios", "ii. Studies", "- item", "– 3 –", "AGENDA ITEM 4: X",
                                    "(agenda item 3)", "ANNEX IV", "Anexo 2", "ПРИЛОЖЕНИЕ 2", "Décision 4", "HC 104/20", "page 3 of 8", "3/18", "é", "Öffnung", "a\0b", "", "19.", "ÀÉÎÕÜ", "x", "№ 4", "Mr. A. B", "\xF0\x9D\x90\x80 x"};
  for (std::size_t i = 0, most = texts.size(); i < most; ++i) {  // other digits, and longer: both hit what the table knows by then
    std::string other = texts[i];
    for (char& c : other) c = c >= '0' && c < '9' ? static_cast<char>(c + 1) : c;
    texts.push_back(other);
    texts.push_back(texts[i] + " of the report, 9-11 May 2011");
    texts.push_back(texts[i] + "\xC3\xA9");
  }
  for (const GrammarInfo& info : library.list()) {
    const Result<GrammarPtr> grammar = library.load(info.id);
    ASSERT_TRUE(grammar) << info.id;
    for (const std::string& text : texts)
      if (!text.empty()) { EXPECT_EQ(matches_of_table(**grammar, text), matches_of_all((*grammar)->impl(), text)) << info.id << ": " << text; }
  }
}

TEST(Beginnings, are_forgotten) {
  Beginnings<std::uint32_t, std::uint16_t> some(4);
  some.keep(7, 3);
  ASSERT_NE(some.find(7), nullptr);
  EXPECT_EQ(*some.find(7), 3);
  some.forget();
  EXPECT_EQ(some.find(7), nullptr);
}

TEST(Beginnings, keep_two_in_each_place) {
  Beginnings<std::uint32_t, std::uint16_t> few(1);
  std::size_t known = 0;
  for (std::uint32_t beginning = 1; beginning <= 20; ++beginning) few.keep(beginning, static_cast<std::uint16_t>(beginning));
  for (std::uint32_t beginning = 1; beginning <= 20; ++beginning)
    if (const std::uint16_t* const set = few.find(beginning)) {
      EXPECT_EQ(*set, beginning);
      ++known;
    }
  EXPECT_EQ(known, 4u);
  ASSERT_NE(few.find(20), nullptr);
  EXPECT_EQ(*few.find(20), 20);
}

}  // namespace
}  // namespace rapporteur
