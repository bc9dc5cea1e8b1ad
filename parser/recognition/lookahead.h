// Stage recognition: what the numbering solver knows of the labels that come later.
//
// The solver reads labels one by one; whether a list of 1, 2, 3 interrupts a chain or another begins is told by what stands
// behind it. These answers are counted once, before.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "recognition/chains.h"
#include "recognition/flat_index.h"

namespace rapporteur {

/// Where each plain number occurs for the last time before the next annex: tells whether a chain goes on after a list.
class Lookahead {
 public:
  explicit Lookahead(const std::vector<NumberCandidate>& candidates) : x_ahead(candidates.size()), x_index(candidates.size()) {
    std::uint32_t zone = 0;
    Looks paragraphs, all;  // of labels that may be paragraphs, and of all
    for (std::uint32_t i = 0; i < candidates.size(); ++i) {
      const NumberCandidate& c = candidates[i];
      if (c.fresh) {
        ++zone;
        paragraphs.clear();
        all.clear();
      }
      Ahead& ahead = x_ahead[i];
      ahead.zone = zone;
      if (!plain(c)) continue;
      const std::uint32_t value = c.readings.number[0].last();
      ahead.goes_on = !interrupted(all, c.frame, value);
      if (c.paragraph > -2) note(key(zone, value), i, interrupted(paragraphs, c.frame, value));
    }
    count_runs(candidates);
  }
  /// The number met last in labels of its look is the one before: a list goes on, whatever stands between.
  bool goes_on(std::uint32_t i) const { return x_ahead[i].goes_on; }
  /// How many numbers run on from candidate i without a gap, itself included, in labels that look like its own.
  std::uint32_t run(std::uint32_t i) const { return x_ahead[i].run; }
  /// The number that stands behind that run, in the same zone: where a list ends the chain around it goes on, where a
  /// numbering ends the next begins. 0: none.
  std::uint32_t behind_run(std::uint32_t i) const { return x_ahead[i].behind; }
  /// Whether `value` stands somewhere behind candidate i in the same zone.
  bool comes_later(std::uint32_t i, std::uint32_t value) const {
    const Place* place = find(i, value);
    return place && place->last > i;
  }
  /// Whether `value` does so behind other numbers than value - 1: a chain is taken up again. Every article or resolution
  /// counts its clauses anew, so the next number alone nearly always comes later.
  bool is_resumed(std::uint32_t i, std::uint32_t value) const {
    const Place* place = find(i, value);
    return place && place->resumed > i;
  }

 private:
  struct Ahead {
    std::uint32_t zone = 0, run = 1, behind = 0;
    bool goes_on = false;
  };
  std::vector<Ahead> x_ahead;  // per candidate
  struct Place {
    std::uint64_t key;
    std::uint32_t last;         // where it stands for the last time
    std::uint32_t resumed = 0;  // and where it does so behind another number than the one before it
  };
  std::vector<Place> x_last;
  FlatIndex x_index;
  using Looks = std::vector<std::pair<Frame, std::uint32_t>>;  // the number met last with labels of each look

  static std::uint64_t key(std::uint32_t zone, std::uint32_t value) { return std::uint64_t{zone} << 32 | value; }
  const Place* find(std::uint32_t i, std::uint32_t value) const {
    const std::uint64_t wanted = key(x_ahead[i].zone, value);
    const std::uint32_t found = x_index.find(mixed(wanted), [&](std::uint32_t n) { return x_last[n].key == wanted; });
    return found == FlatIndex::kAbsent ? nullptr : &x_last[found];
  }
  static bool plain(const NumberCandidate& c) {
    return c.readings.count > 0 && c.readings.number[0].depth == 1 && c.readings.number[0].system == System::digits;
  }
  void count_runs(const std::vector<NumberCandidate>& candidates) {
    constexpr std::uint32_t kHighest = 999;  // no run of numbers goes further
    std::uint32_t highest = 0;
    for (const NumberCandidate& c : candidates)
      if (plain(c)) highest = std::max<std::uint32_t>(highest, c.readings.number[0].last());
    std::vector<std::uint32_t> nearest(std::min(highest, kHighest) + 2, ~0u);  // per value: where it stands next, seen from behind
    std::uint32_t below = 0, below_zone = 0;                                  // the number met last, seen from behind
    for (std::size_t i = candidates.size(); i-- > 0;) {
      if (!plain(candidates[i]) || candidates[i].readings.number[0].last() > kHighest) continue;
      Ahead& ahead = x_ahead[i];
      const std::uint32_t value = candidates[i].readings.number[0].last(), next = nearest[value + 1];
      if (below_zone == ahead.zone) ahead.behind = below;
      if (next != ~0u && x_ahead[next].zone == ahead.zone && candidates[next].frame == candidates[i].frame) {
        ahead.run = x_ahead[next].run + 1;
        ahead.behind = x_ahead[next].behind;
      }
      nearest[value] = static_cast<std::uint32_t>(i);
      below = value;
      below_zone = ahead.zone;
    }
  }
  /// The number met last in labels of this look is not the one before `value`.
  static bool interrupted(Looks& looks, const Frame& frame, std::uint32_t value) {
    constexpr std::size_t kLooks = 8;  // more looks than one paper has
    const auto found = std::find_if(looks.begin(), looks.end(), [&](const auto& look) { return look.first == frame; });
    if (found != looks.end()) return std::exchange(found->second, value) + 1 != value;
    if (looks.size() < kLooks) looks.emplace_back(frame, value);
    return true;
  }
  void note(std::uint64_t wanted, std::uint32_t i, bool resumed) {
    const auto fresh = static_cast<std::uint32_t>(x_last.size());
    const std::uint32_t found = x_index.find_or_put(mixed(wanted), fresh, [&](std::uint32_t n) { return x_last[n].key == wanted; });
    if (found == fresh) x_last.push_back({wanted, i});
    else x_last[found].last = i;
    if (resumed) x_last[found].resumed = i;
  }
};

}  // namespace rapporteur
