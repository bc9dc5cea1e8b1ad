// Stage readers: what every reader produces, whatever the format: lines of words with their look.
//
// A line is the smallest thing that recognition decides about: a physical line of a text file, a source line of
// a Markdown paragraph, a paragraph (or the part of one up to a line break) of a word processor file, a row of a
// table. Typography is kept as evidence (`Look`), never turned into structure here.
//
// Three texts are told apart, and two maps join them:
//   source   the bytes of the Source, spans point here
//   content  what a person reads: markup removed, entities and escapes resolved, every letter kept.
//            This is what the XML prints.
//   match    what patterns see: content with NBSP and other blanks as ' ', invisibles (soft hyphen, zero-width,
//            LRM/RLM, BOM) removed, U+2010/2011 as '-', typographic quotes kept. Usually the very same bytes.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/diagnostic.h"
#include "rapporteur/source.h"

namespace rapporteur {

/// Piecewise map of offsets from one text to another; empty means identity plus `base`.
///
/// Within a step offsets run in parallel. Bytes of the underlying text that have no counterpart (markup) lie between
/// two steps. Where a piece was *replaced* (an entity, an escape), two steps share the `from` behind it: the first
/// tells where the piece ends below, the second where the text goes on.
class OffsetMap {
 public:
  struct Step {
    std::uint32_t from;  ///< offset in the derived text where this step begins
    std::uint32_t to;    ///< offset in the underlying text that it corresponds to
  };
  OffsetMap() = default;
  explicit OffsetMap(std::uint32_t base) : x_base(base) {}

  /// Adds a step; `from` must not fall.
  void add(std::uint32_t from, std::uint32_t to) { x_steps.push_back({from, to}); }
  /// The derived text goes on at `from`, the underlying one at `to`: what lies between has no counterpart.
  void skip_to(std::uint32_t from, std::uint32_t to);
  /// Derived [from, from_end) stands for underlying [to, to_end), as a whole.
  void replaced(std::uint32_t from, std::uint32_t to, std::uint32_t from_end, std::uint32_t to_end);
  const std::vector<Step>& steps() const { return x_steps; }
  bool identity() const { return x_steps.empty(); }
  std::uint32_t base() const { return x_base; }
  void set_base(std::uint32_t base) { x_base = base; }

  /// Offset in the underlying text of a derived offset. The position *before* the derived byte.
  std::uint32_t operator()(std::uint32_t offset) const;
  /// As above for the end of a range: the position *after* the derived byte at offset-1, so that markup that
  /// follows a range is not drawn into it.
  std::uint32_t end_of(std::uint32_t offset) const;

 private:
  std::uint32_t x_base = 0;
  std::vector<Step> x_steps;  // sorted by from
};

enum class LineKind : std::uint8_t {
  text,
  table_row,   ///< its cells are Marks of kind `cell`
  rule,        ///< a horizontal rule, a row of dashes or underscores, a table's delimiter row: no words
  raw,         ///< HTML block or comment of Markdown: kept, never read (content empty, see `raw`)
  code,        ///< line of a fenced or otherwise literal block
  note,        ///< first line of a footnote definition; the label is the Mark of kind `footnote`
};

enum class MarkKind : std::uint8_t { strong, emph, sup, sub, code, strike, link, image, cell, footnote, raw, line_break, inserted, deleted };

/// A range of a line's content that has a property. Ranges nest or are disjoint, sorted by begin, outer first.
struct Mark {
  MarkKind kind;
  std::uint32_t begin = 0;  ///< bytes of content
  std::uint32_t end = 0;
  std::string text;         ///< link or image: the target; raw: the markup; footnote: the label
  std::uint16_t colspan = 1;
  std::uint16_t rowspan = 1;
  bool header = false;      ///< cell of a header row
};

/// How a line looks. Evidence for recognition.
struct Look {
  std::uint8_t heading = 0;       ///< 1..6 for a marked-up heading, else 0
  bool bold = false;              ///< all its letters are bold
  bool italic = false;
  bool centred = false;           ///< indented far from the usual margin with room on both sides, or marked so
  bool capitals = false;          ///< at least two letters, none of them lower case
  bool label_inferred = false;    ///< its list label was counted by a reader, not printed in the source
  bool broken_before = false;     ///< it continues its paragraph after a hard line break
  bool page_begins = false;       ///< the first line after a form feed or page break
  std::uint8_t quote_depth = 0;   ///< block quote nesting (255 at most)
  std::uint8_t list_depth = 0;    ///< nesting in the format's own lists
  std::uint16_t indent = 0;       ///< columns before the first visible character; a tab reaches the next multiple of 4
  std::uint16_t blank_before = 0; ///< blank lines (or paragraph gaps) before it
  std::uint16_t page = 0;         ///< 1-based page where the format knows pages, else 0
};

struct Line {
  LineKind kind = LineKind::text;
  Span span;                  ///< bytes of the source it covers, markup and indentation included, line end excluded
  std::uint32_t number = 1;   ///< 1-based line of the source where it begins
  std::uint32_t block = 0;    ///< lines of one paragraph (no blank line between) share this number
  std::string_view content;   ///< in the Source or in the Document's own store; lives as long as the Document
  std::string_view match;     ///< usually content itself
  OffsetMap content_to_source;
  OffsetMap match_to_content;
  Look look;
  std::vector<Mark> marks;

  Span source_span(Span content_range) const {
    return {content_to_source(content_range.begin), content_to_source.end_of(content_range.end)};
  }
  Span content_range(Span match_range) const {
    return {match_to_content(match_range.begin), match_to_content.end_of(match_range.end)};
  }
  /// The other way: the bytes of `match` that stand for a range of the content (a mark's). Logarithmic in the line.
  Span match_range(Span content_range) const;
};

/// Fields that a format states outside the running text (header parts of DOCX, metadata of HTML).
struct OutsideText {
  std::string where;  ///< "word/header1.xml"
  std::string text;
};

/// What a reader makes of one Source. Movable, not copyable: lines point into `store` and `source`.
struct Document {
  SourcePtr source;
  std::vector<Line> lines;            ///< in document order; blank lines have no entry
  std::vector<OutsideText> outside;
  std::deque<std::string> store;      ///< owns texts that are no substring of the source
  Diagnostics diagnostics;
  bool paged = false;                 ///< form feeds or page breaks were seen
  bool words_exact = true;            ///< false where the reader is known to lose text (ODT, RTF)

  Document() = default;
  Document(Document&&) = default;
  Document& operator=(Document&&) = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
};

}  // namespace rapporteur
