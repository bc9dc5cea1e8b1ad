// Stage readers: writing the tokens of inline Markdown as contents and marks, line by line. A range that spans several
// lines becomes one mark on each of them.

#include <algorithm>

#include "readers/markdown_inline.h"

namespace rapporteur {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

bool vanishes_when_empty(const Mark& mark) {
  switch (mark.kind) {
    case MarkKind::strong:
    case MarkKind::emph:
    case MarkKind::sup:
    case MarkKind::sub:
    case MarkKind::code:
    case MarkKind::strike: return mark.begin == mark.end;
    case MarkKind::link:
    case MarkKind::image:
    case MarkKind::cell:
    case MarkKind::footnote:
    case MarkKind::raw:
    case MarkKind::line_break:
    case MarkKind::inserted:
    case MarkKind::deleted: return false;
  }
  return false;
}

/// Tags within a sentence; any other stands for a gap between words.
bool phrasing_tag(std::string_view tag) {
  std::string name;
  for (std::size_t at = tag.starts_with("</") ? 2 : 1; at < tag.size() && tag[at] > ' ' && tag[at] != '>' && tag[at] != '/'; ++at)
    name += static_cast<char>(tag[at] | 32);
  constexpr std::string_view names[] = {"a", "b", "i", "u", "s", "em", "del", "ins", "sub", "sup", "code", "font", "mark", "span", "small", "strong"};
  return tag.starts_with("<!--") || std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

void InlineScanner::scan_paragraph(const std::vector<InlineSegment>& segments) {
  tokenize(segments, false);
  start_line(segments.front().line);
  emit();
  finish_line();
}

void InlineScanner::scan_literal(const InlineSegment& segment) {
  x_single.assign(1, segment);
  tokenize(x_single, true);
  start_line(segment.line);
  emit();
  finish_line();
}

void InlineScanner::scan_row(const std::vector<InlineSegment>& cells, bool header) {
  start_line(cells.front().line);
  for (const InlineSegment& cell : cells) {
    if (&cell != &cells.front()) x_builder.replace(cell.begin, cell.begin, "\t");
    const std::size_t mark = line().marks.size();
    line().marks.push_back({MarkKind::cell, x_builder.size(), 0, {}, 1, 1, header});
    x_single.assign(1, cell);
    tokenize(x_single, false);
    emit();
    line().marks[mark].end = x_builder.size();
  }
  finish_line();
}

void InlineScanner::start_line(std::size_t line) {
  x_line = line;
  x_builder.start();
}

void InlineScanner::finish_line() {
  Line& done = line();
  x_builder.finish(done, done.span.begin);
  std::erase_if(done.marks, vanishes_when_empty);
}

void InlineScanner::emit() {
  x_open.clear();
  x_written = 0;
  for (std::size_t i = 0; i < x_tokens.size(); ++i) {
    if (x_tokens[i].kind != Kind::segment_end) emit_token(x_tokens[i]);
    else if (i + 1 < x_tokens.size()) emit_line_end();
  }
  while (!x_open.empty()) close_mark(x_open.back().kind);
}

/// Ends a line within a paragraph: marks that are open close here and open again on the next line.
void InlineScanner::emit_line_end() {
  const std::size_t recorded = std::min(x_open.size(), deepest_recorded);
  for (std::size_t i = 0; i < recorded; ++i) line().marks[x_open[i].mark].end = x_builder.size();
  finish_line();
  start_line((*x_segments)[++x_written].line);
  for (std::size_t i = 0; i < recorded; ++i) {
    x_open[i].mark = line().marks.size();
    line().marks.push_back({x_open[i].kind, 0, 0, std::string(x_open[i].text), 1, 1, false});
  }
}

void InlineScanner::open_mark(MarkKind kind, std::string_view text) {
  const bool recorded = x_open.size() < deepest_recorded;
  x_open.push_back({kind, recorded ? line().marks.size() : none, text});
  if (recorded) line().marks.push_back({kind, x_builder.size(), x_builder.size(), std::string(text), 1, 1, false});
}

/// Closes the innermost open mark of this kind. Marks that are open within it (tags may cross emphasis) close too and
/// open again behind it, so that ranges always nest.
void InlineScanner::close_mark(MarkKind kind) {
  std::size_t at = x_open.size();
  while (at > 0 && x_open[at - 1].kind != kind) --at;
  if (at == 0) return;
  --at;
  for (std::size_t i = at; i < std::min(x_open.size(), deepest_recorded); ++i) line().marks[x_open[i].mark].end = x_builder.size();
  x_open.erase(x_open.begin() + static_cast<std::ptrdiff_t>(at));
  for (std::size_t i = at; i < std::min(x_open.size(), deepest_recorded); ++i) {
    x_open[i].mark = line().marks.size();
    line().marks.push_back({x_open[i].kind, x_builder.size(), x_builder.size(), std::string(x_open[i].text), 1, 1, false});
  }
}

void InlineScanner::point_mark(MarkKind kind, std::string_view text) {
  line().marks.push_back({kind, x_builder.size(), x_builder.size(), std::string(text), 1, 1, false});
}

void InlineScanner::emit_delimiter(const Token& token) {
  const Delimiter& run = x_delimiters[token.a];
  const auto mark_of = [&run](std::uint8_t length) {
    return run.character == '~' ? MarkKind::strike : length == 2 ? MarkKind::strong : MarkKind::emph;
  };
  std::uint32_t at = token.begin;
  for (std::int32_t i = run.closes; i >= 0; i = x_uses[static_cast<std::size_t>(i)].next) {
    const std::uint8_t length = x_uses[static_cast<std::size_t>(i)].length;
    close_mark(mark_of(length));
    at += length;
  }
  x_builder.copy(at, at + run.left);
  for (std::int32_t i = run.opens; i >= 0; i = x_uses[static_cast<std::size_t>(i)].next)
    open_mark(mark_of(x_uses[static_cast<std::size_t>(i)].length));
}

void InlineScanner::emit_raw(const Token& token) {
  const std::string_view markup = part(token.begin, token.end);
  const bool gap = !phrasing_tag(markup) && x_builder.size() > 0;
  point_mark(MarkKind::raw, markup);
  if (gap) x_builder.replace(token.begin, token.end, " ");
}

void InlineScanner::emit_token(const Token& token) {
  switch (token.kind) {
    case Kind::copy: return x_builder.copy(token.begin, token.end);
    case Kind::replace: return x_builder.replace(token.begin, token.end, x_replacements[token.a]);
    case Kind::delimiter: return emit_delimiter(token);
    case Kind::raw: return emit_raw(token);
    case Kind::autolink: {
      const std::string_view address = part(token.a, token.b);
      const bool mail = address.find(':') == std::string_view::npos;
      return point_mark(MarkKind::link, mail ? "mailto:" + std::string(address) : std::string(address));
    }
    case Kind::empty_link: return point_mark(MarkKind::link, part(token.a, token.b));
    case Kind::line_break: {
      const std::uint32_t begin = x_builder.size();
      x_builder.replace(token.begin, token.end, " ");
      line().marks.push_back({MarkKind::line_break, begin, x_builder.size(), {}, 1, 1, false});
      return;
    }
    case Kind::footnote: {
      const std::uint32_t begin = x_builder.size();
      x_builder.copy(token.a, token.b);
      line().marks.push_back({MarkKind::footnote, begin, x_builder.size(), std::string(part(token.a, token.b)), 1, 1, false});
      return;
    }
    case Kind::bracket:
    case Kind::image_bracket: return x_builder.copy(token.begin, token.end);
    case Kind::link_begin: return open_mark(MarkKind::link, part(token.a, token.b));
    case Kind::image_begin: return open_mark(MarkKind::image, part(token.a, token.b));
    case Kind::link_end: return close_mark(MarkKind::link);
    case Kind::image_end: return close_mark(MarkKind::image);
    case Kind::code_begin: return open_mark(MarkKind::code);
    case Kind::code_end: return close_mark(MarkKind::code);
    case Kind::tag_begin: return open_mark(token.mark);
    case Kind::tag_end: return close_mark(token.mark);
    case Kind::segment_end: return;
  }
}

}  // namespace rapporteur
