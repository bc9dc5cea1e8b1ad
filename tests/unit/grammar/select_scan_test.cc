// Which selects are found in the beginning of a document: the shared walk says what PCRE2 says of each pattern alone.

#include "grammar/select_scan.h"

#include <deque>
#include <memory>
#include <random>

#include <gtest/gtest.h>

#include "grammar/pattern.h"

namespace rapporteur {
namespace {

/// Selects made as the loader makes them.
class Selects {
 public:
  explicit Selects(const std::vector<std::string>& patterns) {
    for (const std::string& text : patterns) {
      Select& select = x_selects.emplace_back();
      select.pattern = std::make_shared<LazyPattern>(text, false, Use::select);
      select.starts = select.pattern->get().starts(60);
      select.inside_words = select.pattern->get().may_begin_inside_word();
      select.inside_lines = select.pattern->get().may_begin_inside_line();
    }
    for (const Select& select : x_selects) x_scan.add(select);
  }
  std::string found(std::string_view text, bool cut = false) const {
    std::string out;
    for (const bool one : x_scan.found_in(text, cut)) out += one ? '1' : '0';
    return out;
  }
  /// The same, each pattern tried at each place.
  std::string found_slowly(std::string_view text) const {
    Runner runner;
    std::string out;
    for (const Select& select : x_selects) {
      bool any = false;
      for (std::uint32_t at = 0; at <= text.size() && !any; ++at) {
        Match match;
        const bool in_letter = at < text.size() && (static_cast<std::uint8_t>(text[at]) & 0xC0) == 0x80;
        any = !in_letter && runner.run(*select.pattern, text, at, false, match) == Runner::Outcome::matched;
      }
      out += any ? '1' : '0';
    }
    return out;
  }

 private:
  std::deque<Select> x_selects;
  SelectScan x_scan;
};

TEST(SelectScan, numbers_selects_as_they_were_added) {
  const Selects selects({"lakes", "(?i) \\b northern \\b", "\\d{4}"});
  EXPECT_EQ(selects.found(""), "000");
  EXPECT_EQ(selects.found("The NORTHERN fells, 2021"), "011");
  EXPECT_EQ(selects.found("Great lakes"), "100");
}

TEST(SelectScan, looks_behind_the_place_where_it_tries) {
  const Selects selects({"\\b pike", "\\B pike", "pike"});
  EXPECT_EQ(selects.found("pike"), "101");
  EXPECT_EQ(selects.found("turnpike"), "011");
  EXPECT_EQ(selects.found("\xC3\xA4pike"), "011");  // a letter beyond ASCII is of a word, too
}

TEST(SelectScan, tries_the_end_for_patterns_that_match_nothing) {
  const Selects selects({"x?", "x", "c $"});
  EXPECT_EQ(selects.found(""), "100");
  EXPECT_EQ(selects.found("abc"), "101");
  EXPECT_EQ(selects.found("abc", true), "100");  // cut: that is not the end
}

TEST(SelectScan, has_room_for_more_selects_than_a_mask_has_bits) {
  std::vector<std::string> patterns;
  for (int i = 0; i < 150; ++i) patterns.push_back("w" + std::to_string(i) + "x");
  std::string expected(150, '0');
  expected[3] = expected[63] = expected[64] = expected[149] = '1';
  EXPECT_EQ(Selects(patterns).found("w3x w63x w149x w64x"), expected);
}

TEST(SelectScan, finds_what_each_pattern_finds_by_itself) {
  const Selects selects({"(?i) \\b (?: north \\s+ lakes | s[uü]d )", "\\b NL / [A-Z&]+ / R", "(?im) ^ \\h* minutes \\b", "é \\w", "[a-c]{2} $"});
  const std::vector<std::string_view> words = {"North", "lakes", "SÜD", "NL/", "AB/R", "minutes", "\n", "é", "éa", "\u017F", "ab", "bc", "de", " ", "_", "9"};
  std::mt19937 dice(7);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (std::size_t n = dice() % 16; n > 0; --n) (text += words[dice() % words.size()]) += dice() % 2 == 0 ? " " : "";
    EXPECT_EQ(selects.found(text), selects.found_slowly(text)) << text;
  }
}

}  // namespace
}  // namespace rapporteur
