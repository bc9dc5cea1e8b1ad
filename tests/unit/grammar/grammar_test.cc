// The engine: loading, matching, tables, choice, and what runs away.

#include "grammar/grammar.h"

#include <gtest/gtest.h>

#include "grammar/author.h"
#include "grammar/compiled.h"
#include "support/root.h"

namespace rapporteur {
namespace {

const std::string head = "[grammar]\nid = \"test.report\"\nversion = 1\n";

GrammarPtr grammar_of(const std::string& rest) {
  Result<GrammarPtr> grammar = load_grammar_text("test.toml", head + rest, nullptr);
  for (const Diagnostic& d : grammar.said())
    if (d.severity == Severity::error) ADD_FAILURE() << render_text(d);
  return grammar ? *grammar : nullptr;
}

std::string rule_of(const std::string& kind, const std::string& name, const std::string& match, const std::string& more) {
  return "[[" + kind + "]]\nname = \"" + name + "\"\nmatch = '" + match + "'\n" + more + "\n";
}

/// "rule: text" of each match, separated by bars.
std::string inline_matches(const Grammar& grammar, std::string_view text) {
  Matcher matcher(grammar);
  std::vector<Match> found;
  matcher.match_inline(text, zone_any, found);
  std::string out;
  for (const Match& match : found)
    out += match.rule->name + ": " + std::string(text.substr(match.whole.begin, match.whole.size())) + "|";
  return out;
}

std::string block_matches(const Grammar& grammar, std::string_view line, std::uint8_t zones = zone_any) {
  Matcher matcher(grammar);
  std::vector<Match> found;
  matcher.match_block(line, zones, found);
  std::string out;
  for (const Match& match : found) out += match.rule->name + "|";
  return out;
}

TEST(Grammar, BuiltinGrammarsHoldTheirSamples) {
  ASSERT_FALSE(builtin_files().empty());
  for (const BuiltinFile& file : builtin_files()) {
    std::string path = project_root() + "/grammars/" + std::string(file.id) + ".toml";
    path.replace(path.rfind('.', path.size() - 6), 1, "/");
    const GrammarCheck check = check_grammar(path, GrammarPath{{}, false});
    EXPECT_TRUE(check.loads);
    for (const Diagnostic& d : check.said)
      if (d.severity == Severity::error) ADD_FAILURE() << render_text(d);
    EXPECT_EQ(check.samples_held, check.samples);
  }
}

TEST(Grammar, BuiltinGrammarLoadsFromTheProgram) {
  const GrammarLibrary library(GrammarPath{});
  const Result<GrammarPtr> grammar = library.load("bsec");
  ASSERT_TRUE(grammar);
  EXPECT_EQ((*grammar)->id(), "bsec.report");
  EXPECT_EQ((*grammar)->sha256().size(), 64u);
  EXPECT_EQ((*grammar)->party("republic of  TÜRKIYE", 2023)->code, "TR");
}

TEST(Grammar, BlockRulesMatchInOrderInTheirZones) {
  const GrammarPtr grammar = grammar_of(
      rule_of("block", "item", "ITEM \\s (?<number>\\d+) (?<title>.*)", "emit = \"section\"\nzone = [\"body\", \"annex\"]\nsample = [\"ITEM 1\"]") +
      rule_of("block", "capitals", "[A-Z]{2}", "emit = \"docTitle\"\nsample = [\"AB\"]"));
  ASSERT_TRUE(grammar);
  EXPECT_EQ(block_matches(*grammar, "ITEM 3 Other matters"), "item|capitals|");
  EXPECT_EQ(block_matches(*grammar, "ITEM 3 Other matters", zone_header), "capitals|");
  EXPECT_EQ(block_matches(*grammar, "item 3"), "");
  EXPECT_EQ(block_matches(*grammar, ""), "");
}

TEST(Grammar, InlineMatchesAreLeftmostAndEarlierRulesWin) {
  const GrammarPtr grammar = grammar_of(
      rule_of("inline", "foreign", "Annex \\s [IVX]+ \\s Part(y|ies)", "emit = \"none\"\nsample = [\"Annex I Parties\"]") +
      rule_of("inline", "annex", "(Annex|Annexes) \\s (?<label>[IVX]+) \\b", "emit = \"annexRef\"\nsample = [{ text = \"see Annex II\", label = \"II\" }]"));
  ASSERT_TRUE(grammar);
  EXPECT_EQ(inline_matches(*grammar, "Annex I Parties met; (Annex II) and xAnnex III, “Annex IV”"), "annex: Annex II|annex: Annex IV|");
}

TEST(Grammar, AloneRulesCoverTheLine) {
  const GrammarPtr grammar = grammar_of(rule_of("block", "page", "\\d+", "emit = \"furniture\"\ntype = \"pageNumber\"\nalone = true\nsample = [\"7\"]"));
  ASSERT_TRUE(grammar);
  EXPECT_EQ(block_matches(*grammar, "12  "), "page|");
  EXPECT_EQ(block_matches(*grammar, "12 a"), "");
}

TEST(Grammar, PiecesComposeAndTheSecondUseHasItsOwnCaptures) {
  const GrammarPtr grammar = grammar_of(
      "[define]\nmonth = 'May|June'\ndate = '(?<day>\\d{1,2}) \\s (?<month>{{month}})'\n" +
      rule_of("inline", "range", "{{date}} \\s to \\s {{date as second}}",
              "emit = \"date\"\nsample = [{ text = \"from 3 May to 13 June\", day = \"3\", month = \"May\", day2 = \"13\", month2 = \"June\" }]"));
  ASSERT_TRUE(grammar);
  EXPECT_EQ(inline_matches(*grammar, "3 May to 5 June"), "range: 3 May to 5 June|");
}

TEST(Grammar, TablesAndPartiesAreFolded) {
  const GrammarPtr grammar = grammar_of(
      "[table.month]\n\"März\" = 3\n[[party]]\ncode = \"TR\"\nkind = \"state\"\nnames = [{ name = \"Turkey\", until = 2022 }, \"Türkiye\"]\n"
      "[[party]]\ncode = \"CG\"\nkind = \"state\"\nnames = [{ name = \"Congo\", from = 1991 }]\n"
      "[[party]]\ncode = \"CD\"\nkind = \"state\"\nnames = [{ name = \"Congo\", until = 1965 }]\n");
  ASSERT_TRUE(grammar);
  EXPECT_EQ(grammar->look_up("month", "MÄRZ"), "3");
  EXPECT_FALSE(grammar->look_up("month", "Mai"));
  EXPECT_EQ(grammar->party("TÜRKIYE")->code, "TR");
  EXPECT_EQ(grammar->party("Turkey", 1999)->code, "TR");
  EXPECT_EQ(grammar->party("Turkey", 2024)->code, "TR");  // no other party ever bore the name
  EXPECT_EQ(grammar->party("Congo", 1960)->code, "CD");
  EXPECT_EQ(grammar->party("Congo", 2000)->code, "CG");
  EXPECT_FALSE(grammar->party("Congo", 1980));
}

TEST(Grammar, ChoiceGoesByEvidence) {
  const GrammarLibrary library(GrammarPath{});
  const auto choices = library.choose("# Organization of the Black Sea Economic Cooperation\n\nReport");
  ASSERT_FALSE(choices.empty());
  EXPECT_EQ(choices[0].id, "bsec.report");
  EXPECT_NE(choices[0].reason.find("Black Sea"), std::string::npos);
}

TEST(Grammar, RunawayRuleIsGivenUpAndToldOnce) {
  const GrammarPtr grammar = grammar_of(rule_of("inline", "evil", "(\\w+\\s?)+ [!?]", "emit = \"date\"\nsample = [\"a!\"]"));
  ASSERT_TRUE(grammar);
  Matcher matcher(*grammar);
  std::vector<Match> found;
  for (int line = 0; line < 3; ++line) matcher.match_inline(std::string(5000, 'a') + " b", zone_any, found);
  const Diagnostics said = matcher.take_diagnostics();
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].code, "G401");
  EXPECT_EQ(said[0].file, "test.toml");
}

}  // namespace
}  // namespace rapporteur
