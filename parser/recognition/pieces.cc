// Stage recognition: joins the pieces of an event.

#include "recognition/pieces.h"

#include <utility>

namespace rapporteur {

std::string_view piece_text(const Document& document, const Piece& piece) {
  return document.lines[piece.line].content.substr(piece.range.begin, piece.range.size());
}

std::string joined_text(const Document& document, const Pieces& pieces) {
  std::string room;
  const std::string_view text = joined_text(document, pieces, room);
  return room.empty() ? std::string(text) : std::move(room);
}

std::string_view joined_text(const Document& document, const Pieces& pieces, std::string& room) {
  room.clear();
  if (pieces.empty()) return {};
  if (pieces.size() == 1) return piece_text(document, pieces.front());
  std::size_t size = pieces.size();
  for (const Piece& piece : pieces) size += piece.range.size();
  room.reserve(size);
  for (const Piece& piece : pieces) {
    if (&piece != pieces.begin()) room += ' ';
    room += piece_text(document, piece);
  }
  return room;
}

}  // namespace rapporteur
