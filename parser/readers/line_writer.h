// Stage readers: builds the plain rendering of a document that has no lines of its own, and its Lines with it.
//
// A word processor file becomes a Source with one line per paragraph, or per part of one up to a line break, indented
// by four columns a level, with list labels written out. Spans and line numbers then mean something to a person:
// they point into this rendering, which `--to blocks` shows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "readers/line.h"

namespace rapporteur {

/// What the lines of one block have in common.
struct BlockLook {
  LineKind kind = LineKind::text;
  std::uint8_t heading = 0;
  bool centred = false;
  bool bold = false;              ///< bold by its style, whatever its letters say
  std::uint8_t quote_depth = 0;
  std::uint8_t list_depth = 0;
  std::uint16_t indent = 0;       ///< columns
  std::uint16_t blank_before = 1;
};

/// Written to in document order; `finish` hands the result over. One use each.
class LineWriter {
 public:
  /// Opens a block. `label` ("7. ", "(a) "), where not empty, was counted and not printed in the document.
  void open(const BlockLook& look, std::string_view label = {});
  /// Closes it. A block without words leaves no line.
  void close();
  bool is_open() const { return x_open; }

  void text(std::string_view text);
  void blank();                       ///< one blank; none at the front of a line
  void line_break();                  ///< goes on in a new line of the same block; a marked blank in a table row
  void next_row();                    ///< another row of the same table
  void open_mark(MarkKind kind, std::string text = {});
  void close_mark();                  ///< of the mark opened last
  void point_mark(MarkKind kind, std::string text);  ///< a mark without width
  void open_cell(std::uint16_t colspan, std::uint16_t rowspan, bool header);
  void close_cell();
  void raw_line(std::string_view markup);

  /// Styles that count towards Look::bold and Look::italic of the line.
  void bold(int by) { x_bold += by; }
  void italic(int by) { x_italic += by; }

  /// A number that the lines written from now on carry, for whoever wants to know where they came from.
  void set_origin(std::uint32_t origin) { x_origin = origin; }
  const std::vector<std::uint32_t>& origins() const { return x_origins; }

  std::size_t lines() const { return x_lines.size(); }
  bool too_long() const { return x_text.size() > most_text; }

  /// Makes the Document; the writer is empty afterwards.
  Document finish(SourceInfo info);

 private:
  static constexpr std::size_t most_text = 0xf0000000;
  struct Open {
    MarkKind kind;
    std::string text;
    std::size_t index;  // in the line's marks
  };
  struct Letters {
    std::uint32_t all = 0, bold = 0, italic = 0;
  };

  void begin_line(bool broken);
  void end_line();
  void drop_trailing_blanks();
  std::uint32_t column() const { return static_cast<std::uint32_t>(x_text.size()) - x_content; }

  std::string x_text;
  std::vector<Line> x_lines;
  std::vector<std::uint32_t> x_origins;
  std::uint32_t x_origin = 0;
  std::vector<std::uint32_t> x_contents;  // where each line's content begins
  BlockLook x_look;
  Line x_line;
  Letters x_letters;
  std::vector<Open> x_marks;
  std::uint32_t x_content = 0;
  std::uint32_t x_block = 0;
  std::uint32_t x_cell_begin = 0;
  std::size_t x_cell_mark = 0;
  int x_bold = 0, x_italic = 0;
  bool x_open = false;
  bool x_labelled = false;
};

}  // namespace rapporteur
