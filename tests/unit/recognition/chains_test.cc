// The numbering solver: what lines that begin with a number are, told by the numbers of the whole document.

#include "recognition/chains.h"

#include <gtest/gtest.h>

namespace rapporteur {
namespace {

/// What a line could be, as the rules propose it: P a paragraph, S a heading, L an item of a list, X text.
struct Row {
  const char* label;
  const char* could;
  std::uint16_t indent = 0;
  bool fresh = false, announced = false, agenda = false;
};

std::vector<NumberCandidate> candidates(const std::vector<Row>& rows) {
  std::vector<NumberCandidate> made;
  for (const Row& row : rows) {
    NumberCandidate c;
    c.line = static_cast<std::uint32_t>(made.size());
    c.readings = read_label(row.label);
    c.frame = frame_of("", ".");
    for (const char* could = row.could; *could != 0; ++could) {
      if (*could == 'P') c.paragraph = 3;
      if (*could == 'S') c.section = 1;
      if (*could == 'L') c.list = row.announced ? 3.5f : 0.5f;
    }
    if (row.announced) c.paragraph -= 3;
    c.indent = row.indent;
    c.fresh = row.fresh;
    c.announced = row.announced;
    c.agenda_announced = row.agenda;
    made.push_back(c);
  }
  return made;
}

/// One letter for each line: what it was taken for.
std::string tracks(const std::vector<Row>& rows) {
  std::string out;
  for (const NumberChoice& choice : solve_numbering(candidates(rows))) out += "XPSL"[static_cast<int>(choice.track)];
  return out;
}

TEST(SolveNumbering, agenda_listed_inside_a_paragraph) {
  EXPECT_EQ(tracks({{"5", "P"}, {"6", "P"}, {"1", "PL", 4, false, true, true}, {"2", "PL", 4}, {"3", "PL", 4}, {"4", "PL", 4},
                    {"7", "P"}, {"8", "P"}}),
            "PPLLLLPP");
}

TEST(SolveNumbering, gap_stays_a_gap) {
  const auto rows = candidates({{"8", "P"}, {"9", "P"}, {"11", "P"}, {"12", "P"}});
  const auto chosen = solve_numbering(rows);
  ASSERT_EQ(chosen.size(), 4u);
  for (const NumberChoice& choice : chosen) EXPECT_EQ(choice.track, Track::paragraph);
  EXPECT_EQ(chosen[2].gap, 1);
  EXPECT_EQ(chosen[3].gap, 0);
}

TEST(SolveNumbering, annex_counts_anew) {
  const auto chosen = solve_numbering(candidates({{"40", "P"}, {"41", "P"}, {"1", "P", 0, true}, {"2", "P"}, {"3", "P"}}));
  ASSERT_EQ(chosen.size(), 5u);
  EXPECT_EQ(chosen[2].track, Track::paragraph);
  EXPECT_TRUE(chosen[2].starts);
  EXPECT_EQ(chosen[3].gap, 0);
}

TEST(SolveNumbering, headings_over_paragraphs_keep_their_own_count) {
  EXPECT_EQ(tracks({{"I", "S"}, {"1", "P"}, {"2", "P"}, {"II", "S"}, {"3", "P"}, {"4", "P"}, {"III", "S"}, {"5", "P"}}), "SPPSPPSP");
}

TEST(SolveNumbering, report_may_go_on_where_another_stopped) {
  const auto chosen = solve_numbering(candidates({{"113", "P"}, {"114", "P"}, {"115", "P"}}));
  ASSERT_EQ(chosen.size(), 3u);
  for (const NumberChoice& choice : chosen) EXPECT_EQ(choice.track, Track::paragraph);
}

TEST(SolveNumbering, nothing_comes_of_nothing) { EXPECT_TRUE(solve_numbering({}).empty()); }

}  // namespace
}  // namespace rapporteur
