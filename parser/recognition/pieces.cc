// Stage recognition: joins the pieces of an event.

#include "recognition/pieces.h"

namespace rapporteur {

std::string_view piece_text(const Document& document, const Piece& piece) {
  return document.lines[piece.line].content.substr(piece.range.begin, piece.range.size());
}

std::string joined_text(const Document& document, const Pieces& pieces) {
  std::size_t size = pieces.size();
  for (const Piece& piece : pieces) size += piece.range.size();
  std::string text;
  text.reserve(size);
  for (const Piece& piece : pieces) {
    if (&piece != &pieces.front()) text += ' ';
    text += piece_text(document, piece);
  }
  return text;
}

}  // namespace rapporteur
