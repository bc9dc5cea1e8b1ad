// Stage readers: the printed form of lines, and the check that no visible byte of a source lies outside all of them.

#include "readers/dump.h"

#include <fmt/format.h>

#include "readers/line_parts.h"

namespace rapporteur {

namespace {

std::string_view kind_name(LineKind kind) {
  switch (kind) {
    case LineKind::text: return "text";
    case LineKind::table_row: return "row";
    case LineKind::rule: return "rule";
    case LineKind::raw: return "raw";
    case LineKind::code: return "code";
    case LineKind::note: return "note";
  }
  return "?";
}

std::string_view mark_name(MarkKind kind) {
  switch (kind) {
    case MarkKind::strong: return "strong";
    case MarkKind::emph: return "emph";
    case MarkKind::sup: return "sup";
    case MarkKind::sub: return "sub";
    case MarkKind::code: return "code";
    case MarkKind::strike: return "strike";
    case MarkKind::link: return "link";
    case MarkKind::image: return "image";
    case MarkKind::cell: return "cell";
    case MarkKind::footnote: return "footnote";
    case MarkKind::raw: return "raw";
    case MarkKind::line_break: return "break";
    case MarkKind::inserted: return "inserted";
    case MarkKind::deleted: return "deleted";
  }
  return "?";
}

std::string quoted(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '\t') out += "\\t";
    else out += c;
  }
  return fmt::format("\"{}\"", out);
}

std::string look_words(const Look& look) {
  std::string out;
  const auto number = [&out](std::string_view name, unsigned value) {
    if (value != 0) out += fmt::format(" {}={}", name, value);
  };
  const auto flag = [&out](std::string_view name, bool set) {
    if (set) out += fmt::format(" {}", name);
  };
  number("page", look.page);
  flag("page-begins", look.page_begins);
  number("blank", look.blank_before);
  number("indent", look.indent);
  number("heading", look.heading);
  number("quote", look.quote_depth);
  number("list", look.list_depth);
  flag("broken", look.broken_before);
  flag("bold", look.bold);
  flag("italic", look.italic);
  flag("capitals", look.capitals);
  flag("centred", look.centred);
  flag("inferred", look.label_inferred);
  return out;
}

std::string mark_words(const Mark& mark) {
  std::string out = fmt::format(" {}[{},{}]", mark_name(mark.kind), mark.begin, mark.end);
  if (mark.header) out += "header";
  if (mark.colspan != 1 || mark.rowspan != 1) out += fmt::format("{}x{}", mark.colspan, mark.rowspan);
  if (!mark.text.empty()) out += fmt::format("={}", quoted(mark.text));
  return out;
}

/// Offset of the first visible code point of source bytes [begin, end), or `end`.
std::uint32_t first_visible(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  for (std::size_t at = begin; at < end;) {
    const auto here = static_cast<std::uint32_t>(at);
    const char32_t point = next_point(text, at);
    if (!is_blank_point(point) && point != '\n' && point != '\r' && point != '\f' && !is_invisible_point(point)) return here;
  }
  return end;
}

}  // namespace

std::string dump_lines(const Document& document) {
  std::string out;
  for (const Line& line : document.lines) {
    out += fmt::format("{} {} b{}{} {}", line.number, kind_name(line.kind), line.block, look_words(line.look), quoted(line.content));
    if (line.match != line.content) out += fmt::format(" match={}", quoted(line.match));
    for (const Mark& mark : line.marks) out += mark_words(mark);
    out += '\n';
  }
  return out;
}

Diagnostics check_coverage(const Document& document) {
  Diagnostics found;
  const Source& source = *document.source;
  const auto size = static_cast<std::uint32_t>(source.text().size());
  std::uint32_t covered = 0;
  const auto check_gap = [&](std::uint32_t end) {
    const std::uint32_t at = first_visible(source.text(), covered, end);
    if (at < end)
      found.push_back(diagnostic_at(source, {at, end}, Severity::error, "R001", "the reader left out visible text",
                                    "this is a fault of the program: report it with the file"));
  };
  for (const Line& line : document.lines) {
    if (line.span.begin < covered || line.span.end < line.span.begin || line.span.end > size) {
      found.push_back(diagnostic_at(source, line.span, Severity::error, "R001", "the reader's lines overlap",
                                    "this is a fault of the program: report it with the file"));
      continue;
    }
    check_gap(line.span.begin);
    covered = line.span.end;
  }
  check_gap(size);
  return found;
}

}  // namespace rapporteur
