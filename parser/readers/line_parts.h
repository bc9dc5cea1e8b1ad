// Stage readers: what the text and the Markdown reader share: cutting a text into physical lines, keeping derived
// texts alive, and judging the letters of a line.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "readers/line.h"

namespace rapporteur {

/// One physical line, without its line end. A form feed ends a line too, and so does a CR that no LF follows.
struct PhysicalLine {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t number = 1;    ///< 1-based line of the Source (whose lines may hold several of these)
  std::uint16_t page = 0;      ///< 1-based; 0 in a text without form feeds
  bool page_begins = false;    ///< the first line after a form feed
};

/// Cuts a Source's text into physical lines, front to back, in one pass.
class LineCutter {
 public:
  explicit LineCutter(const Source& source);
  /// The next line into `line`; false at the end.
  bool next(PhysicalLine& line);
  bool paged() const { return x_paged; }
  /// Goes on at byte `offset`, which must not lie before the line last returned.
  void resume_at(std::uint32_t offset);

 private:
  std::uint32_t line_end();

  const Source* x_source;     // knows where lines that end in LF begin
  std::string_view x_text;
  std::uint32_t x_at = 0;
  std::uint32_t x_number = 1;
  std::uint16_t x_page = 0;
  char x_counted = '\n';      // the line end that Source counts
  bool x_paged = false;
  std::size_t x_next_cr = 0;  // where the next one lies at or behind x_at; npos: none
  std::size_t x_next_ff = 0;
  bool x_page_begins = false;
};

/// Classes of bytes, or-ed over a line.
enum ByteClass : std::uint8_t {
  lower_letter = 1,
  upper_letter = 2,
  digit = 4,
  beyond_ascii = 8,
  control = 16,     ///< C0 controls but tab, and DEL
  pipe = 32,
  markup = 64,      ///< a byte that can mean something in Markdown's inline text
  mark = 128,       ///< any other visible ASCII
};
std::uint8_t byte_classes(std::string_view text);

/// Columns that the blanks and tabs at the front of `text` take, and how many bytes they are.
struct Indent {
  std::uint32_t columns = 0;
  std::uint32_t bytes = 0;
};
Indent indent_of(std::string_view text, std::uint32_t column = 0);

/// Whether patterns see this code point as a blank, or not at all (zero-width and direction marks, soft hyphen).
bool is_blank_point(char32_t point);
bool is_invisible_point(char32_t point);

/// The part of a physical line between its indentation and the blanks at its end; bytes relative to `text`.
struct Visible {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t indent = 0;  ///< columns
  bool empty() const { return begin == end; }
};
Visible visible_part(std::string_view text);

/// At least two letters, and none of them lower case. `classes` are those of `text`.
bool all_capitals(std::string_view text, std::uint8_t classes);

/// A row of ornaments: three marks or more of dashes, underscores, equals signs, asterisks and the like.
bool is_rule(std::string_view text);

/// Keeps texts in large pieces. The views stay good as long as the store lives, also when it is moved.
class TextStore {
 public:
  explicit TextStore(std::deque<std::string>& store) : x_store(store) {}
  std::string_view keep(std::string_view text);

 private:
  std::deque<std::string>& x_store;
};

/// Builds the content of one line from pieces of the source, and the map back. A line that is one piece costs nothing.
class ContentBuilder {
 public:
  ContentBuilder(std::string_view source, TextStore& store) : x_source(source), x_store(store) {}
  void start() { x_text.clear(), x_map = OffsetMap(), x_begin = x_end = 0, x_single = true; }
  /// Bytes of content so far.
  std::uint32_t size() const { return x_single ? x_end - x_begin : static_cast<std::uint32_t>(x_text.size()); }
  /// The source's bytes [begin, end) as they stand.
  void copy(std::uint32_t begin, std::uint32_t end);
  /// `text` for the source's bytes [begin, end).
  void replace(std::uint32_t begin, std::uint32_t end, std::string_view text);
  /// Puts content and map into the line. `at`: offset in the source for a content without any piece.
  void finish(Line& line, std::uint32_t at);

 private:
  void spill();

  std::string_view x_source;
  TextStore& x_store;
  std::string x_text;
  OffsetMap x_map;
  std::uint32_t x_begin = 0, x_end = 0;  // the last piece copied; the only one where x_single
  bool x_single = true;
};

/// Decodes the code point at `at` of valid UTF-8 and moves `at` behind it.
char32_t next_point(std::string_view text, std::size_t& at);

/// Fills line.match and line.match_to_content from line.content; `classes` are those of the content.
void make_match(Line& line, std::uint8_t classes, TextStore& store);

}  // namespace rapporteur
