// Stage grammar: which rules can begin at a place of a text, by its first letters.
//
// Asking PCRE2 costs a few hundred instructions even where the answer is no at the first letter, and most answers are.
// So blocks are asked by their first two bytes, from sets found when the grammar was compiled. Inline rules, which are
// asked at every word, are known by the first four bytes of it: the first time such a beginning is met, each rule is
// asked whether it could go on from there, and the answer is kept (nine of ten tries fell away on the measured reports).
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "grammar/grammar_impl.h"

namespace rapporteur {

using RuleSet = std::vector<std::uint16_t>;

/// Sets of rules, each once.
class RuleSets {
 public:
  RuleSets() { x_sets.emplace_back(); }
  std::uint16_t number_of(RuleSet set);
  const RuleSet& operator[](std::uint16_t number) const { return x_sets[number]; }

 private:
  std::deque<RuleSet> x_sets;  // references to sets stay good while more are added
  std::map<RuleSet, std::uint16_t> x_numbers;
};

/// Block rules by the first two bytes. Rows are made when their first byte is first seen.
class BlockStarts {
 public:
  explicit BlockStarts(const Grammar::Impl& grammar);
  /// Rules, in order, that can match a text with these first bytes; `next` is 0 where the text ends.
  const RuleSet& at(std::uint8_t begin, std::uint8_t next);

 private:
  using Row = std::array<std::uint16_t, 256>;
  std::unique_ptr<Row> make_row(std::uint8_t begin);

  std::vector<std::pair<std::uint16_t, const StartSet*>> x_rules;
  std::array<std::unique_ptr<Row>, 256> x_rows;
  RuleSets x_sets;
};

/// Inline rules of some zones, by the first four bytes.
class InlineStarts {
 public:
  InlineStarts(const Grammar::Impl& grammar, std::uint8_t zones);
  std::uint8_t zones() const { return x_zones; }
  /// Whether any rule begins with this byte.
  bool begins(std::uint8_t byte) const { return x_begins[byte] != 0; }
  /// Rules, in order, that can match where `text` goes on like this. Not empty text.
  const RuleSet& at(std::string_view text);

 private:
  static constexpr std::size_t kSlots = 1 << 14;  // words of a large archive begin in some ten thousand ways
  struct Slot {
    std::uint32_t beginning = 0;  // 0: not asked yet
    std::uint16_t set = 0;
  };
  RuleSet ask(std::string_view beginning) const;

  const Grammar::Impl& x_grammar;
  std::uint8_t x_zones;
  std::vector<std::uint16_t> x_rules;
  std::array<std::uint8_t, 256> x_begins{};
  std::vector<Slot> x_slots;
  RuleSets x_sets;
};

}  // namespace rapporteur
