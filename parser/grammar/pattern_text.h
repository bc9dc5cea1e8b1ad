// Stage grammar: what can be read off the text of a pattern without running it.
//
// PCRE2 answers every question about a text, at a price for each. Three things are cheaper to know beforehand: which digits
// a pattern tells apart, so that "3. The" and "4. The" need one question and not two; that it ends by taking the rest of
// the line, which needs no walk over it; and what it can end with, where it must cover a line to its end.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>

namespace rapporteur {

/// Where digits that a pattern tells apart are parted, as bits: bit 5 parts 4 from 5.
using DigitCuts = std::uint16_t;
inline constexpr DigitCuts all_cuts = 0x3FE;
DigitCuts digit_cuts(std::string_view pattern);

/// For each byte, itself; for a digit, the lowest of those that are not parted from it.
using DigitFold = std::array<char, 256>;
DigitFold digit_fold(DigitCuts cuts);

/// A pattern that ended with `.*`, without it: a match goes on to the end of the line, and so do these captures.
struct WithoutRest {
  std::string pattern;       ///< blanks in place of what was left out, so that offsets stay
  bool rest = false;         ///< something was left out
  std::uint64_t groups = 0;  ///< numbers of the captures that end with the match, as bits
};
WithoutRest without_rest(std::string_view pattern);

/// Bytes with which a match can end, blanks behind it left out. All, where that is not plain; the last of a letter beyond ASCII
/// counts as any such byte.
using EndSet = std::bitset<256>;
EndSet ends_of(std::string_view pattern);

}  // namespace rapporteur
