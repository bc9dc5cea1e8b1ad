// Stage recognition: the pieces of one part of an event. Most parts have one, which needs no memory of its own.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <type_traits>
#include <utility>

#include "rapporteur/source.h"

namespace rapporteur {

/// A range of one line's content. Pieces of one event are joined by a blank, or by a line break where `hard_break`.
struct Piece {
  std::uint32_t line = 0;     ///< index into Document::lines
  Span range{};               ///< bytes of that line's content
  std::uint16_t page = 0;     ///< the number printed on the page that begins before it, where known
  bool hard_break = false;    ///< a line break that the source asks for stands before it
  bool page_begins = false;   ///< a page begins before it (furniture in between was taken out)
};
static_assert(std::is_trivially_copyable_v<Piece>);

/// A row of pieces: one is kept in place, several apart.
class Pieces {
 public:
  Pieces() = default;
  Pieces(std::initializer_list<Piece> pieces) {
    for (const Piece& piece : pieces) push_back(piece);
  }
  Pieces(const Pieces& other) {
    for (const Piece& piece : other) push_back(piece);
  }
  Pieces(Pieces&& other) noexcept { take(other); }
  Pieces& operator=(Pieces other) noexcept {
    give_back();
    take(other);
    return *this;
  }
  ~Pieces() { give_back(); }

  void push_back(const Piece& piece) {
    if (x_size == x_room) grow();
    begin()[x_size++] = piece;
  }
  void clear() { x_size = 0; }

  bool empty() const { return x_size == 0; }
  std::size_t size() const { return x_size; }
  Piece* begin() { return apart() ? x_many : &x_one; }
  Piece* end() { return begin() + x_size; }
  const Piece* begin() const { return apart() ? x_many : &x_one; }
  const Piece* end() const { return begin() + x_size; }
  Piece& operator[](std::size_t i) { return begin()[i]; }
  const Piece& operator[](std::size_t i) const { return begin()[i]; }
  const Piece& front() const { return *begin(); }

 private:
  union {
    Piece x_one{};
    Piece* x_many;  // of x_room, where there is room for several
  };
  std::uint32_t x_size = 0, x_room = 1;

  bool apart() const { return x_room > 1; }
  void give_back() {
    if (apart()) delete[] x_many;
  }
  void take(Pieces& other) {
    x_size = std::exchange(other.x_size, 0);
    x_room = std::exchange(other.x_room, 1);
    if (apart()) x_many = other.x_many;
    else x_one = other.x_one;
  }
  void grow() {
    const std::uint32_t room = std::max<std::uint32_t>(4, 2 * x_room);
    Piece* more = new Piece[room];
    std::copy(begin(), end(), more);
    give_back();
    x_many = more;
    x_room = room;
  }
};

}  // namespace rapporteur
