// Stage text: what the bytes of a text are, 64 at a time, with a bit for each.
//
// Several passes ask of every byte whether it is a letter, a digit or a blank. Asked one by one that costs each of them a
// few instructions a byte; as bits, runs and counts of 64 bytes take a few instructions together.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace rapporteur {

/// Bit i tells of byte i. Letters and digits are those of ASCII.
struct ByteMasks {
  std::uint64_t letters = 0, capitals = 0, digits = 0, blanks = 0, underscores = 0, line_feeds = 0, beyond_ascii = 0;
};

namespace byte_masks_detail {

#ifdef __SSE2__
inline std::uint64_t bits(__m128i high_bits) { return static_cast<std::uint32_t>(_mm_movemask_epi8(high_bits)); }

/// Bytes from `first` on, `count` of them: compared as signed numbers after shifting `first` to the least.
inline std::uint64_t within(__m128i bytes, char first, int count) {
  return bits(_mm_cmplt_epi8(_mm_add_epi8(bytes, _mm_set1_epi8(static_cast<char>(0x80 - first))), _mm_set1_epi8(static_cast<char>(count - 0x80))));
}

/// The last bytes of a text, fewer than 16, and zeros behind them: read in pieces, since behind them memory may end.
inline __m128i last_bytes(const char* at, std::size_t count) {
  if (count >= 8) {
    std::uint64_t first, last;
    std::memcpy(&first, at, sizeof first);
    std::memcpy(&last, at + count - 8, sizeof last);
    return _mm_set_epi64x(static_cast<long long>(count == 8 ? 0 : last >> (8 * (16 - count))), static_cast<long long>(first));
  }
  std::uint64_t bytes = 0;
  if (count >= 4) {
    std::uint32_t first, last;
    std::memcpy(&first, at, sizeof first);
    std::memcpy(&last, at + count - 4, sizeof last);
    bytes = std::uint64_t{last} << (8 * (count - 4)) | first;
  } else
    for (std::size_t i = 0; i < count; ++i) bytes |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
  return _mm_set_epi64x(0, static_cast<long long>(bytes));
}

inline void add(ByteMasks& masks, __m128i bytes, unsigned shift) {
  const std::uint64_t letters = within(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 26);
  masks.letters |= letters << shift;
  masks.capitals |= (letters & ~bits(_mm_slli_epi16(bytes, 2))) << shift;  // bit 5 of each byte is 0
  masks.digits |= within(bytes, '0', 10) << shift;
  masks.blanks |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' '))) << shift;
  masks.line_feeds |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'))) << shift;
  masks.underscores |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'))) << shift;
  masks.beyond_ascii |= bits(bytes) << shift;
}
inline __m128i bytes_at(const char* at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); }
#else
using Bytes = std::string_view;
inline Bytes last_bytes(const char* at, std::size_t count) { return {at, count}; }
inline Bytes bytes_at(const char* at) { return {at, 16}; }

inline void add(ByteMasks& masks, Bytes bytes, unsigned shift) {
  const char* at = bytes.data();
  for (unsigned i = shift; i < shift + bytes.size(); ++i, ++at) {
    const auto byte = static_cast<unsigned char>(*at);
    const std::uint64_t bit = std::uint64_t{1} << i;
    if (static_cast<unsigned char>((byte | 0x20) - 'a') < 26) masks.letters |= bit;
    if (static_cast<unsigned char>(byte - 'A') < 26) masks.capitals |= bit;
    if (static_cast<unsigned char>(byte - '0') < 10) masks.digits |= bit;
    if (byte == ' ') masks.blanks |= bit;
    if (byte == '_') masks.underscores |= bit;
    if (byte == '\n') masks.line_feeds |= bit;
    if (byte >= 0x80) masks.beyond_ascii |= bit;
  }
}
#endif

}  // namespace byte_masks_detail

/// Of the bytes from `at` on, up to 64; bits behind the end of the text are 0.
inline ByteMasks byte_masks(std::string_view text, std::size_t at) {
  ByteMasks masks;
  const char* bytes = text.data() + at;
  if (text.size() - at >= 64) {
    for (unsigned shift = 0; shift < 64; shift += 16) byte_masks_detail::add(masks, byte_masks_detail::bytes_at(bytes + shift), shift);
    return masks;
  }
  const auto left = static_cast<unsigned>(text.size() - at);
  unsigned shift = 0;
  for (; shift + 16 <= left; shift += 16) byte_masks_detail::add(masks, byte_masks_detail::bytes_at(bytes + shift), shift);
  if (shift < left) byte_masks_detail::add(masks, byte_masks_detail::last_bytes(bytes + shift, left - shift), shift);
  return masks;
}

/// Calls `run(begin, end)` for each run of the bytes that `wanted` takes out of the masks.
template <typename Wanted, typename Run>
void for_each_run(std::string_view text, Wanted wanted, Run run) {
  std::size_t begin = 0;
  std::uint64_t inside = 0;  // 1: the byte before is in a run
  for (std::size_t base = 0; base < text.size(); base += 64) {
    const std::uint64_t mask = wanted(byte_masks(text, base));
    std::uint64_t edges = mask ^ (mask << 1 | inside);
    for (; edges != 0; edges &= edges - 1) {
      const std::size_t at = base + static_cast<std::size_t>(std::countr_zero(edges));
      if (inside != 0) run(begin, at);
      begin = at;
      inside ^= 1;
    }
  }
  if (inside != 0) run(begin, text.size());
}

}  // namespace rapporteur
