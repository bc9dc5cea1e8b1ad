// Stage recognition: what a printed label can mean as a number, and which number follows which.
//
// "IX" is roman nine; "C" may be letter three or roman hundred; "7 (b)" and "2.1" have parts. A label keeps every
// sensible reading; the numbering solver finds out which one makes a chain.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace rapporteur {

enum class System : std::uint8_t { digits, roman, letter, word };  // word: PRIMERO, SEGUNDO

/// One reading of a label. `parts` holds 1..4 numbers: "2.1" is {2,1}, "7 (b)" is {7,2}, "V-3" is {5,3}.
struct Number {
  System system = System::digits;  ///< of the last part
  bool upper = false;              ///< letters or roman numerals in capitals
  std::uint8_t depth = 0;          ///< number of parts; 0: no number
  bool inserted = false;           ///< the last part is "bis" or its like: "22 bis" stands behind 22, not in it
  std::array<std::uint16_t, 4> parts{};

  std::uint16_t last() const { return depth == 0 ? 0 : parts[depth - 1]; }
  friend bool operator==(const Number&, const Number&) = default;
};

/// The readings of a printed label, likelier first; at most two.
struct Readings {
  std::array<Number, 2> number;
  std::uint8_t count = 0;
};
Readings read_label(std::string_view printed);

/// How many numbers lie between: 0 where `b` directly follows `a` ("6","7"; "1.2","1.3"; "1.2","1.2.1"; "1.2","2"),
/// k where k are left out, -1 where `b` cannot follow `a` in one chain. Both must be of one system.
int gap_between_parts(const Number& a, const Number& b);
inline int gap_between(const Number& a, const Number& b) {
  if (a.depth != 1 || b.depth != 1) return gap_between_parts(a, b);
  const bool comparable = a.system == b.system && (a.system == System::digits || a.upper == b.upper);
  return comparable && b.parts[0] > a.parts[0] ? b.parts[0] - a.parts[0] - 1 : -1;
}

/// Of dotted numbers, how many are known to be left out from "1.5" to "3.2" (2 and 3.1), as where pages are missing; -1 where
/// `b` does not open a later part. What is left out at the end of the part of `a` nobody knows.
int gap_over_parts(const Number& a, const Number& b);

/// What stands around a number: two labels belong to one chain only where their frames agree.
struct Frame {
  std::uint32_t keyword = 0;  ///< hash of the letters before the number ("AGENDA ITEM"), folded; 0 none
  char open = 0;              ///< '(' or 0
  char close = 0;             ///< ')' '.' ':' or 0
  std::uint16_t unused = 0;   // no padding: compared as one number
  friend bool operator==(const Frame& a, const Frame& b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }
};
Frame frame_of(std::string_view before, std::string_view after);

}  // namespace rapporteur
