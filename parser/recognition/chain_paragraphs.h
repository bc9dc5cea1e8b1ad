// Stage recognition: for and against reading a label as the number of a paragraph.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "recognition/chain_evidence.h"

namespace rapporteur {

template <typename Tally>
class ParagraphEvidence : Weighing {
 public:
  explicit ParagraphEvidence(const Weighing& weighing) : Weighing(weighing) {}

  Weighed<Tally> paragraph(const State& from, std::uint8_t r) const {
    Tally tally{c.paragraph};
    const Number& number = c.readings.number[r];
    Step step{.track = Track::paragraph, .reading = r};
    const bool begun = from.paragraph != kNothing;
    const Open& before = opens[from.paragraph];
    const Open& main = opens[from.main];
    const bool known = begun && same_frame(before, c.frame, number);
    const bool behind_heading = begun && from.headed != kNothing && gap_between(opens[from.headed].number, number) == 0;
    int gap = behind_heading ? 0 : begun ? gap_between(before.number, number) : -1;
    if (known && gap < 0) gap = gap_over_parts(before.number, number);
    const bool resumes = !begun && from.main != kNothing && same_frame(main, c.frame, number) && gap_between(main.number, number) == 0;
    if (gap != 0 && within_heading(from, number)) {
      step.starts = true;
      tally.add(3.5f, "counts on from the number of the heading above");
    } else if (resumes) tally.add(2.0f, "goes on from the paragraphs before the annex");
    else if (!begun) start_paragraphs(tally, step, from, number);
    else if (gap >= 0) continue_paragraphs(tally, step, gap);
    else restart_paragraphs(tally, step, from, number);
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
    return {step, std::move(tally)};
  }

 private:
  /// "1." below the heading "4.": reports that count both count the paragraphs through, or as 4.1; what begins at 1 is a list.
  void compare_with_headings(Tally& tally, const State& from, const Number& number) const {
    if (from.sections == 0 || c.operative) return;
    const Open& heading = opens[from.section[from.sections - 1]];
    if (heading.frame == c.frame && !heading.named && heading.number.depth == 1 && number.depth == 1 && heading.number.system == number.system && heading.number.last() > 1)
      tally.add(-1.8f, "headings are numbered in the same way");
  }

  void start_paragraphs(Tally& tally, Step& step, const State& from, const Number& number) const {
    step.starts = true;
    const int first = number.last();
    if (first <= 1) {
      tally.add(0.5f, "begins a chain at 1");
      compare_with_headings(tally, from, number);
    }
    else if (first == 2 && c.behind_prose) tally.add(ahead.run(index) >= 4 ? 1.2f : -0.2f, "counts the paragraph above, which has no number, as the first");
    else {
      tally.add(-0.8f - 0.4f * log2_of(static_cast<std::uint32_t>(first)), "begins a chain, but not at 1");
      runs_on(tally);
    }
    if (c.announced) tally.add(-3.0f, "stands where a list is announced");
  }

  /// A chain that begins in the middle is believed where it then goes on for long.
  void runs_on(Tally& tally) const {
    const std::uint32_t run = ahead.run(index);
    if (run >= 3 && c.paragraph > 0) tally.add(0.5f * static_cast<float>(std::min(run, 9u) - 1), "many numbers run on from it");
  }

  void continue_paragraphs(Tally& tally, Step& step, int gap) const {
    step.gap = static_cast<std::int16_t>(std::min(gap, 9999));
    if (gap == 0) {
      tally.add(3.5f, "is the next number of the chain");
      discount_look(tally, c.paragraph);
    } else if (gap <= 6) tally.add(0.8f - 1.0f * static_cast<float>(gap), "leaves numbers out");
    else {
      tally.add(-6.0f, "leaves so many numbers out that another chain would begin here");
      runs_on(tally);
    }
  }

  void restart_paragraphs(Tally& tally, Step& step, const State& from, const Number& number) const {
    step.gap = -1;
    if (number.last() <= 1 && number.depth == 1) {
      step.starts = true;
      step.gap = 0;
      compare_with_headings(tally, from, number);
      const bool keyword = c.operative || (from.sections > 0 && opens[from.section[from.sections - 1]].named);
      const bool resumes = taken_up_again(from);
      if (from.above_paragraph & kHeading) tally.add(keyword ? (resumes ? -1.5f : 1.5f) : (resumes ? -2.5f : -0.8f), "starts again at 1 under a new heading");
      else if (c.headed && ahead.behind_run(index) != running(from).last() + 1u) {
        tally.add(-0.8f, "starts again at 1 below a line that reads like a heading");
        runs_on(tally);
      } else tally.add(c.operative && !resumes ? 1.0f : -4.5f, c.operative ? "a resolution numbers its own clauses" : "starts again at 1 without a heading");
      if (resumes && !c.headed) tally.add(-1.0f, "the paragraphs before it go on later");
      if (c.announced && !(keyword && !resumes)) tally.add(-2.5f, "stands where a list is announced");
    } else if (number == opens[from.paragraph].number) {
      if (ahead.comes_later(index, number.last() + 1u)) tally.add(0.3f, "has the same number as the paragraph before, and the chain goes on behind it");
      else tally.add(-3.0f, "has the same number as the paragraph before");
    }
    else tally.add(-7.0f, "goes back in the numbering");
  }
};

}  // namespace rapporteur
