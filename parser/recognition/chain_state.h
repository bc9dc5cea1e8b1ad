// Stage recognition: what a reading of the document's labels remembers, the numbering solver's state.
//
// A reading is told from another by the chains that it holds open: the last paragraph, the sections, the lists. The solver
// copies and compares states for every label, so a state is one cache line of plain numbers: the chains themselves stand in
// a table, equal ones once, and a state holds their places.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

#include "recognition/chains.h"
#include "recognition/flat_index.h"
#include "recognition/number.h"

namespace rapporteur {

constexpr std::size_t kMaxOpen = 6;  // nesting of sections or lists that any report was seen to use, and one more

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

/// Bits of State::above_paragraph.
constexpr std::uint8_t kHeading = 1;  // a heading was opened after the last paragraph
constexpr std::uint8_t kClauses = 2;  // the paragraphs are clauses: they began at 1 under "ARTICLE 2", "RECOMMENDATION V-1"

/// All of a reading that bears on the future. One cache line; no padding, so that equal ones are equal bytes.
struct State {
  OpenId paragraph = kNothing;
  std::uint8_t sections = 0, lists = 0;
  std::uint8_t above_paragraph = 0;      // kHeading, kClauses
  Track last = Track::text;
  OpenId headed = kNothing;              // headings went on from the paragraphs: "9. Telecommunications" behind paragraph 8
  OpenId main = kNothing;                // the last paragraph before an annex: an addendum may go on from it
  std::array<OpenId, kMaxOpen> section{}, list{};  // kNothing from `sections` and `lists` on

  /// The first bytes, as a number: two states that differ mostly differ here.
  friend bool operator==(const State& a, const State& b) { return std::memcmp(&a, &b, sizeof a) == 0; }
  std::uint64_t head() const {
    std::uint64_t out;
    std::memcpy(&out, this, sizeof out);
    return out;
  }
};
static_assert(std::has_unique_object_representations_v<State> && sizeof(State) == 64);

/// What an annex, or another paper, leaves of what was open before it.
inline void begin_paper(State& state) {
  const OpenId main = state.main == kNothing ? state.paragraph : state.main;
  state = {};
  state.main = main;
}

/// Puts `id` at a level of open chains; deeper ones close.
inline void put_at(std::array<OpenId, kMaxOpen>& open, std::uint8_t& count, std::uint8_t level, OpenId id) {
  if (level > 0) open[level - 1] = id;
  for (std::size_t closed = level; closed < count; ++closed) open[closed] = kNothing;
  count = level;
}

/// Labels of one chain have the same frame; "1." and "1.1" differ in the final stop only.
inline bool same_frame(const Open& open, const Frame& frame, const Number& number) {
  if (open.frame == frame) return true;
  const bool dotted = (open.number.depth > 1 || number.depth > 1) && number.system == System::digits;
  const auto stop = [](char c) { return c == 0 || c == '.'; };
  return dotted && open.frame.keyword == frame.keyword && open.frame.open == frame.open && stop(open.frame.close) && stop(frame.close);
}

}  // namespace rapporteur
