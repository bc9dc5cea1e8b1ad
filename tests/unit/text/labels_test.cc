// Labels: what a reader understands of printed numbers, roman numerals and letters.

#include "text/labels.h"

#include <gtest/gtest.h>

namespace rapporteur {
namespace {

TEST(Labels, NormalisedAsAReaderUnderstandsThem) {
  const std::pair<const char*, const char*> cases[] = {
      {"(18)", "18"},   {"III.", "III"},  {"a)", "a"},     {"1O.", "10"},     {"(31 )", "31"},      {"7 (b)", "7(b)"},
      {"1.1.", "1.1"},  {"\"A\"", "A"},   {"113\\.", "113"}, {"“B”", "B"},    {"l2.", "12"},        {"I.", "I"},
      {"2(a)", "2(a)"}, {"  ", ""},       {"....", ""},    {"(a)", "a"},      {"4.\u00A0", "4"},    {"1.I", "1.I"},
      {"[7]", "7"},     {"6)", "6"},      {"1O.l1", "10.11"}, {"а)", "а"},    {"2.2", "2.2"},       {"(7)(b)", "(7)(b)"},
      {"-", ""},        {")", ""},        {"(", ""},       {"()", ""},     {"I1", "II"},    {"VIl", "VII"},     {"1I", "11"},  {"Il.", "II"}};
  for (const auto& [printed, label] : cases) EXPECT_EQ(normalise_label(printed), label) << printed;
}

TEST(Labels, ItemsOfAnAgendaAreWrittenInOneWay) {
  for (const auto& [printed, items] : {std::pair{"3", "3"}, {"7 (b)", "7(b)"}, {"7(b)", "7(b)"}, {"7 b", "7b"}, {"2 a)", "2(a)"}, {"2 a) y b)", "2(a) y (b)"},
                                       {"3 b) y 4", "3(b) y 4"}, {"3 (b), (c) and 4 (a)", "3(b), (c) and 4(a)"}, {"5, 6 and 17 ( b )", "5, 6 and 17(b)"},
                                       {"3 - 5", "3-5"}, {"3 и 4", "3 и 4"}, {"2 а)", "2(а)"}, {"IV", "IV"}, {"4.2.1", "4.2.1"}, {"5. 1", "5.1"}, {"3,4,5", "3, 4, 5"}, {"D", "D"}})
    EXPECT_EQ(normalise_items(printed), items) << printed;
}

TEST(Labels, RomanIsStrict) {
  for (std::uint32_t value = 1; value <= 3999; ++value) EXPECT_EQ(roman_value(roman_of(value)), value);
  EXPECT_EQ(roman_value("xlii"), 42u);
  for (const char* wrong : {"", "IIII", "IC", "Iv", "VX", "MMMM", "A", "IIX"}) EXPECT_FALSE(roman_value(wrong)) << wrong;
  EXPECT_EQ(roman_of(0), "");
  EXPECT_EQ(roman_of(4000), "");
}

TEST(Labels, LettersCountPastTheAlphabetByRepeating) {
  EXPECT_EQ(letter_value("a"), 1u);
  EXPECT_EQ(letter_value("Z"), 26u);
  EXPECT_EQ(letter_value("bb"), 28u);
  EXPECT_EQ(letter_value("в"), 3u);
  EXPECT_EQ(letter_value("И"), 9u);
  EXPECT_EQ(letter_value("к"), 10u);
  for (const char* wrong : {"", "ab", "1", "й", "é", "aaaaa"}) EXPECT_FALSE(letter_value(wrong)) << wrong;
  for (std::uint32_t value = 1; value < 100; ++value) EXPECT_EQ(letter_value(letter_of(value)), value);
}

TEST(Labels, ValueDependsOnTheKindAskedFor) {
  EXPECT_EQ(value_of("C", LabelKind::roman), 100u);
  EXPECT_EQ(value_of("C", LabelKind::letter), 3u);
  EXPECT_FALSE(value_of("C", LabelKind::number));
  EXPECT_EQ(value_of("018", LabelKind::number), 18u);
  EXPECT_FALSE(value_of("12345678901", LabelKind::number));
  EXPECT_EQ(dotted_values("1.12.3"), (std::vector<std::uint32_t>{1, 12, 3}));
  EXPECT_TRUE(dotted_values("1.a").empty());
  EXPECT_TRUE(dotted_values("").empty());
}

TEST(Labels, Compared) {
  EXPECT_TRUE(same_label("iii", "III"));
  EXPECT_FALSE(same_label("III", "3"));
  EXPECT_TRUE(same_number("III", "3"));
  EXPECT_TRUE(same_number("10", "x"));
  EXPECT_FALSE(same_number("A", "1"));
}

}  // namespace
}  // namespace rapporteur
