// Stage recognition: what the evidence of the numbering solver is about, and how it is added up.
//
// A label can be text, the next paragraph, a section or a list item on any level that is open, or open a level. What
// speaks for each is added up in the words that `explain` prints (chain_paragraphs.h, chain_levels.h). The solver weighs
// many steps and wants their sums only: it compiles them with a tally that leaves the words out.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "recognition/chain_state.h"
#include "recognition/lookahead.h"

namespace rapporteur {

/// A way on from one of the readings, before anyone knows whether it will be kept.
struct Step {
  std::int16_t gap = 0;  // as in NumberChoice, like all below
  Track track = Track::text;
  std::uint8_t reading = 0, level = 0;
  bool starts = false;
};

/// Adds up log odds.
struct Sum {
  float sum = 0;
  void add(float weight, const char*) { sum += weight; }
};

/// Adds up log odds and says why.
struct Reasons {
  float sum = 0;
  std::vector<Evidence> why = {};
  void add(float weight, const char* reason) {
    sum += weight;
    if (weight != 0) why.push_back({reason, weight});
  }
};

/// A step and what speaks for it.
template <typename Tally>
struct Weighed {
  Step step;
  Tally tally;
};

/// Log2 of a number of a label; nearly all are small.
inline float log2_of(std::uint32_t number) {
  static const std::array<float, 256> small = [] {
    std::array<float, 256> table{};
    for (std::size_t n = 0; n < table.size(); ++n) table[n] = std::log2(static_cast<float>(n));
    return table;
  }();
  return number < small.size() ? small[number] : std::log2(static_cast<float>(number));
}

/// One candidate, and what is known of the labels before and behind it.
struct Weighing {
  const NumberCandidate& c;
  std::uint32_t index;  // of the candidate
  const Lookahead& ahead;
  const Opens& opens;

  /// The second reading of a label ("i" as the ninth letter) needs its chain to speak for it.
  template <typename Tally>
  void charge_reading(Tally& tally, std::uint8_t reading, bool continues) const {
    if (reading > 0 && !continues) tally.add(-1.5f, "is read in its less usual sense");
  }

  /// The members of a chain look alike: that the first reads as a sentence is not said anew by every other. What speaks
  /// against one of them is.
  template <typename Tally>
  static void discount_look(Tally& tally, float look) {
    if (look > 0) tally.add(-0.6f * look, "its look says little new within the chain");
  }

  /// The last number of the chain that paragraphs, and headings among them, share.
  const Number& running(const State& from) const { return opens[from.headed != kNothing ? from.headed : from.paragraph].number; }

  /// "1.1.1" below the heading "1.1", "6(i)" below "6.".
  bool within_heading(const State& from, const Number& number) const {
    if (number.depth < 2 || number.last() > 1 || from.sections == 0) return false;
    const Number& heading = opens[from.section[from.sections - 1]].number;
    return number.depth == heading.depth + 1 && gap_between(heading, number) == 0;
  }

  /// The paragraphs before go on later; after a resolution that is quoted whole, right behind its clauses. Every article
  /// counts its clauses anew, so of them the next number alone says little.
  bool taken_up_again(const State& from) const {
    const std::uint32_t next = running(from).last() + 1u;
    if (c.behind_preamble) return ahead.behind_run(index) == next;
    return from.above_paragraph & kClauses ? ahead.is_resumed(index, next) : ahead.comes_later(index, next);
  }

  bool next_heading(const State& from, const Number& number) const {
    for (std::uint8_t level = 0; level < from.sections; ++level) {
      const Open& open = opens[from.section[level]];
      if (same_frame(open, c.frame, number) && gap_between(open.number, number) == 0) return true;
    }
    return false;
  }

  float begins_list(const Number& number) const {
    return number.last() <= 1 ? 0.3f : ahead.goes_on(index) ? -1.0f : -1.0f - 0.8f * log2_of(number.last());
  }

  template <typename Tally>
  void indent_evidence(Tally& tally, std::uint16_t before) const {
    const int difference = static_cast<int>(c.indent) - before;
    if (std::abs(difference) <= 1) tally.add(0.5f, "is indented like the paragraph before");
    else if (difference >= 4) tally.add(-1.8f, "is indented deeper than what it would follow");
    else if (difference <= -4) tally.add(-0.6f, "is indented less than what it would follow");
  }
};

}  // namespace rapporteur
