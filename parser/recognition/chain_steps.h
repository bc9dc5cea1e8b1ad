// Stage recognition: all ways in which a reading of the labels can go on with the next one.
#pragma once

#include <array>
#include <cassert>
#include <cstdint>

#include "recognition/chain_levels.h"
#include "recognition/chain_paragraphs.h"

namespace rapporteur {

/// All ways on from a reading with one candidate. They go to `Out`, which says of a score whether it is too low to matter.
template <typename Tally, typename Out>
class Expansion {
 public:
  Expansion(const Weighing& weighing, Out& out) : c(weighing.c), x_weighing(weighing), x_paragraph(weighing), x_level(weighing), x_out(out) {
    for (std::uint8_t r = 0; r < c.readings.count; ++r) x_most[r] = most(r);
  }

  void expand(const State& from, float score) {
    x_score = score;
    push({{}, Tally{c.text}}, c.text);
    for (std::uint8_t r = 0; r < c.readings.count; ++r) {
      if (c.paragraph > -50 && !x_out.too_low(score + x_most[r].paragraph)) push(x_paragraph.paragraph(from, r), x_most[r].paragraph);
      if (c.section > -50 && !x_out.too_low(score + x_most[r].section)) as_section(from, r);
      if (c.list > -50) as_list(from, r);
    }
  }

 private:
  const NumberCandidate& c;
  Weighing x_weighing;
  ParagraphEvidence<Tally> x_paragraph;
  LevelEvidence<Tally> x_level;
  Out& x_out;
  float x_score = 0;  // of the reading being expanded

  /// What a step can come to at best: as a paragraph, a heading, the next item of a list, the first. Most steps of readings
  /// that are behind need not be weighed.
  struct Most {
    float paragraph, section, item, list;
  };
  std::array<Most, 2> x_most;

  Most most(std::uint8_t r) const {
    constexpr float kRounding = 0.01f;
    const float first = x_weighing.begins_list(c.readings.number[r]) + (c.announced ? 2.0f : 0.0f) + (c.agenda_announced ? 2.0f : 0.0f) + 1.5f;
    return {c.paragraph + 4.0f + kRounding, c.section + 3.6f + kRounding, c.list + (c.bare ? 3.6f : 3.0f) + 0.5f + kRounding, c.list + first + kRounding};
  }

  void push(const Weighed<Tally>& weighed, [[maybe_unused]] float most) {
    assert(weighed.tally.sum <= most);
    const float score = x_score + weighed.tally.sum;
    if (!x_out.too_low(score)) x_out.put(weighed, score);
  }

  void as_section(const State& from, std::uint8_t r) {
    const Number& number = c.readings.number[r];
    bool nests = from.sections < kMaxOpen;
    for (std::uint8_t level = 0; level < from.sections; ++level) {
      const Open& open = x_weighing.opens[from.section[level]];
      if (!same_frame(open, c.frame, number)) continue;
      push(x_level.section_at(from, open, r, level), x_most[r].section);
      if (open.number.system == number.system && open.number.upper == number.upper && c.frame.keyword == 0) nests = false;  // labels of one look do not nest in themselves
    }
    if (nests) push(x_level.section_below(from, r), x_most[r].section);
  }

  void as_list(const State& from, std::uint8_t r) {
    const Number& number = c.readings.number[r];
    if (from.lists > 0 && !x_out.too_low(x_score + x_most[r].item))
      for (std::uint8_t level = 0; level < from.lists; ++level)
        if (const Open& open = x_weighing.opens[from.list[level]]; same_frame(open, c.frame, number)) push(x_level.list_at(open, r, level), x_most[r].item);
    const float unannounced = c.announced || from.last == Track::list ? 0.0f : LevelEvidence<Tally>::kUnannounced;
    if (from.lists < kMaxOpen && !x_out.too_low(x_score + x_most[r].list + unannounced)) push(x_level.list_below(from, r), x_most[r].list);
  }
};

}  // namespace rapporteur
