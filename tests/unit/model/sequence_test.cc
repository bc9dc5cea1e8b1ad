// Sequences that keep one thing within themselves, and words that are their own or stand in a text that lives longer.

#include "rapporteur/sequence.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace rapporteur {
namespace {

std::string shown(const Sequence<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += "[" + item + "]";
  return out;
}

/// Long enough to have memory of its own.
std::string long_word(int n) { return "a word too long to stand within a string " + std::to_string(n); }

TEST(Sequence, holds_what_is_put_into_it) {
  for (const int count : {0, 1, 2, 5, 40}) {
    Sequence<std::string> items;
    std::string expected;
    for (int i = 0; i < count; ++i) {
      items.push_back(long_word(i));
      expected += "[" + long_word(i) + "]";
    }
    EXPECT_EQ(shown(items), expected);
    EXPECT_EQ(items.size(), static_cast<std::size_t>(count));
    EXPECT_EQ(items.empty(), count == 0);

    Sequence<std::string> copy(items);
    EXPECT_EQ(shown(copy), expected);
    const Sequence<std::string> moved(std::move(copy));
    EXPECT_EQ(shown(moved), expected);
    EXPECT_TRUE(copy.empty());  // NOLINT(bugprone-use-after-move): what is left is said to be nothing
    copy.push_back("used again");
    EXPECT_EQ(shown(copy), "[used again]");

    Sequence<std::string> other{"one", "two", "three"};
    other = items;
    EXPECT_EQ(shown(other), expected);
    other.clear();
    EXPECT_TRUE(other.empty());
    EXPECT_EQ(shown(items), expected);
  }
}

TEST(Sequence, may_be_given_its_own_things) {
  Sequence<std::string> items{long_word(0)};
  for (int i = 0; i < 20; ++i) items.push_back(items.front());
  EXPECT_EQ(items.size(), 21u);
  EXPECT_TRUE(std::all_of(items.begin(), items.end(), [](const std::string& item) { return item == long_word(0); }));
  Sequence<std::string>& itself = items;
  items = itself;
  EXPECT_EQ(items.size(), 21u);
}

TEST(Sequence, holds_things_that_cannot_be_copied) {
  Sequence<std::unique_ptr<int>> items;
  for (int i = 0; i < 9; ++i) items.push_back(std::make_unique<int>(i));
  const Sequence<std::unique_ptr<int>> moved = std::move(items);
  EXPECT_EQ(*moved.front(), 0);
  EXPECT_EQ(*moved.back(), 8);
  EXPECT_EQ(*moved[4], 4);
}

TEST(Sequence, keeps_one_thing_within_itself) {
  Sequence<int> items;
  items.push_back(7);
  const auto* const begin = reinterpret_cast<const char*>(&items);
  const auto* const first = reinterpret_cast<const char*>(items.data());
  EXPECT_TRUE(first >= begin && first < begin + sizeof items);
}

TEST(Words, are_their_own) {
  std::string text = "The Council met.";
  const Words words(text);
  text[0] = 't';
  EXPECT_EQ(words, "The Council met.");
  Words copy(words);
  copy += " It adjourned.";
  EXPECT_EQ(copy, "The Council met. It adjourned.");
  EXPECT_EQ(words, "The Council met.");
  EXPECT_NE(copy.data(), words.data());
}

TEST(Words, may_stand_in_a_text) {
  const std::string text = "The Council met. It adjourned.";
  const Words first = Words::in_place(std::string_view(text).substr(0, 16));
  EXPECT_EQ(first.data(), text.data());
  const Words copy(first);
  EXPECT_EQ(copy.data(), text.data());

  Words whole(first);
  whole += Words::in_place(std::string_view(text).substr(16));
  EXPECT_EQ(whole, text);
  EXPECT_EQ(whole.data(), text.data()) << "what stands side by side stays there";

  Words joined = Words::in_place(std::string_view(text).substr(17));
  joined += first;
  EXPECT_EQ(joined, "It adjourned.The Council met.");
  EXPECT_EQ(text, "The Council met. It adjourned.");
}

TEST(Words, may_be_put_behind_themselves) {
  Words words(std::string("abc"));
  for (int i = 0; i < 4; ++i) words += words;
  EXPECT_EQ(words.size(), 48u);
  EXPECT_EQ(std::string_view(words).substr(45), "abc");
  words = words;  // NOLINT(clang-diagnostic-self-assign-overloaded)
  EXPECT_EQ(words.size(), 48u);
  Words none;
  none += none;
  none += "";
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace rapporteur
