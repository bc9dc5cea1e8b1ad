// Stage readers: judgements that need the whole document: where pages begin, which lines are centred,
// which underlined, which tables only a frame.
#pragma once

#include "readers/line.h"

namespace rapporteur {

/// Pages have margins of their own: in a book left and right by turns, in a PDF wherever the leftmost mark of the page put
/// them. Moves look.indent so that the running text of every page begins where that of most pages does.
void even_out_margins(Document& document);

/// Sets look.centred on lines that stand far from the document's usual margin with about as much room on either side.
/// Meant for formats whose indentation is layout (plain text); uses look.indent and the visible length of contents.
void mark_centred(Document& document);

/// Rows of a table that has one column are a frame around text (a word processor's box, an OCR's page): each becomes a
/// line of text, a paragraph by itself. A table with a delimiter row keeps its rows.
void open_frames(Document& document);

/// Takes one blank line away between all lines of a text that is typed with double spacing, where every line has one below it
/// and sentences go on across them: what stands two blank lines apart is a block of its own then, and nothing else.
void close_double_spacing(Document& document);

/// Sets look.heading on lines that stand alone above a stroke of their own length: "=====" 1, "-----" 2.
void mark_underlined(Document& document);

/// Code points of `text`, each taken as one column wide.
std::uint32_t columns_of(std::string_view text);

}  // namespace rapporteur
