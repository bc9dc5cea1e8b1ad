// Stage recognition: for and against reading a label as a heading, or as an item of a list, on a level that is open or below.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "recognition/chain_evidence.h"

namespace rapporteur {

template <typename Tally>
class LevelEvidence : Weighing {
 public:
  static constexpr float kUnannounced = -1.2f;  ///< against a list that no words and no list stand before

  explicit LevelEvidence(const Weighing& weighing) : Weighing(weighing) {}

  /// Goes on at a level that is open; deeper ones close.
  Weighed<Tally> section_at(const State& from, const Open& open, std::uint8_t r, std::uint8_t level) const {
    Tally tally{c.section};
    const Number& number = c.readings.number[r];
    const int gap = gap_between(open.number, number);
    Step step = step_at(Track::section, r, level_of(from, open, number, level, gap), gap);
    if (step.level > level + 1) step.starts = true;
    if (gap == 0) tally.add(3.6f, "is the next number of the headings");
    else if (gap > 0) tally.add(0.5f - 0.6f * static_cast<float>(std::min(gap, 10)), "leaves headings out");
    else if (number == open.number) tally.add(c.again ? 3.0f : -2.0f, c.again ? "takes the heading up again, word for word" : "has the same number as the heading before");
    else if (number.last() <= 1) tally.add(-2.0f, "headings start again at the same level");
    else tally.add(-4.0f, "goes back in the numbering of headings");
    empty_evidence(tally, from, number.depth <= open.number.depth);
    charge_reading(tally, r, gap == 0);
    return {step, std::move(tally)};
  }

  /// Opens a level below those that are open.
  Weighed<Tally> section_below(const State& from, std::uint8_t r) const {
    Tally tally{c.section};
    const Number& number = c.readings.number[r];
    const Step step{.track = Track::section, .reading = r, .level = static_cast<std::uint8_t>(from.sections + 1), .starts = true};
    const std::uint32_t first = number.last();
    if (within_heading(from, number)) tally.add(2.5f, "counts on from the number of the heading above");
    else if (first <= 1) tally.add(0.5f, "begins a chain of headings at 1");
    else if (c.named) tally.add(-0.3f, "begins a chain of headings, but not at 1");
    else if (from.paragraph != kNothing && opens[from.paragraph].frame == c.frame && gap_between(running(from), number) == 0) {
      const bool few = number.depth == 1 && first <= 3;  // rather headings of a row than one paragraph, or two, and a row of headings
      tally.add(few ? -2.5f : -0.3f, few ? "goes on from no more than two numbered paragraphs" : "goes on from the numbers of the paragraphs");
    }
    else tally.add(-0.6f * log2_of(first) - (from.sections > 0 ? 0.8f : 0.3f), "begins a chain of headings, but not at 1");
    if (c.announced && !c.named && !c.operative) tally.add(-3.0f, "stands where a list is announced");
    if (from.sections > 0 && from.last != Track::section && c.frame.keyword == 0) tally.add(-0.4f, "opens a level below text");
    charge_reading(tally, r, false);
    return {step, std::move(tally)};
  }

  /// Goes on with an item of a list that is open.
  Weighed<Tally> list_at(const Open& open, std::uint8_t r, std::uint8_t level) const {
    Tally tally{c.list};
    const Number& number = c.readings.number[r];
    const int gap = gap_between(open.number, number);
    const Step step = step_at(Track::list, r, level, gap);
    if (gap == 0) {
      tally.add(c.bare ? 3.6f : 3.0f, c.bare ? "is the next item of the list" : "is the next item of the list, with text in between");
      discount_look(tally, c.list);
      if (c.under_heading) tally.add(-3.0f, "a heading stands above it");
    } else if (gap > 0) tally.add(-0.8f * static_cast<float>(std::min(gap, 8)), "leaves items out");
    else if (number.last() <= 1) tally.add(-1.0f, "a new list begins");
    else tally.add(-4.0f, "goes back in the list");
    indent_evidence(tally, open.indent);
    charge_reading(tally, r, gap == 0);
    return {step, std::move(tally)};
  }

  /// Opens a list, inside those that are open.
  Weighed<Tally> list_below(const State& from, std::uint8_t r) const {
    Tally tally{c.list};
    const Number& number = c.readings.number[r];
    const Step step{.track = Track::list, .reading = r, .level = static_cast<std::uint8_t>(from.lists + 1), .starts = true};
    if (!c.announced && from.last != Track::list) tally.add(kUnannounced, "nothing announces a list");
    tally.add(begins_list(number), number.last() <= 1 ? "begins a list" : ahead.goes_on(index) ? "goes on from a list above the heading" : "begins a list, but not at its first item");
    if (number.depth > 1 && from.lists == 0) tally.add(-1.5f, "its number has parts, but no list is open above it");
    if (!c.announced && next_heading(from, number)) tally.add(-2.0f, "would be the next number of the headings");
    const Open& before = opens[from.paragraph];
    const bool resolution = c.operative || ((from.above_paragraph & kHeading) && from.sections > 0 && opens[from.section[from.sections - 1]].named);
    const bool ended = from.paragraph != kNothing && resolution && !taken_up_again(from);
    if (c.announced) tally.add(ended ? 0.3f : 2.0f, "the words before announce a list");
    if (c.agenda_announced) tally.add(2.0f, "the words before announce an agenda");
    if (from.paragraph != kNothing && before.frame == c.frame && before.number.system == number.system) {
      const int deeper = static_cast<int>(c.indent) - before.indent;
      if (deeper >= 2) tally.add(from.headed == kNothing ? 1.5f : 0.0f, "is indented deeper than the paragraphs");
      else if (!c.announced) tally.add(-1.0f, "looks just like the numbers of paragraphs");
      if (deeper < 2 && number.last() > 1 && gap_between(before.number, number) == 0) tally.add(-5.0f, "would be the next paragraph");
    }
    for (std::uint8_t level = 0; level < from.lists; ++level) {
      const Open& open = opens[from.list[level]];
      if (same_frame(open, c.frame, number) && open.number.system == number.system)
        tally.add(c.indent > open.indent + 1 ? -0.5f : -2.5f, "a list of the same look is open already");
    }
    charge_reading(tally, r, false);
    return {step, std::move(tally)};
  }

 private:
  /// A step at a level that is open, `gap` numbers behind the last one there; none: it starts again.
  static Step step_at(Track track, std::uint8_t r, std::uint8_t level, int gap) {
    return {.gap = static_cast<std::int16_t>(std::min(gap, 9999)), .track = track, .reading = r, .level = static_cast<std::uint8_t>(level + 1), .starts = gap < 0};
  }

  /// The level that a heading stands at which goes on from the one at `level`: "2.1" stands in "2.", and "3" behind "2.1" is
  /// on the level of "2.", though it be printed without the stop.
  std::uint8_t level_of(const State& from, const Open& open, const Number& number, std::uint8_t level, int gap) const {
    if (gap != 0) return level;
    if (number.depth > open.number.depth && !number.inserted && level + 1u < kMaxOpen) return static_cast<std::uint8_t>(level + 1);
    while (level > 0 && number.depth < opens[from.section[level]].number.depth && gap_between(opens[from.section[level - 1]].number, number) == 0) --level;
    return level;
  }

  /// Headings have text below them; the lines of a listed agenda have none.
  void empty_evidence(Tally& tally, const State& from, bool sibling) const {
    if (from.last == Track::section && c.bare && !c.told && sibling) tally.add(c.named ? -8.0f : -3.0f, "nothing stands between it and the heading before");
  }
};

}  // namespace rapporteur
