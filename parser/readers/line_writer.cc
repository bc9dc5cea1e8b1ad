// Stage readers: the plain rendering of a document without lines.

#include "readers/line_writer.h"

#include <algorithm>
#include <utility>

#include "readers/line_parts.h"

namespace rapporteur {

namespace {

constexpr std::uint16_t most_indent = 200;  // columns; deeper nesting is not drawn

/// Letters and digits, roughly: what carries bold or italic visibly.
std::uint32_t visible_letters(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte >= 0xC3;
  }));
}

/// False for blanks, tabs and no-break blanks alone.
bool anything_visible(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_point(text, at);
    if (point != ' ' && point != '\t' && point != 0xA0) return true;
  }
  return false;
}

bool breaks_lines(char c) { return c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

}  // namespace

void LineWriter::open(const BlockLook& look, std::string_view label) {
  if (x_open) close();
  x_look = look;
  x_look.indent = std::min(x_look.indent, most_indent);
  x_open = true;
  begin_line(false);
  x_labelled = !label.empty();
  x_text += label;
}

void LineWriter::close() {
  if (!x_open) return;
  end_line();
  x_open = false;
  ++x_block;
}

void LineWriter::begin_line(bool broken) {
  x_line = Line{};
  x_letters = {};
  x_labelled = false;
  x_line.span.begin = static_cast<std::uint32_t>(x_text.size());
  x_text.append(x_look.indent, ' ');
  x_content = static_cast<std::uint32_t>(x_text.size());
  x_line.look.broken_before = broken;
  for (Open& mark : x_marks) {
    mark.index = x_line.marks.size();
    x_line.marks.push_back({mark.kind, 0, 0, mark.text});
  }
}

void LineWriter::drop_trailing_blanks() {
  while (x_text.size() > x_content && x_text.back() == ' ') x_text.pop_back();
  const std::uint32_t length = column();
  for (Mark& mark : x_line.marks) {
    mark.begin = std::min(mark.begin, length);
    mark.end = std::min(mark.end, length);
  }
}

void LineWriter::end_line() {
  for (const Open& mark : x_marks) x_line.marks[mark.index].end = column();
  drop_trailing_blanks();
  if (!anything_visible(std::string_view(x_text).substr(x_content)) && x_look.kind != LineKind::raw) {
    x_text.resize(x_line.span.begin);
    return;
  }
  std::erase_if(x_line.marks, [](const Mark& mark) {
    return mark.begin == mark.end && mark.kind != MarkKind::image && mark.kind != MarkKind::footnote &&
           mark.kind != MarkKind::raw && mark.kind != MarkKind::cell;
  });
  Look& look = x_line.look;
  look.heading = x_look.heading;
  look.centred = x_look.centred;
  look.quote_depth = x_look.quote_depth;
  look.list_depth = x_look.list_depth;
  look.indent = x_look.indent;
  look.label_inferred = x_labelled;
  look.bold = x_look.bold || (x_letters.all > 0 && x_letters.bold == x_letters.all);
  look.italic = x_letters.all > 0 && x_letters.italic == x_letters.all;
  const bool first_of_block = x_lines.empty() || x_lines.back().block != x_block;
  look.blank_before = first_of_block && !x_lines.empty() ? x_look.blank_before : 0;
  if (first_of_block) look.broken_before = false;
  x_line.kind = x_look.kind;
  x_line.block = x_block;
  x_line.number = static_cast<std::uint32_t>(x_lines.size()) + 1;
  x_line.span.end = static_cast<std::uint32_t>(x_text.size());
  x_contents.push_back(x_content);
  x_origins.push_back(x_look.kind == LineKind::table_row ? ~0u : x_origin);
  x_lines.push_back(std::move(x_line));
  x_text += '\n';
}

void LineWriter::text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::find_if(text.begin(), text.end(), breaks_lines) - text.begin();
    const std::string_view part = text.substr(0, end);
    const std::uint32_t letters = visible_letters(part);
    x_letters.all += letters;
    if (x_bold > 0) x_letters.bold += letters;
    if (x_italic > 0) x_letters.italic += letters;
    x_text += part;
    if (end == text.size()) return;
    x_look.kind == LineKind::code ? line_break() : blank();
    text.remove_prefix(end + 1);
  }
}

void LineWriter::blank() {
  if (column() > 0 && x_text.back() != ' ' && x_text.back() != '\t') x_text += ' ';
}

void LineWriter::line_break() {
  if (x_look.kind == LineKind::table_row) {
    const std::uint32_t at = column();
    const bool broken = !x_line.marks.empty() && x_line.marks.back().kind == MarkKind::line_break && x_line.marks.back().end == at;
    if (at == x_cell_begin || broken) return;
    x_text += ' ';
    x_line.marks.push_back({MarkKind::line_break, at, at + 1, {}});
    return;
  }
  end_line();
  begin_line(true);
}

void LineWriter::next_row() {
  end_line();
  begin_line(false);
}

void LineWriter::open_mark(MarkKind kind, std::string text) {
  x_marks.push_back({kind, std::move(text), x_line.marks.size()});
  x_line.marks.push_back({kind, column(), column(), x_marks.back().text});
}

void LineWriter::close_mark() {
  x_line.marks[x_marks.back().index].end = column();
  x_marks.pop_back();
}

void LineWriter::point_mark(MarkKind kind, std::string text) {
  x_line.marks.push_back({kind, column(), column(), std::move(text)});
}

void LineWriter::open_cell(std::uint16_t colspan, std::uint16_t rowspan, bool header) {
  if (column() > 0) x_text += '\t';
  x_cell_mark = x_line.marks.size();
  x_cell_begin = column();
  Mark cell{MarkKind::cell, column(), column(), {}};
  cell.colspan = colspan;
  cell.rowspan = rowspan;
  cell.header = header;
  x_line.marks.push_back(std::move(cell));
}

void LineWriter::close_cell() {
  while (column() > x_cell_begin && x_text.back() == ' ') x_text.pop_back();
  const std::uint32_t end = column();
  for (std::size_t i = x_cell_mark + 1; i < x_line.marks.size(); ++i) {
    x_line.marks[i].begin = std::min(x_line.marks[i].begin, end);
    x_line.marks[i].end = std::min(x_line.marks[i].end, end);
  }
  x_line.marks[x_cell_mark].end = end;
}

void LineWriter::raw_line(std::string_view markup) {
  BlockLook look;
  look.kind = LineKind::raw;
  look.blank_before = 0;
  open(look);
  point_mark(MarkKind::raw, std::string(markup));
  close();
}

Document LineWriter::finish(SourceInfo info) {
  if (x_open) close();
  Document document;
  document.source = std::make_shared<const Source>(std::move(info), std::move(x_text));
  document.lines = std::move(x_lines);
  TextStore store(document.store);
  for (std::size_t i = 0; i < document.lines.size(); ++i) {
    Line& line = document.lines[i];
    line.content = document.source->text({x_contents[i], line.span.end});
    line.content_to_source.set_base(x_contents[i]);
    const std::uint8_t classes = byte_classes(line.content);
    const std::size_t label = line.look.label_inferred ? std::min(line.content.find(' '), line.content.size()) : 0;
    line.look.capitals = all_capitals(line.content.substr(label), label == 0 ? classes : byte_classes(line.content.substr(label)));
    make_match(line, classes, store);
  }
  return document;
}

}  // namespace rapporteur
