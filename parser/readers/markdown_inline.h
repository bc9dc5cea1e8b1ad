// Stage readers: the inline part of Markdown: from the source bytes of a paragraph's lines to contents and marks.
//
// Every byte of content knows its place in the source, and whatever is taken out of the content (targets, tags) stands
// in a Mark: nothing is lost. Two rules go further than CommonMark, because reports are texts that happen to hold some
// Markdown: what stands between `<` and a letter, and the next `>` of the paragraph, is a tag, and what stands in
// `](...)` without blanks is a target: in code spans too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "readers/line.h"
#include "readers/line_parts.h"
#include "readers/markdown_emphasis.h"

namespace rapporteur {

/// The part of one source line (or of one cell) that inline markup is looked for in.
struct InlineSegment {
  std::size_t line = 0;      ///< index into Document::lines
  std::uint32_t begin = 0;   ///< bytes of the source
  std::uint32_t end = 0;
  std::uint8_t classes = 0;  ///< byte classes of [begin, end), where known
};

/// Turns segments into contents. Reused from paragraph to paragraph, so that its buffers are.
class InlineScanner {
 public:
  InlineScanner(std::string_view source, Document& document, TextStore& store)
      : x_source(source), x_document(document), x_builder(source, store), x_store(store) {}

  /// One paragraph: a segment for each of its lines, in order.
  void scan_paragraph(const std::vector<InlineSegment>& segments);
  /// One literal line (of a fenced block): tags, targets and character references only.
  void scan_literal(const InlineSegment& segment);
  /// One row of a table, a segment for each cell; all of the same line. Cells are separated by a tab.
  void scan_row(const std::vector<InlineSegment>& cells, bool header);

 private:
  enum class Kind : std::uint8_t {
    copy, replace, delimiter, raw, autolink, line_break, footnote, segment_end,
    bracket, image_bracket, link_begin, image_begin, link_end, image_end, empty_link,
    code_begin, code_end, tag_begin, tag_end,
  };
  struct Token {
    Kind kind;
    MarkKind mark = MarkKind::strong;  // of a tag pair
    std::uint32_t begin = 0, end = 0;  // source bytes
    std::uint32_t a = 0, b = 0;        // target or label (source bytes); replace, delimiter: a is an index
  };
  struct Run {  // of backticks
    std::uint32_t begin, length;
    std::size_t segment;
  };
  struct Bracket {
    std::size_t token, unpaired;
  };
  struct Target {
    bool good = false;
    std::uint32_t begin = 0, end = 0, after = 0;
  };
  struct Open {
    MarkKind kind;
    std::size_t mark;  // index into the line's marks; npos beyond the depth that is recorded
    std::string_view text;
  };
  static constexpr std::size_t deepest_recorded = 24;

  // reading: source -> tokens
  void tokenize(const std::vector<InlineSegment>& segments, bool literal);
  void special(char c);
  void flush_copy(std::uint32_t end);
  void backslash();
  void backticks();
  void delimiter_run();
  void ampersand();
  void less_than();
  bool comment();
  void tag(std::uint32_t close, std::size_t segment);
  void open_bracket();
  bool footnote_label();
  void close_bracket();
  Target target_at(std::uint32_t at);
  std::uint32_t balanced_end(std::uint32_t at) const;
  std::uint32_t next_of(char wanted, std::uint32_t& known, std::uint32_t at) const;
  void push(Kind kind, std::uint32_t begin, std::uint32_t end, std::uint32_t a = 0, std::uint32_t b = 0);
  void go_on(std::uint32_t at) { x_at = x_copied = at; }
  bool in_code() const { return x_literal || x_code_end != 0; }
  std::uint32_t paragraph_end() const { return x_segments->back().end; }

  // writing: tokens -> contents and marks
  void emit();
  void emit_token(const Token& token);
  void emit_delimiter(const Token& token);
  void emit_raw(const Token& token);
  void emit_line_end();
  void open_mark(MarkKind kind, std::string_view text = {});
  void close_mark(MarkKind kind);
  void point_mark(MarkKind kind, std::string_view text);
  void start_line(std::size_t line);
  void finish_line();
  Line& line() { return x_document.lines[x_line]; }
  std::string_view part(std::uint32_t begin, std::uint32_t end) const { return x_source.substr(begin, end - begin); }

  std::string_view x_source;
  Document& x_document;
  ContentBuilder x_builder;
  TextStore& x_store;

  const std::vector<InlineSegment>* x_segments = nullptr;
  std::vector<InlineSegment> x_single;
  std::size_t x_segment = 0;
  std::uint32_t x_at = 0, x_copied = 0;
  std::uint32_t x_escaped = 0xffffffff;  // where an escaped byte stood last
  std::uint32_t x_code_end = 0;          // where the code span that is open closes; 0: none is
  std::uint32_t x_code_close = 0;        // behind its closing backticks
  std::uint32_t x_next_gt = 0;           // see next_of
  std::uint32_t x_no_target_before = 0;  // a target that begins before this does not close
  std::uint32_t x_no_comment_before = 0; // nor does a comment
  bool x_literal = false;
  bool x_runs_known = false;
  std::vector<Token> x_tokens;
  std::vector<Delimiter> x_delimiters;
  std::vector<DelimiterUse> x_uses;
  std::vector<std::size_t> x_unpaired;   // delimiters that may still pair
  std::vector<Bracket> x_brackets;
  std::vector<std::string> x_replacements;
  std::vector<Run> x_runs;
  std::vector<std::size_t> x_next_run;   // for each run the next one of its length, or npos
  std::size_t x_run = 0;
  std::vector<std::size_t> x_open_tags;  // tokens of <sup> and the like that wait for their end
  std::vector<Open> x_open;
  std::size_t x_line = 0;
  std::size_t x_written = 0;             // segments whose lines are written
};

}  // namespace rapporteur
