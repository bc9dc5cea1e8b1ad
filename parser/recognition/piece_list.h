// Stage recognition: the pieces of one part of an event. Most parts have one, which needs no memory of its own.
#pragma once

#include <cstdint>
#include <type_traits>

#include "rapporteur/sequence.h"
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

/// The pieces of one part, in the order in which they are read.
using Pieces = Sequence<Piece>;

}  // namespace rapporteur
