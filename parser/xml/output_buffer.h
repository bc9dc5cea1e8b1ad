// Stage xml: the buffer that a document is written into: a string that is written by pointer, so that the many small
// pieces of markup cost a few moves each.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>
#include <string_view>

namespace rapporteur::xml {

/// A piece of markup that is always the same: copied as a block of fixed size, of which `size` bytes count.
struct Piece {
  static constexpr std::size_t block = 32;
  char text[block] = {};
  unsigned size = 0;

  constexpr void add(std::string_view more) {
    for (const char c : more) text[size++] = c;
  }
};

/// Takes over a string; `finish` leaves it as long as what was written.
class OutputBuffer {
 public:
  /// `expected`: how many bytes will come, as far as can be said.
  OutputBuffer(std::string& text, std::size_t expected) : x_text(text) {
    x_text.resize(expected + slack);
    set(0);
  }

  void append(const char* from, std::size_t size) {
    make_room(size);
    std::memcpy(x_at, from, size);
    x_at += size;
  }
  void append(std::string_view text) { append(text.data(), text.size()); }
  void append(const Piece& piece) {
    make_room(0);
    std::memcpy(x_at, piece.text, Piece::block);
    x_at += piece.size;
  }
  void append(char c) {
    make_room(0);
    *x_at++ = c;
  }
  void append(const char* text) { append(std::string_view(text)); }
  void append_number(std::uint32_t value) {
    make_room(0);
    x_at = std::to_chars(x_at, x_at + slack, value).ptr;
  }
  void append_blanks(std::size_t count) {
    make_room(count);
    std::memset(x_at, ' ', count);
    x_at += count;
  }

  std::size_t size() const { return static_cast<std::size_t>(x_at - x_text.data()); }
  void finish() { x_text.resize(size()); }

 private:
  static constexpr std::size_t slack = Piece::block;  ///< always there

  void make_room(std::size_t size) {
    if (x_end - x_at < static_cast<std::ptrdiff_t>(size)) grow(size);
  }
  void grow(std::size_t size) {
    const std::size_t used = this->size();
    x_text.resize(used + std::max(size, used / 2) + slack);
    set(used);
  }
  void set(std::size_t used) {
    x_at = x_text.data() + used;
    x_end = x_text.data() + x_text.size() - slack;
  }

  std::string& x_text;
  char* x_at = nullptr;
  char* x_end = nullptr;  ///< `slack` bytes before the end of the memory
};

}  // namespace rapporteur::xml
