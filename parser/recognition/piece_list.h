// Stage recognition: the pieces of one part of an event. Most parts have one, which needs no memory of its own.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <memory>
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
  Pieces(Pieces&& other) noexcept : x_one(other.x_one), x_many(std::move(other.x_many)), x_size(std::exchange(other.x_size, 0)), x_room(std::exchange(other.x_room, 1)) {}
  Pieces& operator=(Pieces other) noexcept {
    std::swap(x_one, other.x_one);
    std::swap(x_many, other.x_many);
    std::swap(x_size, other.x_size);
    std::swap(x_room, other.x_room);
    return *this;
  }

  void push_back(const Piece& piece) {
    if (x_size == x_room) grow();
    begin()[x_size++] = piece;
  }
  void clear() { x_size = 0; }

  bool empty() const { return x_size == 0; }
  std::size_t size() const { return x_size; }
  Piece* begin() { return x_many ? x_many.get() : &x_one; }
  Piece* end() { return begin() + x_size; }
  const Piece* begin() const { return x_many ? x_many.get() : &x_one; }
  const Piece* end() const { return begin() + x_size; }
  Piece& operator[](std::size_t i) { return begin()[i]; }
  const Piece& operator[](std::size_t i) const { return begin()[i]; }
  const Piece& front() const { return *begin(); }

 private:
  Piece x_one;
  std::unique_ptr<Piece[]> x_many;  // where there were ever several; x_one counts no more then
  std::uint32_t x_size = 0, x_room = 1;

  void grow() {
    const std::uint32_t room = std::max<std::uint32_t>(4, 2 * x_room);
    auto more = std::make_unique_for_overwrite<Piece[]>(room);
    std::copy(begin(), end(), more.get());
    x_many = std::move(more);
    x_room = room;
  }
};

}  // namespace rapporteur
