// Lists of words are arranged, and match as they did before.

#include "grammar/word_lists.h"

#include <gtest/gtest.h>

#include "grammar/compiled.h"
#include "support/corpus_lines.h"

namespace rapporteur {
namespace {

TEST(WordLists, AreArrangedByTheirLetters) {
  EXPECT_EQ(arrange_words("(?:May | June | March | Jan\\.? | mai | juin)x"), "(?:M(?:ay |arch )|mai |J(?:une |an\\.? )|juin)x");
  EXPECT_EQ(arrange_words("May|June|July|Jan\\.?|Jun\\.?"), "May|J(?:u(?:ne|ly|n\\.?)|an\\.?)");
  EXPECT_EQ(arrange_words("a|ab|abc|abd"), "a(?:|b|bc|bd)");
  EXPECT_EQ(arrange_words("мая|июня|март|июля"), "м(?:ая|арт)|и(?:юня|юля)");
}

TEST(WordLists, AreLeftAloneWhereTheirOrderSaysMore) {
  for (const char* pattern : {"a|b|c", "a?b|ac|ad|ae", "\\d|a|b|c", "(?<=ab|ac|ad|ae)f", "(?i)a|ab|ac|ad", "a|ab|ac|ad # words", "[a|b|c|d]", "a|b|(c|d",
                              "(?<day>a)|ab|ac|ad"})
    EXPECT_EQ(arrange_words(pattern), pattern);
  EXPECT_EQ(arrange_words("a|(?<day>b)|ab|ac|ad|ae"), "a|(?<day>b)|a(?:b|c|d|e)");
}

bool same(const Match& one, const Match& other) {
  for (std::size_t i = 0; i < capture_count; ++i) {
    const auto capture = static_cast<Capture>(i);
    if (one.has(capture) != other.has(capture) || (one.has(capture) && one.span(capture) != other.span(capture))) return false;
  }
  return one.whole == other.whole;
}

/// At the beginnings of words of all lines. Returns how many there are.
std::size_t same_matches(const Pattern& one, const Pattern& other, const std::vector<std::string>& lines, const std::string& name) {
  Runner runner, other_runner;
  std::size_t matches = 0;
  for (const std::string& line : lines)
    for (std::size_t at = 0; at < line.size(); at = std::min(line.find(' ', at), line.size() - 1) + 1) {
      Match first, second;
      const auto outcome = runner.run(one, line, static_cast<std::uint32_t>(at), false, first);
      EXPECT_EQ(other_runner.run(other, line, static_cast<std::uint32_t>(at), false, second), outcome) << name << ": " << line.substr(at);
      if (outcome != Runner::Outcome::matched) continue;
      ++matches;
      EXPECT_TRUE(same(first, second)) << name << ": " << line.substr(at);
    }
  return matches;
}

TEST(WordLists, OfBuiltInRulesMatchAsTheyAreWritten) {
  const std::vector<std::string> lines = lines_of_the_corpus();
  ASSERT_GT(lines.size(), 100u);
  std::size_t arranged_ones = 0, matches = 0;
  for (const BuiltinFile& builtin : builtin_files()) {
    const auto file = read_compiled(builtin.bytes);
    for (const CompiledRule& rule : file->rules) {
      const std::string& text = rule.pattern->text();
      if (arrange_words(text) == text) continue;
      ++arranged_ones;
      PatternError error;
      const auto arranged = Pattern::compile(text, rule.pattern->fold(), Use::rule, error);
      const auto written = Pattern::compile(text + "\n#", rule.pattern->fold(), Use::rule, error);  // a comment is not understood
      ASSERT_TRUE(arranged && written) << rule.rule.name;
      matches += same_matches(*arranged->as_machine_code(), *written->as_machine_code(), lines, rule.rule.name);
    }
  }
  EXPECT_GT(arranged_ones, 10u);
  EXPECT_GT(matches, 100u);
}

TEST(WordLists, hurtful_patterns_are_left_as_they_are) {
  const std::string nested(20000, '(');
  EXPECT_EQ(arrange_words(nested), nested);
  const std::string closed = nested + "a" + std::string(20000, ')');
  EXPECT_EQ(arrange_words(closed), closed);
  const std::string shared(16000, 'a');
  const std::string words = shared + "b|" + shared + "c|" + shared + "d|" + shared + "e";
  EXPECT_LT(arrange_words(words).size(), words.size() + 200);
}

}  // namespace
}  // namespace rapporteur
