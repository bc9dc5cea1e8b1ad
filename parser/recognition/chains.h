// Stage recognition: the numbering solver.
//
// Every line that begins with something like a number could open a paragraph, a section or a list item, or could be
// mere text. Looked at alone, "7." says little; over the document the numbers tell: paragraphs run 6, 7, 8; a listed
// agenda inside paragraph 6 runs 1..21 and then 7 follows; "1. Proceedings" is a heading although "15." stands below
// it. The solver keeps the best few readings of the whole sequence so far (a beam over a small state: the last
// paragraph number, the open sections, the open lists) and returns the one that explains the document best. Nothing is
// ever renumbered; gaps and doubles are read as what they are.
#pragma once

#include <cstdint>
#include <vector>

#include "recognition/events.h"
#include "recognition/number.h"

namespace rapporteur {

enum class Track : std::uint8_t { text, paragraph, section, list };

/// What is known of one line that begins with a label, before the sequence is looked at. Scores are log odds.
struct NumberCandidate {
  std::uint32_t line = 0;
  Readings readings;
  Frame frame;
  float paragraph = -99;     ///< as a paragraph of the report; -99: no rule proposes it
  float section = -99;
  float list = -99;
  float text = 0;            ///< as no label at all
  std::uint16_t indent = 0;  ///< columns
  bool fresh = false;        ///< an annex or attached paper begins here: chains may start again
  bool behind_prose = false; ///< a paragraph without a number ends right above it
  bool bare = false;         ///< nothing but headings stands between it and the candidate before it
  bool told = false;         ///< the candidate before it says more than a title: "Minutes. Moved and passed."
  bool again = false;        ///< a heading above has its very words and number: it is taken up again
  bool named = false;        ///< the line says what it is ("AGENDA ITEM 3", "RECOMMENDATION V-1")
  bool announced = false;    ///< the words before it announce a list
  bool agenda_announced = false;  ///< they announce the agenda itself
  bool headed = false;       ///< a line that reads as a heading without a number stands above it, and its own words are prose
  bool under_heading = false;  ///< a line that is dressed as a heading stands right above it, and its own words are a sentence
  bool operative = false;    ///< they are the formula of a resolution ("recommend to their Governments that:")
  bool behind_preamble = false;  ///< "Recalling its decisions," stands before it, and it goes on "1. Decides": operative, too
};

struct NumberChoice {
  Track track = Track::text;
  std::uint8_t reading = 0;
  std::uint8_t level = 0;        ///< section: 1 outermost; list: 1..
  bool starts = false;           ///< first of its chain
  std::int16_t gap = 0;          ///< numbers left out before it; -1 doubled or backwards
  Track runner_up = Track::text; ///< the best other track
  float margin = 0;              ///< by how much the chosen track beats the runner-up, log odds
};

/// One choice per candidate, in order. Linear in the number of candidates. `trace`, where given, receives for each
/// candidate the evidence of the chain for its choice and for the runner-up.
struct ChainTrace {
  std::vector<Evidence> chosen, other;
};
std::vector<NumberChoice> solve_numbering(const std::vector<NumberCandidate>& candidates,
                                          std::vector<ChainTrace>* trace = nullptr);

}  // namespace rapporteur
