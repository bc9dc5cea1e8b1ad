// Stage readers: margins of pages, centred and underlined lines. What is usual, the document's own running lines tell.

#include "readers/layout.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <utf8proc.h>

#include "readers/line_parts.h"

namespace rapporteur {

namespace {

constexpr std::uint32_t widest = 160;  // longer lines are paragraphs that nobody wrapped: they tell no line length

struct Measure {
  std::uint32_t margin = 0;
  std::uint32_t right = 0;  ///< column at which full lines end
};

Measure measure(const Document& document) {
  std::array<std::uint32_t, widest + 1> margins{}, ends{};
  std::uint32_t counted = 0;
  for (const Line& line : document.lines) {
    if (line.kind != LineKind::text) continue;
    const auto bytes = static_cast<std::uint32_t>(line.content.size());
    if (bytes >= 30 && line.look.indent <= widest) margins[line.look.indent] += 1;
    if (bytes > 4 * widest) continue;
    const std::uint32_t end = line.look.indent + columns_of(line.content);
    if (end > widest || bytes < 30) continue;
    ++ends[end];
    ++counted;
  }
  Measure found;
  found.margin = static_cast<std::uint32_t>(std::max_element(margins.begin(), margins.end()) - margins.begin());
  std::uint32_t beyond = 0;  // the column that one running line in ten reaches or passes
  found.right = widest;
  while (found.right > 0 && (beyond += ends[found.right]) * 10 < counted) --found.right;
  if (counted < 5) found.right = found.margin + 72;
  return found;
}

bool is_centred(const Line& line, const Measure& usual) {
  if (line.look.indent < usual.margin + 8) return false;
  const std::uint32_t end = line.look.indent + columns_of(line.content);
  if (end + 4 > usual.right) return false;
  const std::uint32_t left = line.look.indent - usual.margin, right = usual.right - end;
  const std::uint32_t off = left > right ? left - right : right - left;
  return off <= std::max<std::uint32_t>(6, (left + right) / 4);
}

constexpr std::uint32_t least_running_lines = 5;  // a page with fewer tells no margin
constexpr std::size_t running_bytes = 30;

struct Page {
  std::size_t begin, end;      ///< its lines
  std::optional<int> margin;   ///< where most of its running lines begin
};

std::optional<int> margin_of(const std::vector<Line>& lines, std::size_t begin, std::size_t end) {
  std::array<std::uint32_t, widest + 1> margins{};
  std::uint32_t running = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const Line& line = lines[i];
    if (line.kind != LineKind::text || line.content.size() < running_bytes || line.look.indent > widest) continue;
    ++margins[line.look.indent];
    ++running;
  }
  const auto usual = std::max_element(margins.begin(), margins.end());
  if (running < least_running_lines || *usual * 2 < running) return std::nullopt;
  return static_cast<int>(usual - margins.begin());
}

}  // namespace

std::uint32_t columns_of(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void even_out_margins(Document& document) {
  if (!document.paged) return;
  std::vector<Line>& lines = document.lines;
  std::vector<Page> pages;
  std::array<std::uint32_t, widest + 1> times{};
  for (std::size_t begin = 0, end; begin < lines.size(); begin = end) {
    for (end = begin + 1; end < lines.size() && lines[end].look.page == lines[begin].look.page; ++end) {}
    pages.push_back({begin, end, margin_of(lines, begin, end)});
    if (pages.back().margin) ++times[static_cast<std::size_t>(*pages.back().margin)];
  }
  const int usual = static_cast<int>(std::max_element(times.begin(), times.end()) - times.begin());
  for (const Page& page : pages) {
    const int shift = page.margin ? usual - *page.margin : 0;
    for (std::size_t i = page.begin; shift != 0 && i < page.end; ++i)
      lines[i].look.indent = static_cast<std::uint16_t>(std::clamp(lines[i].look.indent + shift, 0, 0xffff));
  }
}

namespace {

enum class Underline : std::uint8_t { none, close, far };  // how the stroke below a line fits its words

Underline underline_of(const std::vector<Line>& lines, std::size_t i) {
  const Line& line = lines[i];
  const Line& rule = lines[i + 1];
  if (line.kind != LineKind::text || rule.kind != LineKind::rule || rule.block != line.block) return Underline::none;
  if (i > 0 && lines[i - 1].block == line.block && lines[i - 1].kind != LineKind::rule) return Underline::none;
  const char stroke = rule.content.empty() ? ' ' : rule.content[0];
  if ((stroke != '=' && stroke != '-' && stroke != '~') || rule.content.find_first_not_of(stroke) != std::string_view::npos) return Underline::none;
  const std::uint32_t words = columns_of(line.content), strokes = columns_of(rule.content);
  if (words > 100 || strokes * 10 < words * 7 || rule.look.indent > line.look.indent + 4) return Underline::none;
  return strokes > words + words / 4 + 6 ? Underline::far : Underline::close;
}

}  // namespace

/// A stroke far longer than the words may part what stands above from what stands below; where it is the document's habit
/// to underline headings, it underlines.
void mark_underlined(Document& document) {
  constexpr std::size_t kHabit = 3;
  std::vector<std::pair<std::size_t, Underline>> found;
  for (std::size_t i = 0; i + 1 < document.lines.size(); ++i)
    if (const Underline underline = underline_of(document.lines, i); underline != Underline::none) found.emplace_back(i, underline);
  const auto close = std::count_if(found.begin(), found.end(), [](const auto& one) { return one.second == Underline::close; });
  for (const auto& [i, underline] : found)
    if (underline == Underline::close || static_cast<std::size_t>(close) >= kHabit) document.lines[i].look.heading = document.lines[i + 1].content[0] == '=' ? 1 : 2;
}

void mark_centred(Document& document) {
  const bool any_indented =
      std::any_of(document.lines.begin(), document.lines.end(), [](const Line& line) { return line.look.indent >= 8; });
  if (!any_indented) return;
  const Measure usual = measure(document);
  for (Line& line : document.lines) {
    if (line.kind == LineKind::text || line.kind == LineKind::rule) line.look.centred = line.look.centred || is_centred(line, usual);
  }
}

namespace {

bool is_one_cell(const Line& line) {
  return line.kind == LineKind::table_row && !line.content.empty() && !line.marks.empty() && line.marks[0].kind == MarkKind::cell &&
         std::count_if(line.marks.begin(), line.marks.end(), [](const Mark& m) { return m.kind == MarkKind::cell; }) == 1;
}

}  // namespace

void open_frames(Document& document) {
  std::vector<Line>& lines = document.lines;
  const auto row = [](const Line& line) { return line.kind == LineKind::table_row; };
  const auto rule = [](const Line& line) { return line.kind == LineKind::rule; };
  std::vector<bool> opened;
  for (auto first = std::find_if(lines.begin(), lines.end(), row); first != lines.end();) {
    const auto last = std::find_if_not(first, lines.end(), row);
    const bool delimited = (first != lines.begin() && rule(first[-1])) || (last != lines.end() && rule(*last));
    if (!delimited && std::all_of(first, last, is_one_cell)) {
      opened.resize(lines.size());
      for (auto line = first; line != last; ++line) {
        line->kind = LineKind::text;
        line->marks.erase(line->marks.begin());
        opened[static_cast<std::size_t>(line - lines.begin())] = true;
      }
    }
    first = std::find_if(last, lines.end(), row);
  }
  std::uint32_t before = 0, added = 0;  // to the numbers of blocks: an opened line is a paragraph
  for (std::size_t i = 0; i < opened.size(); ++i) {
    if (i > 0 && lines[i].block == before && (opened[i] || opened[i - 1])) ++added;
    before = lines[i].block;
    lines[i].block += added;
  }
}

namespace {

/// A line that goes on with the sentence of the line above: that one ends in a letter, this one begins with a small one.
bool goes_on(std::string_view above, std::string_view here) {
  std::size_t after = 0, last = above.size();
  while (last > 0 && (static_cast<unsigned char>(above[--last]) & 0xC0) == 0x80) {}
  const auto category = [](char32_t point) { return utf8proc_category(static_cast<utf8proc_int32_t>(point)); };
  const auto end = category(next_point(above, last));
  return (end == UTF8PROC_CATEGORY_LL || end == UTF8PROC_CATEGORY_LU || end == UTF8PROC_CATEGORY_LO || above.back() == ',') && category(next_point(here, after)) == UTF8PROC_CATEGORY_LL;
}

/// Shares of lines that make double spacing: hardly any stands right below another, some stand further apart, and many a
/// sentence goes on behind a blank line.
bool is_double_spaced(const std::vector<Line>& lines) {
  constexpr std::size_t kFewest = 12;
  std::size_t close = 0, apart = 0, running = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::uint16_t blanks = lines[i].look.blank_before;
    close += blanks == 0;
    apart += blanks > 1;
    running += blanks == 1 && !lines[i - 1].content.empty() && !lines[i].content.empty() && goes_on(lines[i - 1].content, lines[i].content);
  }
  return lines.size() >= kFewest && close * 10 < lines.size() && apart * 20 > lines.size() && running * 5 > lines.size();
}

}  // namespace

void close_double_spacing(Document& document) {
  std::vector<Line>& lines = document.lines;
  if (!is_double_spaced(lines)) return;
  const auto plain = [](const Line& line) { return line.kind == LineKind::text && line.look.heading == 0; };
  std::uint32_t block = 0, before = 0;  // the block of the line above: what it is now, and what it was
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Line& line = lines[i];
    const bool closes_up = i > 0 && line.look.blank_before == 1 && !line.look.page_begins && plain(line) && plain(lines[i - 1]);
    if (i == 0 || (line.block != before && !closes_up)) ++block;
    before = std::exchange(line.block, block);
    if (line.look.blank_before > 0) --line.look.blank_before;
  }
}

}  // namespace rapporteur
