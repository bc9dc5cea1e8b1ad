// Stage grammar: which rules can begin at a place of a text, by its first letters.
//
// Asking PCRE2 costs a few hundred instructions even where the answer is no at the first letter, and most answers are.
// So rules are known by how a text begins: the first time that such a beginning is met, each rule is asked whether it
// could go on from there, and the answer is kept. Lines begin in few ways, words in some thousands; the digits that no
// rule tells apart count as one.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

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

/// Numbers of sets by the bytes that texts begin with, as many as a Key holds. Keeps those met lately: a new one takes the
/// place of the older of two. Begins small, since a call on one file meets a few hundred, and touching memory costs it more
/// than asking; grows up to 2^most_bits pairs, early: what is pushed out is asked for again.
template <typename Key>
class Beginnings {
 public:
  static constexpr std::uint16_t kUnknown = 0xffff;

  explicit Beginnings(unsigned most_bits) : x_pairs(2), x_shift(63), x_least_shift(64 - most_bits) {}
  void forget() { x_pairs.assign(x_pairs.size(), Pair{}); }
  std::uint16_t find(Key beginning) const {
    const Pair& pair = x_pairs[place(beginning)];
    if (pair[0].beginning == beginning) return pair[0].set;
    return pair[1].beginning == beginning ? pair[1].set : kUnknown;
  }
  void keep(Key beginning, std::uint16_t set) {
    if (4 * x_kept >= x_pairs.size() && x_shift > x_least_shift) grow();
    put({beginning, set});
  }

 private:
  struct Slot {
    Key beginning = 0;  // no text begins like this
    std::uint16_t set = 0;
  };
  using Pair = std::array<Slot, 2>;
  std::size_t place(Key beginning) const { return beginning * 0x9E3779B97F4A7C15u >> x_shift; }
  void put(Slot slot) {
    Pair& pair = x_pairs[place(slot.beginning)];
    pair[1] = pair[0];
    pair[0] = slot;
    ++x_kept;
  }
  void grow() {
    const std::vector<Pair> before = std::exchange(x_pairs, std::vector<Pair>(2 * x_pairs.size()));
    --x_shift;
    x_kept = 0;
    for (const Pair& pair : before)
      for (const Slot& slot : {pair[1], pair[0]})  // the older first
        if (slot.beginning != 0) put(slot);
  }

  std::vector<Pair> x_pairs;
  unsigned x_shift, x_least_shift;
  std::size_t x_kept = 0;
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
  /// Whether it is known already that no rule can match at a place: true of most words.
  bool none_at(std::string_view text, std::size_t at) const {
    std::uint32_t bytes;  // cut letters and NULs are no beginnings that are kept, so are not found
    if (text.size() - at < sizeof bytes) return false;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    return bytes != 0 && x_words.find(bytes) == 0;
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
  Beginnings<std::uint32_t> x_words;
  Beginnings<std::uint64_t> x_texts;
  RuleSets x_sets;
};

}  // namespace rapporteur
