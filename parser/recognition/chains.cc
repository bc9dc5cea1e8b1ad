// Stage recognition: the numbering solver, a beam search over readings of the document's label sequence.

#include "recognition/chains.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <type_traits>

#include "recognition/flat_index.h"
#include "recognition/lookahead.h"

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
  friend bool operator==(const Open&, const Open&) = default;
};

/// An Open, by its place in the solver's table of them. Equal ones have one place, so that states compare as bytes.
using OpenId = std::uint32_t;
constexpr OpenId kNothing = 0;

/// Bits of State::above_paragraph.
constexpr std::uint8_t kHeading = 1;  // a heading was opened after the last paragraph
constexpr std::uint8_t kClauses = 2;  // the paragraphs are clauses: they began at 1 under "ARTICLE 2", "RECOMMENDATION V-1"

/// All of a reading that bears on the future. One cache line; no padding, so that memcmp tells equal ones.
struct State {
  OpenId paragraph = kNothing;
  OpenId headed = kNothing;              // headings went on from the paragraphs: "9. Telecommunications" behind paragraph 8
  OpenId main = kNothing;                // the last paragraph before an annex: an addendum may go on from it
  std::array<OpenId, kMaxOpen> section{}, list{};  // kNothing from `sections` and `lists` on
  std::uint8_t sections = 0, lists = 0;
  std::uint8_t above_paragraph = 0;      // kHeading, kClauses
  Track last = Track::text;
};
static_assert(std::has_unique_object_representations_v<State> && sizeof(State) <= 64);

/// A reading of all candidates so far.
struct Reading {
  State state;
  float score = 0;
  std::int32_t node = -1;                // where its history ends
};

/// A step of a reading that was kept.
struct Node {
  std::int32_t before;
  NumberChoice choice;
};

/// A way on from one of the readings, before anyone knows whether it will be kept.
struct Step {
  float score = 0;      // of the reading with this step
  std::uint32_t from = 0;  // which reading
  NumberChoice choice;  // its margin: what the step itself adds to the score
};

/// The chains that candidates open or carry on, equal ones once.
class Opens {
 public:
  explicit Opens(std::size_t candidates) : x_index(4 * candidates) { x_opens.emplace_back(); }
  const Open& operator[](OpenId id) const { return x_opens[id]; }
  OpenId id_of(const Open& open) {
    const auto fresh = static_cast<OpenId>(x_opens.size());
    const OpenId found = x_index.find_or_put(hash(open), fresh, [&](OpenId id) { return x_opens[id] == open; });
    if (found == fresh) x_opens.push_back(open);
    return found;
  }

 private:
  std::vector<Open> x_opens;
  FlatIndex x_index;
  static std::uint64_t hash(const Open& open) {
    const Number& n = open.number;
    const std::uint64_t look = std::uint64_t{open.frame.keyword} << 32 | static_cast<std::uint32_t>(open.indent) << 16 |
                               static_cast<std::uint32_t>(n.depth) << 8 | static_cast<std::uint32_t>(n.system) << 4;
    return mixed(std::bit_cast<std::uint64_t>(n.parts) + mixed(look + static_cast<unsigned char>(open.frame.close)));
  }
};

/// Adds up log odds and, where someone wants to know, why.
class Tally {
 public:
  Tally(float start, std::vector<Evidence>* sink) : x_sum(start), x_sink(sink) {
    if (sink) sink->clear();
  }
  void add(float weight, const char* why) {
    x_sum += weight;
    if (x_sink) note(weight, why);
  }
  float sum() const { return x_sum; }

 private:
  [[gnu::noinline]] void note(float weight, const char* why) {  // so that add itself is small enough to be put in place
    if (weight != 0) x_sink->push_back({why, weight});
  }
  float x_sum;
  std::vector<Evidence>* x_sink;
};

/// Log2 of a number of a label; nearly all are small.
float log2_of(std::uint32_t number) {
  static const std::array<float, 256> small = [] {
    std::array<float, 256> table{};
    for (std::size_t n = 0; n < table.size(); ++n) table[n] = std::log2(static_cast<float>(n));
    return table;
  }();
  return number < small.size() ? small[number] : std::log2(static_cast<float>(number));
}

/// Labels of one chain have the same frame; "1." and "1.1" differ in the final stop only.
bool same_frame(const Open& open, const Frame& frame, const Number& number) {
  if (open.frame == frame) return true;
  const bool dotted = (open.number.depth > 1 || number.depth > 1) && number.system == System::digits;
  const auto stop = [](char c) { return c == 0 || c == '.'; };
  return dotted && open.frame.keyword == frame.keyword && open.frame.open == frame.open && stop(open.frame.close) && stop(frame.close);
}

/// All ways on from a reading with one candidate.
class Expansion {
 public:
  Expansion(const NumberCandidate& candidate, std::uint32_t index, const Lookahead& ahead, const Opens& opens, std::vector<Step>& out,
            std::vector<std::vector<Evidence>>* why = nullptr)
      : c(candidate), x_index(index), x_ahead(ahead), x_opens(opens), x_out(out), x_why(why), x_sink(why ? &x_current : nullptr) {}

  void expand(const Reading& reading, std::uint32_t number) {
    x_score = reading.score;
    x_from = number;
    as_text();
    for (std::uint8_t r = 0; r < c.readings.count; ++r) {
      if (c.paragraph > -50) as_paragraph(reading.state, r);
      if (c.section > -50) as_section(reading.state, r);
      if (c.list > -50) as_list(reading.state, r);
    }
  }

 private:
  const NumberCandidate& c;
  std::uint32_t x_index;
  const Lookahead& x_ahead;
  const Opens& x_opens;
  std::vector<Step>& x_out;
  std::vector<std::vector<Evidence>>* x_why;  // one list of evidence for each step
  std::vector<Evidence> x_current;
  std::vector<Evidence>* x_sink;
  float x_score = 0;
  std::uint32_t x_from = 0;

  /// The second reading of a label ("i" as the ninth letter) needs its chain to speak for it.
  void charge_reading(Tally& tally, std::uint8_t reading, bool continues) const {
    if (reading > 0 && !continues) tally.add(-1.5f, "is read in its less usual sense");
  }

  /// The members of a chain look alike: that the first reads as a sentence is not said anew by every other. What speaks
  /// against one of them is.
  static void discount_look(Tally& tally, float look) {
    if (look > 0) tally.add(-0.6f * look, "its look says little new within the chain");
  }

  /// The last number of the chain that paragraphs, and headings among them, share.
  const Number& running(const State& from) const { return x_opens[from.headed != kNothing ? from.headed : from.paragraph].number; }

  void push(NumberChoice choice, const Tally& tally) {
    choice.margin = tally.sum();
    x_out.push_back({x_score + tally.sum(), x_from, choice});
    if (x_why) x_why->push_back(x_current);
  }

  void as_text() { push({}, Tally(c.text, x_sink)); }

  void as_paragraph(const State& from, std::uint8_t r) {
    const Number& number = c.readings.number[r];
    Tally tally(c.paragraph, x_sink);
    NumberChoice choice{Track::paragraph, r};
    const bool begun = from.paragraph != kNothing;
    const Open& before = x_opens[from.paragraph];
    const Open& main = x_opens[from.main];
    const bool known = begun && same_frame(before, c.frame, number);
    const bool behind_heading = begun && from.headed != kNothing && gap_between(x_opens[from.headed].number, number) == 0;
    int gap = behind_heading ? 0 : begun ? gap_between(before.number, number) : -1;
    if (known && gap < 0) gap = gap_over_parts(before.number, number);
    const bool resumes = !begun && from.main != kNothing && same_frame(main, c.frame, number) && gap_between(main.number, number) == 0;
    if (gap != 0 && within_heading(from, number)) {
      choice.starts = true;
      tally.add(3.5f, "counts on from the number of the heading above");
    } else if (resumes) tally.add(2.0f, "goes on from the paragraphs before the annex");
    else if (!begun) start_paragraphs(tally, choice, number);
    else if (gap >= 0) continue_paragraphs(tally, choice, gap);
    else restart_paragraphs(tally, choice, from, number);
    if (begun && !known) {
      const bool stop = before.frame.keyword == c.frame.keyword && before.frame.open == c.frame.open && (c.frame.close == 0 || before.frame.close == 0);
      if (gap > 6) {}  // another chain, another look
      else if (stop && gap == 0) tally.add(-1.2f, "only the stop behind its number differs from the paragraphs before");
      else tally.add(-2.5f, "its label looks different from the paragraphs before");
    }
    if (behind_heading && gap_between(before.number, number) != 0) tally.add(-2.5f, "goes on from a heading, not from a paragraph");
    if (begun && number.depth < before.number.depth && !within_heading(from, number) && next_heading(from, number)) tally.add(-3.0f, "would be the next number of the headings");
    if (known && gap == 0) indent_evidence(tally, before.indent);
    charge_reading(tally, r, gap == 0);
    if (number.system != System::digits) tally.add(-4.0f, "paragraphs are numbered in digits");
    push(choice, tally);
  }

  /// "1.1.1" below the heading "1.1", "6(i)" below "6.".
  bool within_heading(const State& from, const Number& number) const {
    if (number.depth < 2 || number.last() > 1 || from.sections == 0) return false;
    const Number& heading = x_opens[from.section[from.sections - 1]].number;
    return number.depth == heading.depth + 1 && gap_between(heading, number) == 0;
  }

  void start_paragraphs(Tally& tally, NumberChoice& choice, const Number& number) const {
    choice.starts = true;
    const int first = number.last();
    if (first <= 1) tally.add(0.5f, "begins a chain at 1");
    else {
      tally.add(-0.8f - 0.4f * log2_of(static_cast<std::uint32_t>(first)), "begins a chain, but not at 1");
      runs_on(tally);
    }
    if (c.announced) tally.add(-3.0f, "stands where a list is announced");
  }

  /// A chain that begins in the middle is believed where it then goes on for long.
  void runs_on(Tally& tally) const {
    const std::uint32_t run = x_ahead.run(x_index);
    if (run >= 3 && c.paragraph > 0) tally.add(0.5f * static_cast<float>(std::min(run, 9u) - 1), "many numbers run on from it");
  }

  void continue_paragraphs(Tally& tally, NumberChoice& choice, int gap) const {
    choice.gap = static_cast<std::int16_t>(std::min(gap, 9999));
    if (gap == 0) {
      tally.add(3.5f, "is the next number of the chain");
      discount_look(tally, c.paragraph);
    } else if (gap <= 6) tally.add(0.8f - 1.0f * static_cast<float>(gap), "leaves numbers out");
    else {
      tally.add(-6.0f, "leaves so many numbers out that another chain would begin here");
      runs_on(tally);
    }
  }

  void restart_paragraphs(Tally& tally, NumberChoice& choice, const State& from, const Number& number) const {
    choice.gap = -1;
    if (number.last() <= 1 && number.depth == 1) {
      choice.starts = true;
      choice.gap = 0;
      const bool keyword = c.operative || (from.sections > 0 && x_opens[from.section[from.sections - 1]].named);
      const bool resumes = taken_up_again(from);
      if (from.above_paragraph & kHeading) tally.add(keyword ? (resumes ? -1.5f : 1.5f) : (resumes ? -2.5f : -0.8f), "starts again at 1 under a new heading");
      else if (c.headed && x_ahead.behind_run(x_index) != running(from).last() + 1u) {
        tally.add(-0.8f, "starts again at 1 below a line that reads like a heading");
        runs_on(tally);
      } else tally.add(c.operative && !resumes ? 1.0f : -4.5f, c.operative ? "a resolution numbers its own clauses" : "starts again at 1 without a heading");
      if (resumes && !c.headed) tally.add(-1.0f, "the paragraphs before it go on later");
      if (c.announced && !(keyword && !resumes)) tally.add(-2.5f, "stands where a list is announced");
    } else if (number == x_opens[from.paragraph].number) {
      if (x_ahead.comes_later(x_index, number.last() + 1u)) tally.add(0.3f, "has the same number as the paragraph before, and the chain goes on behind it");
      else tally.add(-3.0f, "has the same number as the paragraph before");
    }
    else tally.add(-7.0f, "goes back in the numbering");
  }

  /// The paragraphs before go on later; after a resolution that is quoted whole, right behind its clauses. Every article
  /// counts its clauses anew, so of them the next number alone says little.
  bool taken_up_again(const State& from) const {
    const std::uint32_t next = running(from).last() + 1u;
    if (c.behind_preamble) return x_ahead.behind_run(x_index) == next;
    return from.above_paragraph & kClauses ? x_ahead.is_resumed(x_index, next) : x_ahead.comes_later(x_index, next);
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
    const Open& open = x_opens[from.section[level]];
    const Number& number = c.readings.number[r];
    if (!same_frame(open, c.frame, number)) return;
    const int gap = gap_between(open.number, number);
    Tally tally(c.section, x_sink);
    NumberChoice choice{Track::section, r, static_cast<std::uint8_t>(level + 1)};
    choice.gap = static_cast<std::int16_t>(std::min(gap, 9999));
    if (gap == 0) tally.add(3.6f, "is the next number of the headings");
    else if (gap > 0) tally.add(0.5f - 0.6f * static_cast<float>(std::min(gap, 10)), "leaves headings out");
    else if (number == open.number) tally.add(c.again ? 3.0f : -2.0f, c.again ? "takes the heading up again, word for word" : "has the same number as the heading before");
    else if (number.last() <= 1) tally.add(-2.0f, "headings start again at the same level");
    else tally.add(-4.0f, "goes back in the numbering of headings");
    if (gap < 0) choice.starts = true;
    empty_evidence(tally, from, number.depth <= open.number.depth);
    charge_reading(tally, r, gap == 0);
    push(choice, tally);
  }

  /// Opens a level below those that are open.
  void section_below(const State& from, std::uint8_t r) {
    const Number& number = c.readings.number[r];
    for (std::uint8_t level = 0; level < from.sections; ++level) {
      const Open& open = x_opens[from.section[level]];
      if (same_frame(open, c.frame, number) && open.number.system == number.system && open.number.upper == number.upper && c.frame.keyword == 0)
        return;  // labels of one look do not nest in themselves
    }
    Tally tally(c.section, x_sink);
    NumberChoice choice{Track::section, r, static_cast<std::uint8_t>(from.sections + 1)};
    choice.starts = true;
    const std::uint32_t first = number.last();
    if (within_heading(from, number)) tally.add(2.5f, "counts on from the number of the heading above");
    else if (first <= 1) tally.add(0.5f, "begins a chain of headings at 1");
    else if (c.named) tally.add(-0.3f, "begins a chain of headings, but not at 1");
    else if (from.paragraph != kNothing && x_opens[from.paragraph].frame == c.frame && gap_between(running(from), number) == 0) {
      const bool few = number.depth == 1 && first <= 3;  // rather headings of a row than one paragraph, or two, and a row of headings
      tally.add(few ? -2.5f : -0.3f, few ? "goes on from no more than two numbered paragraphs" : "goes on from the numbers of the paragraphs");
    }
    else tally.add(-0.6f * log2_of(first) - (from.sections > 0 ? 0.8f : 0.3f), "begins a chain of headings, but not at 1");
    if (c.announced && !c.named && !c.operative) tally.add(-3.0f, "stands where a list is announced");
    if (from.sections > 0 && from.last != Track::section && c.frame.keyword == 0) tally.add(-0.4f, "opens a level below text");
    charge_reading(tally, r, false);
    push(choice, tally);
  }

  /// Headings have text below them; the lines of a listed agenda have none.
  void empty_evidence(Tally& tally, const State& from, bool sibling) const {
    if (from.last == Track::section && c.bare && !c.told && sibling) tally.add(c.named ? -8.0f : -3.0f, "nothing stands between it and the heading before");
  }

  bool next_heading(const State& from, const Number& number) const {
    for (std::uint8_t level = 0; level < from.sections; ++level) {
      const Open& open = x_opens[from.section[level]];
      if (same_frame(open, c.frame, number) && gap_between(open.number, number) == 0) return true;
    }
    return false;
  }

  void as_list(const State& from, std::uint8_t r) {
    for (std::uint8_t level = 0; level < from.lists; ++level) list_at(from, r, level);
    if (from.lists < kMaxOpen) list_below(from, r);
  }

  void list_at(const State& from, std::uint8_t r, std::uint8_t level) {
    const Open& open = x_opens[from.list[level]];
    const Number& number = c.readings.number[r];
    if (!same_frame(open, c.frame, number)) return;
    const int gap = gap_between(open.number, number);
    Tally tally(c.list, x_sink);
    NumberChoice choice{Track::list, r, static_cast<std::uint8_t>(level + 1)};
    choice.gap = static_cast<std::int16_t>(std::min(gap, 9999));
    if (gap == 0) {
      tally.add(c.bare ? 3.6f : 3.0f, c.bare ? "is the next item of the list" : "is the next item of the list, with text in between");
      discount_look(tally, c.list);
    } else if (gap > 0) tally.add(-0.8f * static_cast<float>(std::min(gap, 8)), "leaves items out");
    else if (number.last() <= 1) tally.add(-1.0f, "a new list begins");
    else tally.add(-4.0f, "goes back in the list");
    if (gap < 0) choice.starts = true;
    indent_evidence(tally, open.indent);
    charge_reading(tally, r, gap == 0);
    push(choice, tally);
  }

  void list_below(const State& from, std::uint8_t r) {
    const Number& number = c.readings.number[r];
    Tally tally(c.list, x_sink);
    NumberChoice choice{Track::list, r, static_cast<std::uint8_t>(from.lists + 1)};
    choice.starts = true;
    if (!c.announced && from.last != Track::list) tally.add(-1.2f, "nothing announces a list");
    if (number.last() <= 1) tally.add(0.3f, "begins a list");
    else if (x_ahead.goes_on(x_index)) tally.add(-1.0f, "goes on from a list above the heading");
    else tally.add(-1.0f - 0.8f * log2_of(number.last()), "begins a list, but not at its first item");
    if (number.depth > 1 && from.lists == 0) tally.add(-1.5f, "its number has parts, but no list is open above it");
    if (!c.announced && next_heading(from, number)) tally.add(-2.0f, "would be the next number of the headings");
    const Open& before = x_opens[from.paragraph];
    const bool resolution = c.operative || ((from.above_paragraph & kHeading) && from.sections > 0 && x_opens[from.section[from.sections - 1]].named);
    const bool ended = from.paragraph != kNothing && resolution && !taken_up_again(from);
    if (c.announced) tally.add(ended ? 0.3f : 2.0f, "the words before announce a list");
    if (c.agenda_announced) tally.add(2.0f, "the words before announce an agenda");
    if (from.paragraph != kNothing && before.frame == c.frame && before.number.system == number.system) {
      const int deeper = static_cast<int>(c.indent) - before.indent;
      if (deeper >= 2) tally.add(from.headed == kNothing ? 1.5f : 0.0f, "is indented deeper than the paragraphs");
      else if (!c.announced) tally.add(-1.0f, "looks just like the numbers of paragraphs");
    }
    for (std::uint8_t level = 0; level < from.lists; ++level) {
      const Open& open = x_opens[from.list[level]];
      if (same_frame(open, c.frame, number) && open.number.system == number.system)
        tally.add(c.indent > open.indent + 1 ? -0.5f : -2.5f, "a list of the same look is open already");
    }
    charge_reading(tally, r, false);
    push(choice, tally);
  }
};

/// What an annex, or another paper, leaves of what was open before it.
void begin_paper(State& state) {
  if (state.main == kNothing) state.main = state.paragraph;
  state.paragraph = state.headed = kNothing;
  state.section.fill(kNothing);
  state.list.fill(kNothing);
  state.sections = state.lists = state.above_paragraph = 0;
  state.last = Track::text;
}

/// Puts `id` at a level of open chains; deeper ones close.
void put_at(std::array<OpenId, kMaxOpen>& open, std::uint8_t& count, std::uint8_t level, OpenId id) {
  if (level > 0) open[level - 1] = id;
  std::fill(open.begin() + level, open.end(), kNothing);
  count = level;
}

/// The beam: the best readings of the candidates so far, and the way in which each came about.
class Beam {
 public:
  explicit Beam(const std::vector<NumberCandidate>& candidates) : x_candidates(candidates), x_ahead(candidates), x_opens(candidates.size()), x_kept(1) {
    x_nodes.reserve(candidates.size() * kBeam);
  }

  void add(std::uint32_t i) {
    const NumberCandidate& c = x_candidates[i];
    if (c.fresh)
      for (Reading& reading : x_kept) begin_paper(reading.state);
    intern(c);
    x_steps.clear();
    Expansion expansion(c, i, x_ahead, x_opens, x_steps);
    for (std::uint32_t k = 0; k < x_kept.size(); ++k) {
      x_first[k] = static_cast<std::uint32_t>(x_steps.size());
      expansion.expand(x_kept[k], k);
    }
    x_first[x_kept.size()] = static_cast<std::uint32_t>(x_steps.size());
    keep_best();
  }

  std::vector<NumberChoice> choices() const {
    std::vector<NumberChoice> out(x_candidates.size());
    std::int32_t node = x_kept.front().node;
    for (std::size_t i = out.size(); i-- > 0; node = x_nodes[node].before) out[i] = x_nodes[node].choice;
    return out;
  }

  /// Walks the chosen reading once more and notes the evidence for each choice, and for the best other track.
  void trace(const std::vector<NumberChoice>& choices, std::vector<ChainTrace>& out) {
    Reading reading;
    std::vector<std::vector<Evidence>> why;
    out.assign(choices.size(), {});
    for (std::uint32_t i = 0; i < choices.size(); ++i) {
      if (x_candidates[i].fresh) begin_paper(reading.state);
      intern(x_candidates[i]);
      x_steps.clear();
      why.clear();
      Expansion(x_candidates[i], i, x_ahead, x_opens, x_steps, &why).expand(reading, 0);
      const Step* other = nullptr;
      for (std::size_t s = 0; s < x_steps.size(); ++s) {
        const NumberChoice& choice = x_steps[s].choice;
        if (choice.track == choices[i].track && choice.reading == choices[i].reading && choice.level == choices[i].level) out[i].chosen = why[s];
        if (choice.track != choices[i].runner_up || choice.track == choices[i].track || (other && choice.margin <= other->choice.margin)) continue;
        other = &x_steps[s];
        out[i].other = why[s];
      }
      reading.state = after(reading.state, choices[i]);
    }
  }

 private:
  const std::vector<NumberCandidate>& x_candidates;
  Lookahead x_ahead;
  Opens x_opens;
  std::vector<Reading> x_kept, x_next;
  std::vector<Step> x_steps;
  std::array<std::uint32_t, kBeam + 1> x_first{};  // where the steps of each reading begin
  std::vector<std::uint64_t> x_order;
  std::vector<Node> x_nodes;
  std::array<OpenId, 2> x_plain{}, x_heading{};  // of the candidate at hand: what each of its readings opens

  void intern(const NumberCandidate& c) {
    for (std::uint8_t r = 0; r < c.readings.count; ++r) {
      x_plain[r] = x_opens.id_of({c.readings.number[r], c.frame, c.indent});
      x_heading[r] = c.named ? x_opens.id_of({c.readings.number[r], c.frame, c.indent, true}) : x_plain[r];
    }
  }

  bool carries_paragraphs_on(const State& state, OpenId heading) const {
    const Open& open = x_opens[heading];
    return state.paragraph != kNothing && open.number.depth == 1 && x_opens[state.paragraph].frame == open.frame &&
           gap_between(x_opens[state.headed != kNothing ? state.headed : state.paragraph].number, open.number) == 0;
  }

  State after(State state, const NumberChoice& choice) const {
    state.last = choice.track;
    switch (choice.track) {
      case Track::text: break;
      case Track::paragraph:
        state.paragraph = x_plain[choice.reading];
        state.headed = kNothing;
        put_at(state.list, state.lists, 0, kNothing);
        if (choice.starts) state.above_paragraph = state.sections > 0 && x_opens[state.section[state.sections - 1]].named ? kClauses : 0;
        state.above_paragraph &= static_cast<std::uint8_t>(~kHeading);
        break;
      case Track::section:
        if (carries_paragraphs_on(state, x_plain[choice.reading])) state.headed = x_plain[choice.reading];
        put_at(state.section, state.sections, choice.level, x_heading[choice.reading]);
        put_at(state.list, state.lists, 0, kNothing);
        state.above_paragraph |= kHeading;
        break;
      case Track::list: put_at(state.list, state.lists, choice.level, x_plain[choice.reading]); break;
    }
    return state;
  }

  /// A number that sorts steps by how far they are behind, then by their order. Of floats that are not negative, the
  /// bits sort like the values.
  static std::uint64_t sort_key(float behind, std::uint32_t step) { return std::uint64_t{std::bit_cast<std::uint32_t>(behind)} << 32 | step; }

  /// Sorts what can still win, and keeps the best; of two that judge the future alike, the better one.
  void keep_best() {
    float best = x_steps.front().score;
    for (const Step& step : x_steps) best = std::max(best, step.score);
    x_order.clear();
    for (std::uint32_t s = 0; s < x_steps.size(); ++s)
      if (x_steps[s].score >= best - kHopeless) x_order.push_back(sort_key(best - x_steps[s].score, s));
    std::sort(x_order.begin(), x_order.end());
    x_next.clear();
    for (const std::uint64_t key : x_order) {
      const Step& step = x_steps[static_cast<std::uint32_t>(key)];
      const State state = after(x_kept[step.from].state, step.choice);
      if (std::any_of(x_next.begin(), x_next.end(), [&](const Reading& k) { return std::memcmp(&k.state, &state, sizeof state) == 0; })) continue;
      x_next.push_back({state, step.score, static_cast<std::int32_t>(x_nodes.size())});
      x_nodes.push_back({x_kept[step.from].node, with_margin(step)});
      if (x_next.size() == kBeam) break;
    }
    x_kept.swap(x_next);
  }

  /// By how much a step beats the best other track, all else equal.
  NumberChoice with_margin(const Step& taken) const {
    NumberChoice choice = taken.choice;
    float best_other = -1e9f;
    for (std::uint32_t s = x_first[taken.from]; s < x_first[taken.from + 1]; ++s)
      if (const NumberChoice& other = x_steps[s].choice; other.track != choice.track && other.margin > best_other) {
        best_other = other.margin;
        choice.runner_up = other.track;
      }
    choice.margin -= best_other;
    return choice;
  }
};

}  // namespace

std::vector<NumberChoice> solve_numbering(const std::vector<NumberCandidate>& candidates, std::vector<ChainTrace>* trace) {
  Beam beam(candidates);
  for (std::uint32_t i = 0; i < candidates.size(); ++i) beam.add(i);
  std::vector<NumberChoice> choices = beam.choices();
  if (trace) beam.trace(choices, *trace);
  return choices;
}

}  // namespace rapporteur
