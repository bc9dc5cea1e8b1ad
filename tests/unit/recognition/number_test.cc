// Labels as numbers, which number follows which, facts of a line, and dates of the calendar.

#include "recognition/number.h"

#include <gtest/gtest.h>

#include "recognition/facts.h"

namespace rapporteur {
namespace {

Number first(const char* printed) {
  const Readings readings = read_label(printed);
  return readings.count == 0 ? Number{} : readings.number[0];
}

TEST(ReadLabel, figures_parts_and_roman_numerals) {
  EXPECT_EQ(first("18").last(), 18);
  EXPECT_EQ(first("2.1").depth, 2);
  EXPECT_EQ(first("2.1").last(), 1);
  EXPECT_EQ(first("IX").last(), 9);
  EXPECT_EQ(first("IX").system, System::roman);
  EXPECT_EQ(first("b").last(), 2);
  EXPECT_EQ(read_label("").count, 0);
}

TEST(ReadLabel, letter_that_is_also_a_numeral_has_both_readings) {
  const Readings readings = read_label("I");
  ASSERT_EQ(readings.count, 2);
  EXPECT_NE(readings.number[0].system, readings.number[1].system);
}

TEST(GapBetween, over_missing_pages) {
  EXPECT_EQ(gap_over_parts(first("1.5"), first("3.2")), 2);
  EXPECT_EQ(gap_over_parts(first("1.5"), first("2.1")), 0);
  EXPECT_EQ(gap_over_parts(first("3.2"), first("1.5")), -1);
  EXPECT_EQ(gap_over_parts(first("3"), first("5")), -1);
}

TEST(GapBetween, what_follows_what) {
  EXPECT_EQ(gap_between(first("6"), first("7")), 0);
  EXPECT_EQ(gap_between(first("9"), first("11")), 1);
  EXPECT_EQ(gap_between(first("1.2"), first("1.3")), 0);
  EXPECT_EQ(gap_between(first("1.2"), first("1.2.1")), 0);
  EXPECT_EQ(gap_between(first("1.2"), first("2")), 0);
  EXPECT_EQ(gap_between(first("7"), first("7")), -1);
  EXPECT_EQ(gap_between(first("7"), first("3")), -1);
}

TEST(FrameOf, what_stands_around_a_number_tells_chains_apart) {
  EXPECT_EQ(frame_of("", ". "), frame_of("", ". "));
  EXPECT_FALSE(frame_of("", ". ") == frame_of("(", ") "));
  EXPECT_FALSE(frame_of("AGENDA ITEM ", ":") == frame_of("", ":"));
}

TEST(FactsOf, capitals_ends_and_leaders) {
  EXPECT_TRUE(facts_of("ADOPTION OF THE AGENDA").mostly_capitals());
  EXPECT_FALSE(facts_of("Adoption of the Agenda").mostly_capitals());
  EXPECT_EQ(facts_of("the agenda was as follows:").end, LineEnd::colon);
  EXPECT_EQ(facts_of("The session closed.").end, LineEnd::sentence);
  EXPECT_TRUE(facts_of("Opening of the session ........ 3").ends_in_leader);
  EXPECT_FALSE(facts_of("Opening of the session").ends_in_leader);
  EXPECT_TRUE(facts_of("* * *").wordless());
  EXPECT_TRUE(facts_of("Привет").starts_upper);
}

/// Plain ASCII is counted 64 bytes at a time; a letter beyond it makes the same text be counted one by one.
TEST(FactsOf, counts_the_same_both_ways) {
  const std::string words = "The 3rd Meeting,  held   at Port-Arvon (1998) ADOPTED UL/2004/21 item 7b. Also a ab abc abcd ABCDE 12 ";
  for (std::size_t begin = 0; begin < words.size(); ++begin)
    for (std::size_t length : {0, 1, 5, 30, 63, 64, 65, 190}) {
      std::string text;
      while (text.size() < length + begin) text += words;
      text = text.substr(begin, length);
      const Facts plain = facts_of(text), other = facts_of(text + " \u00E9");
      EXPECT_EQ(plain.chars + 2, other.chars) << text;
      EXPECT_EQ(plain.words + 1, other.words) << text;
      EXPECT_EQ(plain.letters + 1, other.letters) << text;
      EXPECT_EQ(plain.capitals, other.capitals) << text;
      EXPECT_EQ(plain.digits, other.digits) << text;
      EXPECT_EQ(plain.titled, other.titled) << text;
      EXPECT_EQ(plain.long_words, other.long_words) << text;
      EXPECT_EQ(plain.starts_upper, other.starts_upper) << text;
      EXPECT_EQ(plain.starts_digit, other.starts_digit) << text;
      EXPECT_EQ(plain.gaps, text.find("   ") != std::string::npos) << text;
      if (text.find_first_not_of(' ') != std::string::npos) { EXPECT_EQ(plain.starts_lower, other.starts_lower) << text; }
    }
}

}  // namespace
}  // namespace rapporteur
