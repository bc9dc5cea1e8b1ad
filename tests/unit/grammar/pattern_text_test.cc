// What is read off patterns without running them: digits told apart, the rest of a line left out, how a match can end.

#include "grammar/pattern_text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "grammar/compiled.h"
#include "grammar/pattern.h"
#include "support/corpus_lines.h"

namespace rapporteur {
namespace {

/// The digits as a table of a pattern sees them.
std::string digits_of(std::string_view pattern) {
  const DigitFold fold = digit_fold(digit_cuts(pattern));
  std::string out = "0123456789";
  for (char& c : out) c = fold[static_cast<unsigned char>(c)];
  return out;
}

TEST(DigitCuts, tell_which_digits_count_as_one) {
  EXPECT_EQ(digits_of("(?<number2> \\d{1,3} ) \\. [^\\s\\d]*"), "0000000000");
  EXPECT_EQ(digits_of("[1-9][Ol]"), "0111111111");
  EXPECT_EQ(digits_of("(?: 1[6-9] | 20 ) \\d{2}  # in 1999"), "0123336666");
  EXPECT_EQ(digits_of("[+-5] | [7-\\]]"), "0000006777");
  EXPECT_EQ(digits_of("\\x33 [\\x{2219}\\x27]"), "0003444444");
  EXPECT_EQ(digits_of("[\\p{Lu}\\d/5-] a{3,7}+ \\p{L}{2}"), "0000056666");
}

TEST(DigitCuts, part_all_digits_of_what_is_not_understood) {
  for (const char* pattern : {"(\\d)\\1", "(?|a|b)", "(*ACCEPT)", "\\Q4\\E", "(?s) .", "a{,3}"}) EXPECT_EQ(digits_of(pattern), "0123456789") << pattern;
}

TEST(WithoutRest, leaves_the_last_walk_out) {
  EXPECT_EQ(without_rest("\\d (?<title> \\S .* )").pattern, "\\d (?<title> \\S    )");
  EXPECT_EQ(without_rest("\\d (?<title> \\S .* )").groups, 2u);
  EXPECT_EQ(without_rest("(?<number> \\d ) (?> (?<title> (?-i: a | b ) (?<text> .*+ ) ) )  # .").groups, 12u);
  EXPECT_TRUE(without_rest("(?<number> \\d .* | x ) .*").rest);
  EXPECT_EQ(without_rest("(?<number> \\d .* | x ) .*").groups, 0u);
}

TEST(WithoutRest, leaves_nothing_out_where_something_follows) {
  for (const char* pattern : {"a .* b", "a | .*", "(?: a .* )?", "(?: a .* | b )", "(?= .* )", "a .*?", "a .+", "a \\.*", "a .* $", "a [.*]", "(?s) a .*", "a .{0,9}"})
    EXPECT_FALSE(without_rest(pattern).rest) << pattern;
}

/// The bytes of ASCII that a pattern can end with, "+" for those beyond; "all".
std::string ends(std::string_view pattern) {
  const EndSet set = ends_of(pattern);
  if (set.all()) return "all";
  std::string out;
  for (std::size_t byte = 0; byte < 0x80; ++byte)
    if (set[byte]) out += static_cast<char>(byte);
  return set[0xBF] ? out + "+" : out;
}

TEST(EndSet, tells_how_a_match_can_end) {
  EXPECT_EQ(ends("(?: Page | p\\. ) \\h* (?<page> \\d{1,4} ) (?: \\h* of \\h* (?<total> \\d{1,4} ) /? )? \\h*"), "/0123456789+");
  EXPECT_EQ(ends(".* (?: a | b? (?-i: c )* | d{0,3} e+ )"), "all");
  EXPECT_EQ(ends(".* x (?: a | b? (?-i: c )* | d{2,3} e* | (?= q ) ) (?<! t ) $"), "ABCDEXabcdex");
  EXPECT_EQ(ends("a \\) \\h+"), ")+");
  EXPECT_EQ(ends("x (?: é | k )"), "Kk+");
}

TEST(EndSet, is_all_where_that_is_not_plain) {
  for (const char* pattern : {"a .*", "a [bc]", "\\p{L}", "a \\w?", "\\x41", "(a)\\1", "a*", "(?= a )", "a | ", "(*ACCEPT) a", "a \\S"}) EXPECT_EQ(ends(pattern), "all") << pattern;
}

TEST(EndSet, holds_for_every_match_of_the_built_in_rules) {
  std::size_t rules = 0, matches = 0;
  Runner runner;
  const std::vector<std::string> lines = lines_of_the_corpus();
  for (const BuiltinFile& builtin : builtin_files()) {
    const auto file = read_compiled(builtin.bytes);
    for (const CompiledRule& rule : file->rules) {
      const EndSet set = ends_of(rule.pattern->text());
      if (set.all()) continue;
      ++rules;
      for (const std::string& line : lines) {
        Match match;
        if (runner.run(rule.pattern->get(), line, 0, false, match) != Runner::Outcome::matched) continue;
        const std::string_view whole = std::string_view(line).substr(match.whole.begin, match.whole.size());
        const std::size_t last = whole.find_last_not_of(" \t");
        if (last == std::string_view::npos) continue;
        ++matches;
        EXPECT_TRUE(set[static_cast<unsigned char>(whole[last])]) << rule.rule.name << ": " << line;
      }
    }
  }
  EXPECT_GT(rules, 20u);
  EXPECT_GT(matches, 100u);
}

/// "whole|title|text" of a match at the start.
std::string match_of(std::string_view pattern, std::string_view text) {
  PatternError error;
  const auto compiled = Pattern::compile(pattern, false, Use::rule, error);
  if (!compiled) return error.reason;
  Runner runner;
  Match match;
  if (runner.run(*compiled, text, 0, false, match) != Runner::Outcome::matched) return "none";
  return fmt::format("{}|{}|{}", text.substr(match.whole.begin, match.whole.size()), match.text(Capture::title, text), match.text(Capture::text, text));
}

TEST(WithoutRest, changes_no_match) {
  const std::pair<const char*, const char*> same[] = {  // beside each, the same with a walk that is not left out
      {"\\d \\. \\h+ (?<title> \\S .* )", "\\d \\. \\h+ (?<title> \\S .{0,999} )"},
      {"(?<title> .* )", "(?<title> .{0,999} )"},
      {"(?<text> \\d+ ) (?: \\. (?<title> .* ) )", "(?<text> \\d+ ) (?: \\. (?<title> .{0,999} ) )"},
      {"(?<title> \\w+ (?<text> .* ) )", "(?<title> \\w+ (?<text> .{0,999} ) )"},
      {".{0,4} \\b b .*", ".{0,4} \\b b .{0,999}"}};
  for (const auto& [left_out, walked] : same) {
    ASSERT_TRUE(without_rest(left_out).rest) << left_out;
    ASSERT_FALSE(without_rest(walked).rest) << walked;
    for (const char* text : {"1. The rest", "1. é", "12.", "12.x\ny", "a b c", "a\n", "\n", " b", "b"}) EXPECT_EQ(match_of(left_out, text), match_of(walked, text)) << left_out << " on " << text;
  }
}

}  // namespace
}  // namespace rapporteur
