// Stage xml: counting letters.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rapporteur {

/// How often each letter and digit occurs, in either direction: what is added counts up, what is taken counts down.
///
/// A letter or digit is, here, an ASCII one or any code point from U+00A0 on that is not of a block of blanks,
/// punctuation or symbols (Latin-1 punctuation, U+2000-206F, U+2190-2BFF, U+3000-303F, U+E000-F8FF, U+FE00-FE0F, U+FEFF,
/// U+FFF0-FFFF): what a person would miss. Ill-formed bytes are not counted.
class LetterCount {
 public:
  void add(std::string_view utf8) { count(utf8, 1); }
  void take(std::string_view utf8) { count(utf8, -1); }

  /// Letters added and not taken.
  std::uint64_t surplus() const;
  /// Letters taken and not added.
  std::uint64_t deficit() const;
  /// Up to `most` letters that are left over (`sign` 1) or too many were taken of (-1), as "a (3), b (1)".
  std::string name_some(int sign, std::size_t most) const;

 private:
  static constexpr std::size_t ascii = 0x80;
  static constexpr std::size_t dense = 0x2000;  ///< Latin, Greek, Cyrillic, Arabic, Indic, Georgian ...
  static constexpr std::size_t block = 64;      ///< code points that are counted side by side
  static constexpr std::size_t banks = 4;       ///< so that a letter need not wait for the one before it
  void count(std::string_view utf8, std::int32_t by);
  std::size_t count_wide(std::string_view utf8, std::size_t at, std::int32_t by);
  template <typename F>
  void each(int sign, F&& f) const;

  std::array<std::array<std::int32_t, ascii>, banks> x_ascii{};  ///< all of ASCII; only letters and digits matter
  std::array<std::uint8_t, dense / block> x_block_of{};          ///< of code points up to `dense`: 1 + index of their block; 0: none
  std::vector<std::array<std::int32_t, block>> x_blocks;         ///< of scripts that occur
  std::map<char32_t, std::int32_t> x_high;
};

}  // namespace rapporteur
