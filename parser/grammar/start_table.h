// Stage grammar: which rules can begin at a place of a text, by its first letters.
//
// Asking PCRE2 costs a few hundred instructions even where the answer is no at the first letter, and most answers are.
// So rules are known by how a text begins: the first time that such a beginning is met, each rule is asked whether it
// could go on from there, and the answer is kept. Lines begin in few ways, words in some thousands; the digits that no
// rule tells apart count as one.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <map>
#include <string_view>
#include <vector>

#include "grammar/beginnings.h"
#include "grammar/grammar_impl.h"
#include "grammar/pattern_text.h"

namespace rapporteur {

using RuleSet = std::vector<std::uint16_t>;

/// Sets of rules, each once.
class RuleSets {
 public:
  RuleSets() { x_sets.emplace_back(); }
  std::uint16_t number_of(RuleSet set);
  const RuleSet& operator[](std::uint16_t number) const { return x_sets[number]; }
  /// Numbers run out: begin anew. One text may need two more.
  bool full() const { return x_sets.size() >= 0xfff0; }

 private:
  std::deque<RuleSet> x_sets;  // references to sets stay good while more are added
  std::map<RuleSet, std::uint16_t> x_numbers;
};

/// Some rules of a grammar, by how the texts begin that they can match.
class StartTable {
 public:
  enum class Asked : std::uint8_t { at_texts, at_words };  ///< which of the two questions below
  StartTable(const Grammar::Impl& grammar, Asked asked, RuleSet rules);
  const RuleSet& rules() const { return x_rules; }
  /// Whether any rule begins with a byte of ASCII that is part of no word.
  bool sign_begins() const { return x_sign_begins; }
  /// Rules, in order, that can match a text that begins like this: by its first eight bytes. Not empty text.
  const RuleSet& at(std::string_view text) {
    if (x_sets.full()) forget();
    return at(text, x_rules);
  }
  /// Whether it is known already that no rule can match at a place: true of most words. Of a table of words.
  bool none_at(std::string_view text, std::size_t at) const {
    std::uint32_t bytes;  // cut letters and NULs are no beginnings that are kept, so are not found
    if (text.size() - at < sizeof bytes) return false;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    return bytes != 0 && x_none[none_place(bytes)] == bytes;
  }
  /// As `at`, where most texts begin with a word that no rule begins with: four bytes tell.
  const RuleSet& at_word(std::string_view text);

 private:
  const RuleSet& at(std::string_view text, const RuleSet& among);
  RuleSet ask(std::string_view beginning, const RuleSet& among) const;
  void forget();

  const Grammar::Impl& x_grammar;
  RuleSet x_rules;
  bool x_sign_begins = false;
  DigitFold x_fold;
  /// Four letters that no rule begins with, each at its place: most words of a text, in a quarter of the room that x_words takes.
  std::vector<std::uint32_t> x_none;
  static constexpr unsigned kNoneBits = 13;
  static std::size_t none_place(std::uint32_t bytes) { return bytes * 0x9E3779B1u >> (32 - kNoneBits); }
  Beginnings<std::uint32_t, std::uint16_t> x_words;  ///< numbers of sets
  Beginnings<std::uint64_t, std::uint16_t> x_texts;
  RuleSets x_sets;
};

}  // namespace rapporteur
