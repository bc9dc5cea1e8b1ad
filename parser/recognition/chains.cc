// Stage recognition: the numbering solver, a beam search over readings of the document's label sequence.

#include "recognition/chains.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

namespace rapporteur {

namespace {

constexpr std::size_t kMaxOpen = 6;      // nesting of sections or lists that any report was seen to use, and one more
constexpr std::size_t kBeam = 8;          // readings kept; 24 scored the same on the measured reports
constexpr float kHopeless = 12;          // log odds behind the best at which a reading is dropped

/// A chain that is open: its last number and what its labels look like.
struct Open {
  Number number;
  Frame frame;
  std::uint16_t indent = 0;
  bool named = false;  // its labels say what they are: "RECOMMENDATION V-1"
};

struct State {
  bool has_paragraph = false, has_main = false;
  Open paragraph;
  Open main;                             // the last paragraph before an annex: an addendum may go on from it
  std::uint8_t sections = 0, lists = 0;
  std::array<Open, kMaxOpen> section{}, list{};
  bool section_since_paragraph = false;  // a heading was opened after the last paragraph
  Track last = Track::text;
  float score = 0;
  std::int32_t node = -1;                // where its history ends
};

struct Node {
  std::int32_t before;
  NumberChoice choice;
};

/// Adds up log odds and, where someone wants to know, why.
class Tally {
 public:
  Tally(float start, std::vector<Evidence>* sink) : x_sum(start), x_sink(sink) {
    if (sink) sink->clear();
  }
  void add(float weight, const char* why) {
    x_sum += weight;
    if (x_sink && weight != 0) x_sink->push_back({why, weight});
  }
  float sum() const { return x_sum; }

 private:
  float x_sum;
  std::vector<Evidence>* x_sink;
};

/// Labels of one chain have the same frame; "1." and "1.1" differ in the final stop only.
bool same_frame(const Open& open, const Frame& frame, const Number& number) {
  if (open.frame == frame) return true;
  const bool dotted = (open.number.depth > 1 || number.depth > 1) && number.system == System::digits;
  const auto stop = [](char c) { return c == 0 || c == '.'; };
  return dotted && open.frame.keyword == frame.keyword && open.frame.open == frame.open && stop(open.frame.close) && stop(frame.close);
}

/// Where each plain number occurs for the last time before the next annex: tells whether a chain goes on after a list.
class Lookahead {
 public:
  explicit Lookahead(const std::vector<NumberCandidate>& candidates) {
    std::uint32_t zone = 0;
    for (std::uint32_t i = 0; i < candidates.size(); ++i) {
      if (candidates[i].fresh) ++zone;
      x_zone.push_back(zone);
      const Readings& readings = candidates[i].readings;
      if (candidates[i].paragraph > -1 && readings.count > 0 && readings.number[0].depth == 1 && readings.number[0].system == System::digits)
        x_last[key(zone, readings.number[0].last())] = i;
    }
  }
  /// Whether `value` stands somewhere behind candidate i in the same zone.
  bool comes_later(std::uint32_t i, std::uint32_t value) const {
    const auto found = x_last.find(key(x_zone[i], value));
    return found != x_last.end() && found->second > i;
  }

 private:
  std::vector<std::uint32_t> x_zone;
  std::unordered_map<std::uint64_t, std::uint32_t> x_last;
  static std::uint64_t key(std::uint32_t zone, std::uint32_t value) { return std::uint64_t{zone} << 32 | value; }
};

class Expansion {
 public:
  Expansion(const NumberCandidate& candidate, std::uint32_t index, const Lookahead& ahead, std::vector<State>& out, std::vector<Node>& nodes,
            std::vector<std::vector<Evidence>>* why = nullptr)
      : c(candidate), x_index(index), x_ahead(ahead), x_out(out), x_nodes(nodes), x_why(why), x_sink(why ? &x_current : nullptr) {}

  void expand(State from) {
    if (c.fresh) {
      if (from.has_paragraph && !from.has_main) {
        from.has_main = true;
        from.main = from.paragraph;
      }
      from.has_paragraph = false;
      from.sections = from.lists = 0;
      from.section_since_paragraph = false;
      from.last = Track::text;
    }
    as_text(from);
    for (std::uint8_t r = 0; r < c.readings.count; ++r) {
      if (c.paragraph > -50) as_paragraph(from, r);
      if (c.section > -50) as_section(from, r);
      if (c.list > -50) as_list(from, r);
    }
  }

 private:
  const NumberCandidate& c;
  std::uint32_t x_index;
  const Lookahead& x_ahead;
  std::vector<State>& x_out;
  std::vector<Node>& x_nodes;
  std::vector<std::vector<Evidence>>* x_why;  // one list of evidence for each state that comes out
  std::vector<Evidence> x_current;
  std::vector<Evidence>* x_sink;

  /// The second reading of a label ("i" as the ninth letter) needs its chain to speak for it.
  void charge_reading(Tally& tally, std::uint8_t reading, bool continues) const {
    if (reading > 0 && !continues) tally.add(-1.5f, "is read in its less usual sense");
  }

  void push(State& state, const State& from, NumberChoice choice, const Tally& tally) {
    state.score = from.score + tally.sum();
    state.last = choice.track;
    choice.margin = tally.sum();
    x_nodes.push_back({from.node, choice});
    state.node = static_cast<std::int32_t>(x_nodes.size()) - 1;
    x_out.push_back(state);
    if (x_why) x_why->push_back(x_current);
  }

  void as_text(const State& from) {
    Tally tally(c.text, x_sink);
    State state = from;
    push(state, from, {}, tally);
  }

  void as_paragraph(const State& from, std::uint8_t r) {
    const Number& number = c.readings.number[r];
    Tally tally(c.paragraph, x_sink);
    NumberChoice choice{Track::paragraph, r};
    const bool known = from.has_paragraph && same_frame(from.paragraph, c.frame, number);
    const int gap = from.has_paragraph ? gap_between(from.paragraph.number, number) : -1;
    const bool resumes = !from.has_paragraph && from.has_main && same_frame(from.main, c.frame, number) && gap_between(from.main.number, number) == 0;
    if (resumes) tally.add(2.0f, "goes on from the paragraphs before the annex");
    else if (!from.has_paragraph) start_paragraphs(tally, choice, number);
    else if (gap >= 0) continue_paragraphs(tally, choice, gap);
    else restart_paragraphs(tally, choice, from, number);
    if (from.has_paragraph && !known) tally.add(-2.5f, "its label looks different from the paragraphs before");
    if (from.has_paragraph && gap == 0 && known) indent_evidence(tally, from.paragraph.indent);
    charge_reading(tally, r, gap == 0);
    if (number.system != System::digits) tally.add(-4.0f, "paragraphs are numbered in digits");
    State state = from;
    state.has_paragraph = true;
    state.paragraph = {number, c.frame, c.indent};
    state.lists = 0;
    state.section_since_paragraph = false;
    push(state, from, choice, tally);
  }

  void start_paragraphs(Tally& tally, NumberChoice& choice, const Number& number) const {
    choice.starts = true;
    const int first = number.last();
    if (first <= 1) tally.add(0.5f, "begins a chain at 1");
    else tally.add(-0.8f - 0.4f * std::log2(static_cast<float>(first)), "begins a chain, but not at 1");
    if (c.announced) tally.add(-3.0f, "stands where a list is announced");
  }

  void continue_paragraphs(Tally& tally, NumberChoice& choice, int gap) const {
    choice.gap = static_cast<std::int16_t>(std::min(gap, 9999));
    if (gap == 0) tally.add(3.5f, "is the next number of the chain");
    else tally.add(0.8f - 1.0f * static_cast<float>(std::min(gap, 12)), "leaves numbers out");
  }

  void restart_paragraphs(Tally& tally, NumberChoice& choice, const State& from, const Number& number) const {
    choice.gap = -1;
    if (number.last() <= 1 && number.depth == 1) {
      choice.starts = true;
      choice.gap = 0;
      const bool keyword = from.sections > 0 && from.section[from.sections - 1].named;
      const bool resumes = x_ahead.comes_later(x_index, from.paragraph.number.last() + 1u);
      if (from.section_since_paragraph) tally.add(keyword ? (resumes ? -1.5f : 1.5f) : (resumes ? -2.5f : -0.8f), "starts again at 1 under a new heading");
      else tally.add(-4.5f, "starts again at 1 without a heading");
      if (resumes) tally.add(-1.0f, "the paragraphs before it go on later");
      if (c.announced && !(keyword && !resumes)) tally.add(-2.5f, "stands where a list is announced");
    } else if (number == from.paragraph.number) tally.add(-3.0f, "has the same number as the paragraph before");
    else tally.add(-7.0f, "goes back in the numbering");
  }

  void indent_evidence(Tally& tally, std::uint16_t before) const {
    const int difference = static_cast<int>(c.indent) - before;
    if (std::abs(difference) <= 1) tally.add(0.5f, "is indented like the paragraph before");
    else if (difference >= 4) tally.add(-1.8f, "is indented deeper than what it would follow");
    else if (difference <= -4) tally.add(-0.6f, "is indented less than what it would follow");
  }

  void as_section(const State& from, std::uint8_t r) {
    for (std::uint8_t level = 0; level < from.sections; ++level) section_at(from, r, level);
    if (from.sections < kMaxOpen) section_below(from, r);
  }

  /// Goes on at a level that is open; deeper ones close.
  void section_at(const State& from, std::uint8_t r, std::uint8_t level) {
    const Open& open = from.section[level];
    const Number& number = c.readings.number[r];
    if (!same_frame(open, c.frame, number)) return;
    const int gap = gap_between(open.number, number);
    Tally tally(c.section, x_sink);
    NumberChoice choice{Track::section, r, static_cast<std::uint8_t>(level + 1)};
    choice.gap = static_cast<std::int16_t>(std::min(gap, 9999));
    if (gap == 0) tally.add(3.6f, "is the next number of the headings");
    else if (gap > 0) tally.add(0.5f - 0.6f * static_cast<float>(std::min(gap, 10)), "leaves headings out");
    else if (number == open.number) tally.add(-2.0f, "has the same number as the heading before");
    else if (number.last() <= 1) tally.add(-2.0f, "headings start again at the same level");
    else tally.add(-4.0f, "goes back in the numbering of headings");
    if (gap < 0) choice.starts = true;
    empty_evidence(tally, from, number.depth <= open.number.depth);
    charge_reading(tally, r, gap == 0);
    finish_section(from, choice, tally, level);
  }

  /// Opens a level below those that are open.
  void section_below(const State& from, std::uint8_t r) {
    const Number& number = c.readings.number[r];
    for (std::uint8_t level = 0; level < from.sections; ++level)
      if (same_frame(from.section[level], c.frame, number) && from.section[level].number.system == number.system &&
          from.section[level].number.upper == number.upper && c.frame.keyword == 0) {
        return;  // labels of one look do not nest in themselves
      }
    Tally tally(c.section, x_sink);
    NumberChoice choice{Track::section, r, static_cast<std::uint8_t>(from.sections + 1)};
    choice.starts = true;
    const float first = number.last();
    if (first <= 1) tally.add(0.5f, "begins a chain of headings at 1");
    else if (c.named) tally.add(-0.3f, "begins a chain of headings, but not at 1");
    else tally.add(-0.6f * std::log2(first) - (from.sections > 0 ? 0.8f : 0.3f), "begins a chain of headings, but not at 1");
    if (c.announced) tally.add(-1.5f, "stands where a list is announced");
    if (from.sections > 0 && from.last != Track::section && c.frame.keyword == 0) tally.add(-0.4f, "opens a level below text");
    charge_reading(tally, r, false);
    finish_section(from, choice, tally, from.sections);
  }

  /// Headings have text below them; the lines of a listed agenda have none.
  void empty_evidence(Tally& tally, const State& from, bool sibling) const {
    if (from.last == Track::section && c.bare && sibling) tally.add(c.named ? -8.0f : -3.0f, "nothing stands between it and the heading before");
  }

  void finish_section(const State& from, const NumberChoice& choice, const Tally& tally, std::uint8_t level) {
    State state = from;
    state.section[level] = {c.readings.number[choice.reading], c.frame, c.indent, c.named};
    state.sections = static_cast<std::uint8_t>(level + 1);
    state.lists = 0;
    state.section_since_paragraph = true;
    push(state, from, choice, tally);
  }

  void as_list(const State& from, std::uint8_t r) {
    for (std::uint8_t level = 0; level < from.lists; ++level) list_at(from, r, level);
    if (from.lists < kMaxOpen) list_below(from, r);
  }

  void list_at(const State& from, std::uint8_t r, std::uint8_t level) {
    const Open& open = from.list[level];
    const Number& number = c.readings.number[r];
    if (!same_frame(open, c.frame, number)) return;
    const int gap = gap_between(open.number, number);
    Tally tally(c.list, x_sink);
    NumberChoice choice{Track::list, r, static_cast<std::uint8_t>(level + 1)};
    choice.gap = static_cast<std::int16_t>(std::min(gap, 9999));
    if (gap == 0) tally.add(c.bare ? 3.6f : 3.0f, c.bare ? "is the next item of the list" : "is the next item of the list, with text in between");
    else if (gap > 0) tally.add(-0.8f * static_cast<float>(std::min(gap, 8)), "leaves items out");
    else if (number.last() <= 1) tally.add(-1.0f, "a new list begins");
    else tally.add(-4.0f, "goes back in the list");
    if (gap < 0) choice.starts = true;
    indent_evidence(tally, open.indent);
    charge_reading(tally, r, gap == 0);
    finish_list(from, choice, tally, level);
  }

  void list_below(const State& from, std::uint8_t r) {
    const Number& number = c.readings.number[r];
    Tally tally(c.list, x_sink);
    NumberChoice choice{Track::list, r, static_cast<std::uint8_t>(from.lists + 1)};
    choice.starts = true;
    if (!c.announced && from.last != Track::list) tally.add(-1.2f, "nothing announces a list");
    if (number.last() <= 1) tally.add(0.3f, "begins a list");
    else tally.add(-1.5f - 0.5f * std::log2(static_cast<float>(number.last())), "begins a list, but not at its first item");
    const bool ended = from.has_paragraph && from.section_since_paragraph && from.sections > 0 && from.section[from.sections - 1].named &&
                       !x_ahead.comes_later(x_index, from.paragraph.number.last() + 1u);
    if (c.announced) tally.add(ended ? 0.3f : 2.0f, "the words before announce a list");
    if (c.agenda_announced) tally.add(2.0f, "the words before announce an agenda");
    if (from.has_paragraph && from.paragraph.frame == c.frame && from.paragraph.number.system == number.system) {
      const int deeper = static_cast<int>(c.indent) - from.paragraph.indent;
      if (deeper >= 2) tally.add(1.5f, "is indented deeper than the paragraphs");
      else if (!c.announced) tally.add(-1.0f, "looks just like the numbers of paragraphs");
    }
    for (std::uint8_t level = 0; level < from.lists; ++level)
      if (same_frame(from.list[level], c.frame, number) && from.list[level].number.system == number.system)
        tally.add(c.indent > from.list[level].indent + 1 ? -0.5f : -2.5f, "a list of the same look is open already");
    charge_reading(tally, r, false);
    finish_list(from, choice, tally, from.lists);
  }

  void finish_list(const State& from, const NumberChoice& choice, const Tally& tally, std::uint8_t level) {
    State state = from;
    state.list[level] = {c.readings.number[choice.reading], c.frame, c.indent};
    state.lists = static_cast<std::uint8_t>(level + 1);
    push(state, from, choice, tally);
  }
};

/// Two readings that will judge the future alike: only the better one need be kept.
bool same_future(const State& a, const State& b) {
  const auto same = [](const Open& x, const Open& y) { return x.number == y.number && x.frame == y.frame && x.indent == y.indent; };
  if (a.has_paragraph != b.has_paragraph || a.has_main != b.has_main || a.sections != b.sections || a.lists != b.lists || a.last != b.last ||
      a.section_since_paragraph != b.section_since_paragraph)
    return false;
  if (a.has_paragraph && !same(a.paragraph, b.paragraph)) return false;
  for (std::uint8_t i = 0; i < a.sections; ++i)
    if (!same(a.section[i], b.section[i])) return false;
  for (std::uint8_t i = 0; i < a.lists; ++i)
    if (!same(a.list[i], b.list[i])) return false;
  return true;
}

void prune(std::vector<State>& states) {
  std::stable_sort(states.begin(), states.end(), [](const State& a, const State& b) { return a.score > b.score; });
  std::vector<State> kept;
  for (const State& state : states) {
    if (kept.size() == kBeam || (!kept.empty() && state.score < kept.front().score - kHopeless)) break;
    if (std::none_of(kept.begin(), kept.end(), [&](const State& k) { return same_future(k, state); })) kept.push_back(state);
  }
  states.swap(kept);
}

/// The evidence for reading a candidate on one track, seen from the state before it.
std::vector<Evidence> evidence_for(const NumberCandidate& candidate, std::uint32_t index, const Lookahead& ahead, const State& before, Track track) {
  std::vector<Evidence> best_why;
  float best = -1e9f;
  for (std::uint8_t r = 0; r < candidate.readings.count; ++r) {
    NumberCandidate one = candidate;
    one.readings.count = 1;
    one.readings.number[0] = candidate.readings.number[r];
    if (track != Track::paragraph) one.paragraph = -99;
    if (track != Track::section) one.section = -99;
    if (track != Track::list) one.list = -99;
    std::vector<std::vector<Evidence>> why;
    std::vector<State> states;
    std::vector<Node> ends;
    Expansion(one, index, ahead, states, ends, &why).expand(before);
    for (std::size_t e = 0; e < ends.size(); ++e)
      if (ends[e].choice.track == track && ends[e].choice.margin > best) {
        best = ends[e].choice.margin;
        best_why = why[e];
      }
  }
  return best_why;
}

/// Walks the winning reading once more and notes by how much each choice beats the best other track, all else equal.
void set_margins(const std::vector<NumberCandidate>& candidates, const Lookahead& ahead, std::vector<NumberChoice>& choices, std::vector<ChainTrace>* trace) {
  State state;
  std::vector<State> out;
  std::vector<Node> nodes;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    out.clear();
    nodes.clear();
    const auto index = static_cast<std::uint32_t>(i);
    Expansion(candidates[i], index, ahead, out, nodes).expand(state);
    float best_other = -1e9f;
    std::size_t taken = 0;
    for (std::size_t n = 0; n < nodes.size(); ++n) {
      const NumberChoice& choice = nodes[n].choice;
      if (choice.track == choices[i].track && choice.reading == choices[i].reading && choice.level == choices[i].level) taken = n;
      if (choice.track != choices[i].track && choice.margin > best_other) {
        best_other = choice.margin;
        choices[i].runner_up = choice.track;
      }
    }
    if (trace) {
      (*trace)[i].chosen = evidence_for(candidates[i], index, ahead, state, choices[i].track);
      (*trace)[i].other = evidence_for(candidates[i], index, ahead, state, choices[i].runner_up);
    }
    choices[i].margin -= best_other;
    state = out[taken];
  }
}

}  // namespace

std::vector<NumberChoice> solve_numbering(const std::vector<NumberCandidate>& candidates, std::vector<ChainTrace>* trace) {
  std::vector<Node> nodes;
  std::vector<State> states(1), next;
  const Lookahead ahead(candidates);
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    next.clear();
    for (const State& state : states) Expansion(candidates[i], i, ahead, next, nodes).expand(state);
    prune(next);
    states.swap(next);
  }
  std::vector<NumberChoice> choices(candidates.size());
  std::int32_t node = states.front().node;
  for (std::size_t i = candidates.size(); i-- > 0; node = nodes[node].before) choices[i] = nodes[node].choice;
  if (trace) trace->assign(candidates.size(), {});
  set_margins(candidates, ahead, choices, trace);
  return choices;
}

}  // namespace rapporteur
