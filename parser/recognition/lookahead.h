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
  explicit Lookahead(const std::vector<NumberCandidate>& candidates) : x_index(candidates.size()) {
    std::uint32_t zone = 0;
    std::vector<std::pair<Frame, std::uint32_t>> frames;  // the number met last with labels of each look
    x_zone.reserve(candidates.size());
    for (std::uint32_t i = 0; i < candidates.size(); ++i) {
      if (candidates[i].fresh) {
        ++zone;
        frames.clear();
      }
      x_zone.push_back(zone);
      const Readings& readings = candidates[i].readings;
      if (candidates[i].paragraph > -2 && readings.count > 0 && readings.number[0].depth == 1 && readings.number[0].system == System::digits)
        note(key(zone, readings.number[0].last()), i, interrupted(frames, candidates[i].frame, readings.number[0].last()));
    }
    count_runs(candidates);
    note_going_on(candidates);
  }
  /// The number met last in labels of its look is the one before: a list goes on, whatever stands between.
  bool goes_on(std::uint32_t i) const { return x_goes_on[i]; }
  /// How many numbers run on from candidate i without a gap, itself included, in labels that look like its own.
  std::uint32_t run(std::uint32_t i) const { return x_run[i]; }
  /// The number that stands behind that run, in the same zone: where a list ends the chain around it goes on, where a
  /// numbering ends the next begins. 0: none.
  std::uint32_t behind_run(std::uint32_t i) const { return x_behind[i]; }
  /// Whether `value` stands somewhere behind candidate i in the same zone.
  bool comes_later(std::uint32_t i, std::uint32_t value) const {
    const std::uint64_t wanted = key(x_zone[i], value);
    const std::uint32_t found = x_index.find(mixed(wanted), [&](std::uint32_t n) { return x_last[n].key == wanted; });
    return found != FlatIndex::kAbsent && x_last[found].last > i;
  }
  /// Whether `value` does so behind other numbers than value - 1: a chain is taken up again. Every article or resolution
  /// counts its clauses anew, so the next number alone nearly always comes later.
  bool is_resumed(std::uint32_t i, std::uint32_t value) const {
    const std::uint64_t wanted = key(x_zone[i], value);
    const std::uint32_t found = x_index.find(mixed(wanted), [&](std::uint32_t n) { return x_last[n].key == wanted; });
    return found != FlatIndex::kAbsent && x_last[found].resumed > i;
  }

 private:
  std::vector<bool> x_goes_on;
  std::vector<std::uint32_t> x_zone, x_run, x_behind;
  struct Place {
    std::uint64_t key;
    std::uint32_t last;         // where it stands for the last time
    std::uint32_t resumed = 0;  // and where it does so behind another number than the one before it
  };
  std::vector<Place> x_last;
  FlatIndex x_index;
  static std::uint64_t key(std::uint32_t zone, std::uint32_t value) { return std::uint64_t{zone} << 32 | value; }
  void count_runs(const std::vector<NumberCandidate>& candidates) {
    constexpr std::size_t kValues = 1001;
    std::vector<std::uint32_t> nearest(kValues, ~0u);  // per value: where it stands next, seen from behind
    x_run.assign(candidates.size(), 1);
    x_behind.assign(candidates.size(), 0);
    std::uint32_t below = 0, below_zone = 0;  // the number met last, seen from behind
    for (std::size_t i = candidates.size(); i-- > 0;) {
      const Readings& readings = candidates[i].readings;
      if (readings.count == 0 || readings.number[0].depth != 1 || readings.number[0].system != System::digits || readings.number[0].last() + 1u >= kValues) continue;
      const std::uint32_t value = readings.number[0].last(), next = nearest[value + 1];
      if (below_zone == x_zone[i]) x_behind[i] = below;
      if (next != ~0u && x_zone[next] == x_zone[i] && candidates[next].frame == candidates[i].frame) {
        x_run[i] = x_run[next] + 1;
        x_behind[i] = x_behind[next];
      }
      nearest[value] = static_cast<std::uint32_t>(i);
      below = value;
      below_zone = x_zone[i];
    }
  }
  void note_going_on(const std::vector<NumberCandidate>& candidates) {
    std::vector<std::pair<Frame, std::uint32_t>> frames;
    x_goes_on.assign(candidates.size(), false);
    for (std::uint32_t i = 0; i < candidates.size(); ++i) {
      if (candidates[i].fresh) frames.clear();
      const Readings& readings = candidates[i].readings;
      if (readings.count > 0 && readings.number[0].depth == 1 && readings.number[0].system == System::digits)
        x_goes_on[i] = !interrupted(frames, candidates[i].frame, readings.number[0].last());
    }
  }
  /// The number met last in labels of this look is not the one before `value`.
  static bool interrupted(std::vector<std::pair<Frame, std::uint32_t>>& frames, const Frame& frame, std::uint32_t value) {
    constexpr std::size_t kLooks = 8;  // more looks than one paper has
    const auto found = std::find_if(frames.begin(), frames.end(), [&](const auto& f) { return f.first == frame; });
    if (found != frames.end()) return std::exchange(found->second, value) + 1 != value;
    if (frames.size() < kLooks) frames.emplace_back(frame, value);
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
