// Stage grammar: composes patterns from pieces, {{name}}, and keeps the way back to what the author wrote.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/pattern.h"

namespace rapporteur {

/// A mistake in a pattern as written: bytes into the text of the author.
struct PatternFault {
  std::string code, message, help;
  std::uint32_t begin = 0, end = 0;
  bool dependent = false;  ///< a piece that it uses is broken and was reported already
};

/// A pattern with its pieces put in.
struct Expanded {
  std::string text;
  struct Step { std::uint32_t from, to; bool piece; };
  std::vector<Step> steps;           ///< from offsets of `text` to offsets of what the author wrote
  std::vector<std::string> used;     ///< names of the pieces
  std::vector<PatternFault> faults;

  /// Where in the author's text a byte of the expanded text came from; inside a piece: where the piece was called.
  std::uint32_t written_at(std::uint32_t offset) const;
};

/// What a piece is: its expanded text; nothing where there is none of that name; `broken` where it has faults itself.
struct PieceFound { bool known = false; bool broken = false; std::string_view text; };
using FindPiece = std::function<PieceFound(std::string_view name)>;

/// Puts the pieces in and checks the constructs and capture names of `written` itself.
Expanded expand(std::string_view written, const FindPiece& find, const std::vector<std::string>& piece_names);

}  // namespace rapporteur
