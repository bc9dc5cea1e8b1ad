// Stage xml: the buffer that a document is written into: a string that is written by pointer, so that the many small
// pieces of markup cost a few moves each.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace rapporteur::xml {

/// A piece of markup that is always the same: copied as a block of fixed size, of which `size` bytes count.
struct Piece {
  static constexpr std::size_t block = 32;
  char text[block] = {};
  unsigned size = 0;

  constexpr Piece() = default;
  constexpr explicit Piece(std::string_view whole) { add(whole); }
  constexpr void add(std::string_view more) {
    for (const char c : more) text[size++] = c;
  }
};

/// The figures of 0 to 99, two for each.
inline constexpr auto two_figures = [] {
  std::array<char, 200> figures{};
  for (std::size_t i = 0; i < 100; ++i) {
    figures[2 * i] = static_cast<char>('0' + i / 10);
    figures[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return figures;
}();

/// Writes where there is room; each returns where it ends. Of a piece the whole block is copied.
inline char* put(char* to, const Piece& piece) {
  std::memcpy(to, piece.text, Piece::block);
  return to + piece.size;
}
inline char* put_number(char* to, std::uint32_t value) {
  const auto two = [&](std::uint32_t figures) { std::memcpy(to, &two_figures[2 * figures], 2), to += 2; };
  if (value >= 10000) to = put_number(to, value / 10000), value %= 10000, two(value / 100), two(value % 100);
  else if (value >= 1000) two(value / 100), two(value % 100);
  else if (value >= 100) *to++ = static_cast<char>('0' + value / 100), two(value % 100);
  else if (value >= 10) two(value);
  else *to++ = static_cast<char>('0' + value);
  return to;
}

/// Writes at the end of a string; `finish` leaves it as long as what was written. The string grows ahead of the writing by
/// a little at a time: its new bytes are set to zero, and are written upon while they are still at hand.
class OutputBuffer {
 public:
  /// Beyond what was asked for there is always room for so many bytes: for the markup of one event, all but its values.
  static constexpr std::size_t slack = 160;

  /// `expected`: how many bytes will come, as far as can be said.
  OutputBuffer(std::string& text, std::size_t expected) : x_text(text) {
    const std::size_t used = x_text.size();
    if (used + expected + slack > x_text.capacity()) x_text.reserve(used + expected + slack);
    grow(used, 0);
  }

  /// Where `size` bytes may be written, and `slack` more; `written` then tells where they end.
  char* room(std::size_t size) {
    if (x_end - x_at < static_cast<std::ptrdiff_t>(size)) [[unlikely]] grow(this->size(), size);
    return x_at;
  }
  void written(char* end) { x_at = end; }

  void append(std::string_view text) {
    std::memcpy(room(text.size()), text.data(), text.size());
    x_at += text.size();
  }

  std::size_t size() const { return static_cast<std::size_t>(x_at - x_text.data()); }
  void finish() { x_text.resize(size()); }

 private:
  static constexpr std::size_t step = 2048;

  void grow(std::size_t used, std::size_t size) {
    const std::size_t least = used + size + slack;
    if (least > x_text.capacity()) x_text.reserve(std::max(least, used + used / 2));
    x_text.resize(std::max(least, std::min(used + step, x_text.capacity())));
    x_at = x_text.data() + used;
    x_end = x_text.data() + x_text.size() - slack;
  }

  std::string& x_text;
  char* x_at = nullptr;
  char* x_end = nullptr;  ///< `slack` bytes before the end of the memory
};

}  // namespace rapporteur::xml
