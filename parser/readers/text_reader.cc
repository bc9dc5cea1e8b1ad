// Stage readers: plain text. One pass over the bytes; nothing is copied but rows of tables and lines with invisibles.

#include "readers/text_reader.h"

#include <algorithm>

#include "readers/layout.h"
#include "readers/line_parts.h"

namespace rapporteur {

namespace {

/// How many physical lines a row of a pipe table may take.
constexpr int longest_row = 12;

/// One hash alone may be a comment or a number sign. It marks headings where at least three lines begin so and each of
/// them stands between blank lines.
bool one_hash_marks_headings(std::string_view text) {
  constexpr std::uint32_t kHabit = 3;
  if (text.find("# ") == std::string_view::npos) return false;
  std::uint32_t marked = 0;
  for (std::size_t at = text.starts_with("# ") ? 0 : text.find("\n# "); at != std::string_view::npos; at = text.find("\n# ", at + 1)) {
    const std::size_t end = text.find('\n', at + 1);
    const bool above = at == 0 || text[at - 1] == '\n' || text.substr(0, at).ends_with("\n\r");
    const bool below = end == std::string_view::npos || end + 1 >= text.size() || text[end + 1] == '\n' || text[end + 1] == '\r';
    if (!above || !below) return false;
    ++marked;
  }
  return marked >= kHabit;
}

/// "### Next steps": plain text that marks its headings as Markdown does. How many bytes the mark takes, its blank
/// included; 0 for none.
std::uint32_t heading_hashes(std::string_view words, std::size_t fewest) {
  const std::size_t hashes = std::min(words.find_first_not_of('#'), words.size());
  if (hashes < fewest || hashes > 6 || hashes + 1 >= words.size() || words[hashes] != ' ' || words[hashes + 1] == ' ') return 0;
  return static_cast<std::uint32_t>(hashes + 1);
}

/// "_Item 14_", "**Closing**": a whole line set off as Markdown does. How many bytes the mark takes on either side; 0 for
/// none.
std::uint32_t emphasis_marks(std::string_view words) {
  for (const std::string_view mark : {"**", "_"}) {
    const std::size_t size = mark.size();
    if (words.size() < 2 * size + 3 || !words.starts_with(mark) || !words.ends_with(mark)) continue;
    const std::string_view inside = words.substr(size, words.size() - 2 * size);
    if (inside.find(mark) == std::string_view::npos && inside.front() != ' ' && inside.back() != ' ') return static_cast<std::uint32_t>(size);
  }
  return 0;
}

class TextReader {
 public:
  explicit TextReader(SourcePtr source) : x_cutter(*source), x_store(x_document.store), x_builder(source->text(), x_store) {
    x_text = source->text();
    x_fewest_hashes = one_hash_marks_headings(x_text) ? 1 : 2;
    x_document.lines.reserve(std::min<std::size_t>(source->line_count(), x_text.size() / 24 + 16));
    x_document.source = std::move(source);
  }

  Document read() {
    for (PhysicalLine physical; x_cutter.next(physical);) take(physical);
    x_document.paged = x_cutter.paged();
    open_frames(x_document);
    close_double_spacing(x_document);
    even_out_margins(x_document);
    mark_centred(x_document);
    mark_underlined(x_document);
    return std::move(x_document);
  }

 private:
  void take(const PhysicalLine& physical) {
    x_page_begins = x_page_begins || physical.page_begins;
    const std::string_view text = x_text.substr(physical.begin, physical.end - physical.begin);
    const Visible visible = visible_part(text);
    if (visible.empty()) {
      ++x_blanks;
      return;
    }
    Line& line = begin_line(physical, visible);
    std::string_view words = text.substr(visible.begin, visible.end - visible.begin);
    if (words.front() == '|' && take_row(line, physical, words)) return;
    const std::uint32_t hashes = words.front() == '#' ? heading_hashes(words, x_fewest_hashes) : 0;
    words.remove_prefix(hashes);
    if (hashes > 0) line.look.heading = static_cast<std::uint8_t>(hashes - 1);  // and the blank behind them
    const std::uint32_t marks = words.front() == '_' || words.front() == '*' ? emphasis_marks(words) : 0;
    words.remove_prefix(marks);
    words.remove_suffix(marks);
    line.look.bold = marks == 2;
    line.look.italic = marks == 1;
    line.content = words;
    line.content_to_source.set_base(physical.begin + visible.begin + hashes + marks);
    const std::uint8_t classes = byte_classes(words);
    if (!(classes & (lower_letter | upper_letter | digit)) && is_rule(words)) line.kind = LineKind::rule;
    line.look.capitals = all_capitals(words, classes);
    make_match(line, classes, x_store);
  }

  Line& begin_line(const PhysicalLine& physical, const Visible& visible) {
    if (x_blanks > 0 || x_page_begins || x_document.lines.empty()) ++x_block;
    Line& line = x_document.lines.emplace_back();
    line.span = {physical.begin, physical.begin + visible.end};
    line.number = physical.number;
    line.block = x_block;
    line.look.indent = static_cast<std::uint16_t>(std::min<std::uint32_t>(visible.indent, 0xffff));
    line.look.blank_before = static_cast<std::uint16_t>(std::min<std::uint32_t>(x_blanks, 0xffff));
    line.look.page = physical.page;
    line.look.page_begins = x_page_begins;
    x_blanks = 0;
    x_page_begins = false;
    return line;
  }

  /// A row of a pipe table, which begins with `first`; false where no pipe closes it. Moves the cutter behind it.
  bool take_row(Line& line, const PhysicalLine& physical, std::string_view words) {
    if (!(byte_classes(words) & (lower_letter | upper_letter | digit)) && is_rule(words)) return false;
    std::uint32_t end = line.span.end;
    if (words.size() < 2 || words.back() != '|') {
      LineCutter ahead = x_cutter;
      end = closing_pipe(ahead, physical.page);
      if (end == 0) return false;
      x_cutter = ahead;
    }
    line.kind = LineKind::table_row;
    line.span.end = end;
    split_cells(line, static_cast<std::uint32_t>(words.data() - x_text.data()), end);
    const std::uint8_t classes = byte_classes(line.content);
    line.look.capitals = all_capitals(line.content, classes);
    make_match(line, classes, x_store);
    return true;
  }

  /// End of the row that goes on over the following physical lines, 0 where none of them closes it.
  std::uint32_t closing_pipe(LineCutter& ahead, std::uint16_t page) const {
    PhysicalLine next;
    for (int i = 1; i < longest_row && ahead.next(next) && next.page == page; ++i) {
      const std::string_view text = x_text.substr(next.begin, next.end - next.begin);
      const Visible visible = visible_part(text);
      if (visible.empty() || text[visible.begin] == '|') return 0;
      if (text[visible.end - 1] == '|') return next.begin + visible.end;
    }
    return 0;
  }

  /// Content and marks of the row in the source's bytes [begin, end), whose first and last bytes are pipes.
  void split_cells(Line& line, std::uint32_t begin, std::uint32_t end) {
    x_builder.start();
    for (std::uint32_t at = begin + 1; at < end;) {
      const auto pipe_at = static_cast<std::uint32_t>(std::min<std::size_t>(x_text.find('|', at), end - 1));
      if (at > begin + 1) x_builder.replace(at - 1, at, "\t");
      const std::uint32_t cell_begin = x_builder.size();
      copy_cell(at, pipe_at);
      line.marks.push_back({MarkKind::cell, cell_begin, x_builder.size(), {}, 1, 1, false});
      at = pipe_at + 1;
    }
    x_builder.finish(line, begin);
  }

  /// The words of a cell, blanks at its ends left out, line ends as one blank.
  void copy_cell(std::uint32_t begin, std::uint32_t end) {
    bool first = true;
    std::uint32_t last_end = begin;
    while (begin < end) {
      const auto stop = static_cast<std::uint32_t>(std::min<std::size_t>(x_text.find_first_of("\r\n", begin), end));
      const Visible visible = visible_part(x_text.substr(begin, stop - begin));
      if (!visible.empty()) {
        if (!first) x_builder.replace(last_end, begin + visible.begin, " ");
        x_builder.copy(begin + visible.begin, begin + visible.end);
        last_end = begin + visible.end;
        first = false;
      }
      begin = stop + 1;
    }
  }

  Document x_document;
  LineCutter x_cutter;
  TextStore x_store;
  ContentBuilder x_builder;
  std::string_view x_text;
  std::uint32_t x_blanks = 0;
  std::uint32_t x_block = 0;
  bool x_page_begins = false;
  std::size_t x_fewest_hashes = 2;
};

}  // namespace

Document read_text(SourcePtr source) { return TextReader(std::move(source)).read(); }

}  // namespace rapporteur
