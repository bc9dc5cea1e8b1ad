// Stage readers: centred and underlined lines. The usual margin and line length are those of the document's own running lines.

#include "readers/layout.h"

#include <algorithm>
#include <array>

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

}  // namespace

std::uint32_t columns_of(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void mark_underlined(Document& document) {
  for (std::size_t i = 0; i + 1 < document.lines.size(); ++i) {
    Line& line = document.lines[i];
    const Line& rule = document.lines[i + 1];
    if (line.kind != LineKind::text || rule.kind != LineKind::rule || rule.block != line.block || (i > 0 && document.lines[i - 1].block == line.block)) continue;
    const char stroke = rule.content.empty() ? ' ' : rule.content[0];
    if ((stroke != '=' && stroke != '-' && stroke != '~') || rule.content.find_first_not_of(stroke) != std::string_view::npos) continue;
    const std::uint32_t words = columns_of(line.content), strokes = columns_of(rule.content);
    if (words > 100 || strokes * 10 < words * 7 || strokes > words + words / 4 + 6 || rule.look.indent > line.look.indent + 4) continue;
    line.look.heading = stroke == '=' ? 1 : 2;
  }
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

}  // namespace rapporteur
