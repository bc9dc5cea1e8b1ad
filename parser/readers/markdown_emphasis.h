// Stage readers: which runs of `*`, `_` and `~~` are emphasis: CommonMark's rules (spec 0.31, 6.2), in linear time.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace rapporteur {

/// A run of one delimiter character, and what became of it.
struct Delimiter {
  char character = '*';
  bool can_open = false;
  bool can_close = false;
  std::uint32_t length = 0;              ///< as printed
  std::uint32_t left = 0;                ///< not yet used
  std::int32_t closes = -1;              ///< first of its Uses as a closer, from its left end; -1: none
  std::int32_t last_close = -1;
  std::int32_t opens = -1;               ///< first of its Uses as an opener, in the order in which it opens them
};

/// Bytes of a run that open or close something: 1 emphasis, 2 strong.
struct DelimiterUse {
  std::uint8_t length;
  std::int32_t next;  ///< the run's next one, or -1
};

/// The run of `length` equal bytes at `at` of `text`, whose neighbours tell whether it may open or close.
Delimiter make_delimiter(std::string_view text, std::uint32_t at, std::uint32_t length);

/// Pairs the runs that `unpaired` names from its index `bottom` on, and takes them off it: what is left over stays literal.
void pair_delimiters(std::vector<Delimiter>& runs, std::vector<DelimiterUse>& uses, std::vector<std::size_t>& unpaired, std::size_t bottom);

}  // namespace rapporteur
