// Stage recognition: the numbering solver, a beam search over readings of the document's label sequence.

#include "recognition/chains.h"

#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>
#include <utility>

#include "recognition/chain_state.h"
#include "recognition/chain_steps.h"
#include "recognition/lookahead.h"

namespace rapporteur {

namespace {

constexpr std::size_t kBeam = 8;  // readings kept; 24 scored the same on the measured reports
constexpr float kHopeless = 12;   // log odds behind the best at which a reading is dropped

/// A step of a reading that was kept, and the one before it.
struct Node {
  std::int32_t before = -1;
  Step step;
};

/// A reading of all candidates so far.
struct Reading {
  State state;
  Node last;               // its last step
  std::int32_t node = -1;  // where that stands among those kept
};

/// What each reading of a candidate's label opens: as a heading that says what it is, and as anything else.
struct Opened {
  std::array<OpenId, 2> plain{}, heading{};
};

/// The chains of a document, and what the steps make of them.
class Chains {
 public:
  explicit Chains(const std::vector<NumberCandidate>& candidates) : x_opens(candidates.size()) {
    x_opened.reserve(candidates.size());
    for (const NumberCandidate& c : candidates) x_opened.push_back(opened_by(c));
  }
  const Opens& opens() const { return x_opens; }

  /// What a step with candidate i makes of a state.
  void take(State& state, const Step& step, std::uint32_t i) const {
    const Opened& opened = x_opened[i];
    state.last = step.track;
    switch (step.track) {
      case Track::text: break;
      case Track::paragraph:
        state.paragraph = opened.plain[step.reading];
        state.headed = kNothing;
        put_at(state.list, state.lists, 0, kNothing);
        if (step.starts) state.above_paragraph = state.sections > 0 && x_opens[state.section[state.sections - 1]].named ? kClauses : 0;
        state.above_paragraph &= static_cast<std::uint8_t>(~kHeading);
        break;
      case Track::section:
        if (carries_paragraphs_on(state, opened.plain[step.reading])) state.headed = opened.plain[step.reading];
        put_at(state.section, state.sections, step.level, opened.heading[step.reading]);
        put_at(state.list, state.lists, 0, kNothing);
        state.above_paragraph |= kHeading;
        break;
      case Track::list: put_at(state.list, state.lists, step.level, opened.plain[step.reading]); break;
    }
  }

 private:
  Opens x_opens;
  std::vector<Opened> x_opened;  // per candidate

  Opened opened_by(const NumberCandidate& c) {
    Opened opened;
    for (std::uint8_t r = 0; r < c.readings.count; ++r) {
      opened.plain[r] = x_opens.id_of({c.readings.number[r], c.frame, c.indent});
      opened.heading[r] = c.named ? x_opens.id_of({c.readings.number[r], c.frame, c.indent, true}) : opened.plain[r];
    }
    return opened;
  }

  bool carries_paragraphs_on(const State& state, OpenId heading) const {
    const Open& open = x_opens[heading];
    return state.paragraph != kNothing && open.number.depth == 1 && x_opens[state.paragraph].frame == open.frame &&
           gap_between(x_opens[state.headed != kNothing ? state.headed : state.paragraph].number, open.number) == 0;
  }
};

/// The beam: the best readings of the candidates so far, and the way in which each came about.
class Beam {
 public:
  Beam(const std::vector<NumberCandidate>& candidates, const Chains& chains, const Lookahead& ahead)
      : x_candidates(candidates), x_chains(chains), x_ahead(ahead), x_kept(kBeam + 1), x_next(kBeam + 1) {
    x_nodes.reserve(candidates.size() * kBeam);
    for (std::uint8_t k = 0; k <= kBeam; ++k) {
      x_kept[k].slot = k;
      x_next[k].slot = static_cast<std::uint8_t>(kBeam + 1 + k);
    }
  }

  void add(std::uint32_t i) {
    const NumberCandidate& c = x_candidates[i];
    x_candidate = i;
    x_best = x_floor = std::numeric_limits<float>::lowest();
    x_found = 0;
    Expansion<Sum, Beam> expansion({c, i, x_ahead, x_chains.opens()}, *this);
    for (std::size_t k = 0; k < x_count; ++k) {
      x_from = &x_readings[x_kept[k].slot];
      if (c.fresh) begin_paper(x_from->state);
      expansion.expand(x_from->state, x_kept[k].score);
    }
    while (x_next[x_found - 1].score <= x_best - kHopeless) --x_found;
    for (std::size_t k = 0; k < x_found; ++k) {
      Reading& reading = x_readings[x_next[k].slot];
      reading.node = static_cast<std::int32_t>(x_nodes.size());
      x_nodes.push_back(reading.last);
    }
    x_kept.swap(x_next);
    x_count = x_found;
  }

  /// The steps of the best reading, first to last.
  std::vector<Step> path() const {
    std::vector<Step> out(x_candidates.size());
    std::int32_t node = x_readings[x_kept[0].slot].node;
    for (std::size_t i = out.size(); i-- > 0;) {
      out[i] = x_nodes[static_cast<std::size_t>(node)].step;
      node = x_nodes[static_cast<std::size_t>(node)].before;
    }
    return out;
  }

  // What an Expansion asks and tells.
  bool too_low(float score) const { return score <= x_floor; }
  /// Sorts a step in among the best; of two that judge the future alike, the better one stays.
  void put(const Weighed<Sum>& weighed, float score) {
    const Step& step = weighed.step;
    const std::uint8_t slot = x_next[x_found].slot;
    Reading& reading = x_readings[slot];
    reading.state = x_from->state;
    x_chains.take(reading.state, step, x_candidate);
    const Place fresh{reading.state.head(), score, slot};
    std::size_t at = 0;  // where the like of it stands, or behind all
    while (at < x_found && !(x_next[at].head == fresh.head && x_readings[x_next[at].slot].state == reading.state)) ++at;
    if (at < x_found && x_next[at].score >= score) return;
    reading.last = {x_from->node, step};
    if (at < x_found) x_next[x_found].slot = x_next[at].slot;
    else if (x_found < kBeam) ++x_found;
    for (; at > 0 && x_next[at - 1].score < score; --at) x_next[at] = x_next[at - 1];
    x_next[at] = fresh;
    x_best = x_next[0].score;
    x_floor = x_best - kHopeless;
    if (x_found == kBeam) x_floor = std::max(x_floor, x_next[kBeam - 1].score);
  }

 private:
  /// A reading among the best.
  struct Place {
    std::uint64_t head = 0;  // of its state
    float score = 0;
    std::uint8_t slot = 0;   // where it stands in x_readings
  };
  const std::vector<NumberCandidate>& x_candidates;
  const Chains& x_chains;
  const Lookahead& x_ahead;
  std::array<Reading, 2 * (kBeam + 1)> x_readings;
  std::vector<Place> x_kept, x_next;                   // the best before and behind a candidate, best first; then spare ones
  std::size_t x_count = 1, x_found = 0;                // how many are kept, and found behind it
  std::uint32_t x_candidate = 0;                       // at hand
  Reading* x_from = nullptr;                           // being expanded
  float x_best = 0, x_floor = 0;                       // score found; at which a step is too low to be kept
  std::vector<Node> x_nodes;
};

/// Of the ways on from a state, the one taken and the best on another track, and why.
template <typename Tally>
class Replay {
 public:
  explicit Replay(const Step& taken) : x_taken(taken) {}
  bool too_low(float) const { return false; }
  void put(const Weighed<Tally>& weighed, float score) {
    const Step& step = weighed.step;
    if (step.track == x_taken.track) {
      if (step.reading != x_taken.reading || step.level != x_taken.level) return;
      x_score = score;
      note(weighed.tally, trace.chosen);
    } else if (score > x_rival) {
      x_rival = score;
      x_runner_up = step.track;
      note(weighed.tally, trace.other);
    }
  }
  NumberChoice choice() const {
    return {x_taken.track, x_taken.reading, x_taken.level, x_taken.starts, x_taken.gap, x_runner_up, x_score - x_rival};
  }
  ChainTrace trace;

 private:
  const Step& x_taken;
  float x_score = 0, x_rival = -1e9f;
  Track x_runner_up = Track::text;
  static void note(const Tally& tally, std::vector<Evidence>& why) {
    if constexpr (std::is_same_v<Tally, Reasons>) why = tally.why;
  }
};

/// Walks the best reading once more: by how much does each step beat the best on another track, all else equal?
template <typename Tally>
std::vector<NumberChoice> retrace(const std::vector<NumberCandidate>& candidates, const Chains& chains, const Lookahead& ahead,
                                  const std::vector<Step>& path, std::vector<ChainTrace>* trace) {
  std::vector<NumberChoice> choices;
  choices.reserve(candidates.size());
  State state;
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].fresh) begin_paper(state);
    Replay<Tally> replay(path[i]);
    Expansion<Tally, Replay<Tally>>({candidates[i], i, ahead, chains.opens()}, replay).expand(state, 0);
    choices.push_back(replay.choice());
    if (trace) trace->push_back(std::move(replay.trace));
    chains.take(state, path[i], i);
  }
  return choices;
}

}  // namespace

std::vector<NumberChoice> solve_numbering(const std::vector<NumberCandidate>& candidates, std::vector<ChainTrace>* trace) {
  const Chains chains(candidates);
  const Lookahead ahead(candidates);
  Beam beam(candidates, chains, ahead);
  for (std::uint32_t i = 0; i < candidates.size(); ++i) beam.add(i);
  return trace ? retrace<Reasons>(candidates, chains, ahead, beam.path(), trace) : retrace<Sum>(candidates, chains, ahead, beam.path(), nullptr);
}

}  // namespace rapporteur
