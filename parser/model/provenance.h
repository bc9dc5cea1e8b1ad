// Stage model: places of elements, worked out from the pieces they are made of.
#pragma once

#include "readers/line.h"
#include "recognition/events.h"

namespace rapporteur {

/// Makes `at` cover `more` too: spans and lines; rule and confidence stay.
void widen(Provenance& at, const Provenance& more);

/// Source span and lines of a range of a line's content.
Provenance place_of(const Document& document, std::uint32_t line, Span range);
/// Of one piece.
Provenance place_of(const Document& document, const Piece& piece);
/// Of several; all zero where there are none.
Provenance place_of(const Document& document, const Pieces& pieces);
/// Of all the words of an event, with its rule and confidence.
Provenance place_of(const Document& document, const Event& event);

}  // namespace rapporteur
