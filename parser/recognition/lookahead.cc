// Stage recognition: what comes later in the sequence of labels (see lookahead.h).

#include "recognition/lookahead.h"

namespace rapporteur {

namespace {

/// "7.", "(7)": one number in digits; the only labels that are looked ahead for.
bool plain(const NumberCandidate& candidate) {
  const Readings& readings = candidate.readings;
  return readings.count > 0 && readings.number[0].depth == 1 && readings.number[0].system == System::digits;
}

}  // namespace

Lookahead::Lookahead(const std::vector<NumberCandidate>& candidates) : x_index(candidates.size()) {
  std::uint32_t zone = 0;
  x_zone.reserve(candidates.size());
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].fresh) ++zone;
    x_zone.push_back(zone);
    if (candidates[i].paragraph > -2 && plain(candidates[i])) note(key(zone, candidates[i].readings.number[0].last()), i);
  }
  count_runs(candidates);
}

void Lookahead::count_runs(const std::vector<NumberCandidate>& candidates) {
  constexpr std::size_t kValues = 1001;
  std::vector<std::uint32_t> nearest(kValues, ~0u);  // per value: where it stands next, seen from behind
  x_run.assign(candidates.size(), 1);
  x_behind.assign(candidates.size(), 0);
  std::uint32_t below = 0, below_zone = 0;  // the number met last, seen from behind
  for (std::size_t i = candidates.size(); i-- > 0;) {
    if (!plain(candidates[i])) continue;
    const std::uint32_t value = candidates[i].readings.number[0].last();
    if (value + 1 >= kValues) continue;
    if (below_zone == x_zone[i]) x_behind[i] = below;
    const std::uint32_t next = nearest[value + 1];
    if (next != ~0u && x_zone[next] == x_zone[i] && candidates[next].frame == candidates[i].frame) {
      x_run[i] = x_run[next] + 1;
      x_behind[i] = x_behind[next];
    }
    nearest[value] = static_cast<std::uint32_t>(i);
    below = value;
    below_zone = x_zone[i];
  }
}

void Lookahead::note(std::uint64_t wanted, std::uint32_t i) {
  const auto fresh = static_cast<std::uint32_t>(x_last.size());
  const std::uint32_t found = x_index.find_or_put(mixed(wanted), fresh, [&](std::uint32_t n) { return x_last[n].first == wanted; });
  if (found == fresh) x_last.emplace_back(wanted, i);
  else x_last[found].second = i;
}

}  // namespace rapporteur
