// Stage recognition: what comes later in the sequence of labels, for the numbering solver.
//
// Whether "1." begins a list or the paragraphs anew is told by what follows: after a list the chain around it goes on, and
// a numbering that is worth the name runs on for a while. All of it is counted once per document, in time linear in the
// number of labels.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "recognition/chains.h"
#include "recognition/flat_index.h"

namespace rapporteur {

class Lookahead {
 public:
  explicit Lookahead(const std::vector<NumberCandidate>& candidates);

  /// How many numbers run on from candidate i without a gap, itself included, in labels that look like its own.
  std::uint32_t run(std::uint32_t i) const { return x_run[i]; }
  /// The number that stands behind that run, in the same zone: where a list ends the chain around it goes on, where a
  /// numbering ends the next begins. 0: none.
  std::uint32_t behind_run(std::uint32_t i) const { return x_behind[i]; }
  /// Whether `value` stands somewhere behind candidate i before the next annex.
  bool comes_later(std::uint32_t i, std::uint32_t value) const {
    const std::uint64_t wanted = key(x_zone[i], value);
    const std::uint32_t found = x_index.find(mixed(wanted), [&](std::uint32_t n) { return x_last[n].first == wanted; });
    return found != FlatIndex::kAbsent && x_last[found].second > i;
  }

 private:
  std::vector<std::uint32_t> x_zone, x_run, x_behind;              // per candidate; an annex begins a zone
  std::vector<std::pair<std::uint64_t, std::uint32_t>> x_last;     // per zone and number: the last candidate that has it
  FlatIndex x_index;                                               // of x_last

  static std::uint64_t key(std::uint32_t zone, std::uint32_t value) { return std::uint64_t{zone} << 32 | value; }
  void count_runs(const std::vector<NumberCandidate>& candidates);
  void note(std::uint64_t wanted, std::uint32_t i);
};

}  // namespace rapporteur
