// Stage recognition: the words of an event, put together from its pieces.
//
// Hits are byte ranges of this joined text, so recognition and the model must join alike; hence one function.
#pragma once

#include <string>
#include <string_view>

#include "readers/line.h"
#include "recognition/events.h"

namespace rapporteur {

/// Content bytes of one piece.
std::string_view piece_text(const Document& document, const Piece& piece);

/// Contents of the pieces joined by one blank (' '), also where a hard break or a page break stands between them.
std::string joined_text(const Document& document, const Pieces& pieces);
/// The same without memory of its own: of one piece its content, of several what `room` is made to hold.
std::string_view joined_text(const Document& document, const Pieces& pieces, std::string& room);

}  // namespace rapporteur
