// Words without which a pattern cannot match: what is read out of patterns, and what the scan finds.

#include "grammar/needed_words.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "grammar/pattern.h"

namespace rapporteur {
namespace {

std::string needs_of(std::string_view pattern) {
  std::string out;
  for (const NeededWords& words : needed_words(pattern)) out += fmt::format("[{}]", fmt::join(words, " "));
  for (char& c : out) c = c == WordScan::kBoundary ? '~' : c;
  return out;
}

TEST(NeededWords, are_read_out_of_patterns) {
  EXPECT_EQ(needs_of("attended"), "[attended]");
  EXPECT_EQ(needs_of("The \\h+ Meeting"), "[meeting][the]");
  EXPECT_EQ(needs_of(".{0,30} (?: Tel (?: ephone )? | Fax ) \\h* \\d{3,}"), "[000][tel fax]");
  EXPECT_EQ(needs_of("organi[sz]ations?  # a remark | with a bar"), "[organi][ation]");
  EXPECT_EQ(needs_of("\\b (?: Rue | Road ) \\b"), "[~rue ~road]");
  EXPECT_EQ(needs_of("P\\.O\\. Box"), "[p.~o.~box]");
  EXPECT_EQ(needs_of("(?= .* adopt ) .* (?<title> agenda )"), "[agenda][adopt]");
  EXPECT_EQ(needs_of("(?im) \\b central (?-i: bank )"), "[~central][bank]");
  EXPECT_EQ(needs_of("☎ \\d"), "[☎~0]");
  EXPECT_EQ(needs_of("Page | Pág (?: ina | \\. )"), "[page pÁ~g]");  // as capitals; what follows á begins a run of ASCII
  EXPECT_EQ(needs_of("\\b (?: Повестка | пункт ) \\b"), "[ПОВЕСТКА ПУНКТ]");
  EXPECT_EQ(needs_of("mat(?: ière | ÿ )"), "[mat]");  // the capital of ÿ begins with another byte
  EXPECT_EQ(needs_of("Road | ROAD | Rue"), "[road rue]");
}

TEST(NeededWords, are_none_where_nothing_is_certain) {
  EXPECT_EQ(needs_of("colou?r | .*"), "");
  EXPECT_EQ(needs_of("(?: Fax )? x*"), "");
  EXPECT_EQ(needs_of("(?! Fax ) [a-z]+"), "");
  EXPECT_EQ(needs_of("(?-x: a b )"), "");
  EXPECT_EQ(needs_of("\\Qa\\E"), "");
}

bool found(std::string_view pattern, std::string_view text) {
  WordScan scan;
  const WordScan::Mask needed = scan.add(needed_words(pattern));
  scan.finish();
  return (needed & ~scan.seen_in(text)) == 0;
}

TEST(WordScan, finds_words_as_pcre_would) {
  EXPECT_TRUE(found("Fax", "Tel. 3, FAX 4"));
  EXPECT_FALSE(found("Fax", "Fa x"));
  EXPECT_TRUE(found("\\d{4}", "in 1998"));
  EXPECT_FALSE(found("\\d{4}", "in 199 8"));
  EXPECT_TRUE(found("\\b Rue", "12, rue"));
  EXPECT_FALSE(found("\\b Rue", "it is true"));
  EXPECT_TRUE(found("Rue", "it is true"));
  EXPECT_TRUE(found("hishers", "ushishers"));
  EXPECT_TRUE(found("members", "the member\u017F"));  // an s to PCRE2 where case does not matter
  EXPECT_TRUE(found("\\d", "\u0663"));                // a digit
  EXPECT_TRUE(found("ПОВЕСТКА", "и повестка дня"));
  EXPECT_TRUE(found("повестка", "ПОВЕСТКА ДНЯ"));
  EXPECT_FALSE(found("повестка", "повесть"));
  EXPECT_TRUE(found("отчёт", "ОТЧЁТ"));
  EXPECT_TRUE(found("réunion", "La RÉUNION est close"));
  EXPECT_FALSE(found("réunion", "La reunion est close"));
  EXPECT_TRUE(found("Ångström", "\u212Angstr\u00F6m"));  // the sign is an å where case does not matter
}

/// Whatever PCRE2 finds, the scan must not have ruled out.
TEST(WordScan, never_rules_out_a_match) {
  const char* patterns[] = {"\\b (?: St\\. | Road ) \\b .*", "e-? mail \\h* :", "www\\.[\\w.-]+", "(?: comit[eé] | совет ) \\b", "a{2}b+c", "x (?: y | z ){2,3} \\d"};
  const char* texts[] = {"Foo St. 5", "Comité", "COMITÉ", "СОВЕТ", "e-mail:", "E Mail :", "email :", "www.a.b", "aabbc", "xyz7", "xyzz\u0667", "2.st.road"};
  for (const char* pattern : patterns)
    for (const char* text : texts) {
      PatternError error;
      const auto compiled = Pattern::compile(pattern, true, Use::select, error);
      ASSERT_NE(compiled, nullptr) << pattern << ": " << error.reason;
      Match match;
      Runner runner;
      for (std::uint32_t at = 0; text[at] != '\0'; ++at) {
        if ((text[at] & 0xC0) == 0x80 || runner.run(*compiled, text, at, false, match) != Runner::Outcome::matched) continue;
        EXPECT_TRUE(found(pattern, text)) << pattern << " in " << text;
      }
    }
}

}  // namespace
}  // namespace rapporteur
