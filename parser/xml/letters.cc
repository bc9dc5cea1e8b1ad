// Stage xml: the letter count.

#include "xml/letters.h"

#include <fmt/format.h>

#include <cstring>

namespace rapporteur {

namespace {

bool ascii_letter(unsigned char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); }

bool is_letter(char32_t c) {
  const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c < 0x2000) return c != 0xD7 && c != 0xF7;
  return !(within(0x2000, 0x206F) || within(0x20A0, 0x20FF) || within(0x2190, 0x2BFF) || within(0x3000, 0x303F) ||
           within(0xE000, 0xF8FF) || within(0xFE00, 0xFE0F) || c == 0xFEFF || within(0xFFF0, 0xFFFF));
}

/// The code point of a sequence of 2 to 4 bytes at `at`, which moves behind it; 0 where it is ill-formed.
char32_t wide(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
  char32_t point = more == 0 ? 0 : lead & (0x3Fu >> more);
  for (int i = 0; i < more; ++i) {
    if (at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) return 0;
    point = (point << 6) | (static_cast<unsigned char>(text[at++]) & 0x3F);
  }
  return point;
}

}  // namespace

void LetterCount::count(std::string_view utf8, std::int32_t by) {
  std::size_t at = 0;
  while (at < utf8.size()) {
    std::uint64_t word = 0;
    if (at + 8 <= utf8.size()) {
      std::memcpy(&word, utf8.data() + at, 8);
      if ((word & 0x8080808080808080ull) == 0) {
        for (std::size_t i = 0; i < 8; ++i, word >>= 8) x_ascii[i % banks][word & 0x7F] += by;
        at += 8;
        continue;
      }
    }
    const auto c = static_cast<unsigned char>(utf8[at]);
    if (c < ascii) x_ascii[at++ % banks][c] += by;
    else at = count_wide(utf8, at, by);
  }
}

/// Counts the sequence of several bytes at `at`; returns where it ends.
std::size_t LetterCount::count_wide(std::string_view utf8, std::size_t at, std::int32_t by) {
  const char32_t point = wide(utf8, at);
  if (!is_letter(point)) return at;
  if (point >= dense) {
    x_high[point] += by;
  } else {
    std::uint8_t& index = x_block_of[point / block];
    if (index == 0) {
      x_blocks.emplace_back();
      index = static_cast<std::uint8_t>(x_blocks.size());
    }
    x_blocks[index - 1u][point % block] += by;
  }
  return at;
}

template <typename F>
void LetterCount::each(int sign, F&& f) const {
  for (std::size_t i = 0; i < ascii; ++i) {
    std::int32_t n = 0;
    for (const auto& bank : x_ascii) n += bank[i];
    if (n * sign > 0 && ascii_letter(static_cast<unsigned char>(i))) f(static_cast<char32_t>(i), static_cast<std::uint64_t>(n * sign));
  }
  for (std::size_t first = 0; !x_blocks.empty() && first < dense; first += block) {
    if (x_block_of[first / block] == 0) continue;
    const auto& counts = x_blocks[x_block_of[first / block] - 1u];
    for (std::size_t i = 0; i < block; ++i)
      if (counts[i] * sign > 0) f(static_cast<char32_t>(first + i), static_cast<std::uint64_t>(counts[i] * sign));
  }
  for (const auto& [point, n] : x_high)
    if (n * sign > 0) f(point, static_cast<std::uint64_t>(n * sign));
}

std::uint64_t LetterCount::surplus() const {
  std::uint64_t sum = 0;
  each(1, [&](char32_t, std::uint64_t n) { sum += n; });
  return sum;
}

std::uint64_t LetterCount::deficit() const {
  std::uint64_t sum = 0;
  each(-1, [&](char32_t, std::uint64_t n) { sum += n; });
  return sum;
}

std::string LetterCount::name_some(int sign, std::size_t most) const {
  std::string out;
  each(sign, [&](char32_t c, std::uint64_t n) {
    if (most == 0) return;
    --most;
    const std::string letter = c < 0x80 ? std::string(1, static_cast<char>(c)) : fmt::format("U+{:04X}", static_cast<std::uint32_t>(c));
    out += fmt::format("{}{} ({})", out.empty() ? "" : ", ", letter, n);
  });
  return out;
}

}  // namespace rapporteur
