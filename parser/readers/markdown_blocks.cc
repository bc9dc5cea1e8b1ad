// Stage readers: reading the fronts of Markdown lines. Small judgements, each on one line.

#include "readers/markdown_blocks.h"

#include <algorithm>

#include <utf8proc.h>

namespace rapporteur {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

MarkdownPart markdown_part(std::string_view source, const PhysicalLine& physical) {
  MarkdownPart part;
  part.physical = physical;
  std::uint32_t at = physical.begin;
  while (true) {
    const Indent indent = indent_of(source.substr(at, std::min<std::uint32_t>(physical.end - at, 4)));
    const std::uint32_t mark = at + indent.bytes;
    if (indent.columns > 3 || mark >= physical.end || source[mark] != '>') break;
    if (part.quote_depth < 0xff) ++part.quote_depth;
    at = mark + 1;
    if (at < physical.end && source[at] == ' ') ++at;
  }
  const Visible visible = visible_part(source.substr(at, physical.end - at));
  part.indent = visible.indent;
  part.begin = at + visible.begin;
  part.end = at + visible.end;
  return part;
}

std::optional<ListLabel> list_label(std::string_view text) {
  std::size_t at = 0;
  bool may_interrupt = true;
  if (text.front() == '-' || text.front() == '*' || text.front() == '+') {
    at = 1;
    may_interrupt = text.size() > 1;
  } else {
    constexpr std::size_t most_digits = 9;
    while (at < text.size() && at < most_digits && is_digit(text[at])) ++at;
    if (at == 0 || at == text.size() || (text[at] != '.' && text[at] != ')')) return std::nullopt;
    may_interrupt = text.substr(0, at) == "1";
    ++at;
  }
  if (at < text.size() && !is_blank(text[at])) return std::nullopt;
  const std::uint32_t blanks = indent_of(text.substr(at), static_cast<std::uint32_t>(at)).columns;
  return ListLabel{static_cast<std::uint32_t>(at) + (blanks == 0 || blanks > 4 ? 1 : blanks), may_interrupt};
}

int atx_level(std::string_view text) {
  std::size_t level = 0;
  while (level < text.size() && level < 7 && text[level] == '#') ++level;
  if (level == 0 || level > 6) return 0;
  return level == text.size() || is_blank(text[level]) ? static_cast<int>(level) : 0;
}

std::pair<std::uint32_t, std::uint32_t> atx_words(std::string_view source, std::uint32_t begin, std::uint32_t end, int level) {
  begin += static_cast<std::uint32_t>(level);
  std::uint32_t closing = end;
  while (closing > begin && source[closing - 1] == '#') --closing;
  if (closing == begin || is_blank(source[closing - 1])) end = closing;
  const Visible visible = visible_part(source.substr(begin, end - begin));
  return {begin + visible.begin, begin + visible.end};
}

bool is_note(std::string_view text) {
  const std::size_t close = text.substr(0, 100).find(']');
  if (close == std::string_view::npos || close < 3 || close + 1 >= text.size() || text[close + 1] != ':') return false;
  return text.substr(2, close - 2).find_first_of("[ \t") == std::string_view::npos;
}

Fence fence_of(std::string_view text) {
  Fence fence{text.front(), 0, false};
  if (fence.character != '`' && fence.character != '~') return {};
  while (fence.length < text.size() && text[fence.length] == fence.character) ++fence.length;
  if (fence.length < 3) return {};
  const std::string_view info = text.substr(fence.length);
  if (fence.character == '`' && info.find('`') != std::string_view::npos) return {};
  fence.bare = info.empty();
  return fence;
}

FenceIndex::FenceIndex(const Source& source) {
  LineCutter cutter(source);
  for (PhysicalLine physical; cutter.next(physical);) {
    const MarkdownPart part = markdown_part(source.text(), physical);
    if (part.begin == part.end) continue;
    const Fence fence = fence_of(source.text().substr(part.begin, part.end - part.begin));
    if (fence.bare) (fence.character == '`' ? x_backticks : x_tildes).push_back({physical.begin, fence.length});
  }
  for (auto* fences : {&x_backticks, &x_tildes}) {
    std::uint32_t longest = 0;
    for (auto entry = fences->rbegin(); entry != fences->rend(); ++entry) entry->longest = longest = std::max(longest, entry->longest);
  }
}

bool FenceIndex::closes_behind(std::uint32_t offset, const Fence& fence) const {
  const auto& fences = fence.character == '`' ? x_backticks : x_tildes;
  const auto next = std::lower_bound(fences.begin(), fences.end(), offset, [](const Entry& e, std::uint32_t at) { return e.at < at; });
  return next != fences.end() && next->longest >= fence.length;
}

void split_row(std::string_view source, const InlineSegment& row, std::vector<InlineSegment>& cells) {
  cells.clear();
  std::uint32_t at = row.begin + (source[row.begin] == '|' ? 1 : 0);
  const bool closed = row.end > at && source[row.end - 1] == '|' && (row.end - at < 2 || source[row.end - 2] != '\\');
  const std::uint32_t end = closed ? row.end - 1 : row.end;
  while (true) {
    std::uint32_t stop = at;
    while (stop < end && source[stop] != '|') stop += source[stop] == '\\' && stop + 1 < end ? 2 : 1;
    const Visible visible = visible_part(source.substr(at, stop - at));
    cells.push_back({row.line, at + visible.begin, at + visible.end});
    if (stop >= end) return;
    at = stop + 1;
  }
}

std::uint32_t front_matter_end(const Source& source) {
  constexpr std::uint32_t longest = 400;  // lines
  const auto line_is = [&source](std::uint32_t line, std::initializer_list<std::string_view> wanted) {
    std::string_view text = source.line_text(line);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return std::find(wanted.begin(), wanted.end(), text) != wanted.end();
  };
  if (source.line_count() < 3 || !line_is(1, {"---", "\xEF\xBB\xBF---"}) || source.line_text(2).find(':') == std::string_view::npos) return 0;
  for (std::uint32_t line = 2; line <= std::min(source.line_count(), longest); ++line) {
    if (line_is(line, {"---", "..."})) return line < source.line_count() ? source.line_begin(line + 1) : static_cast<std::uint32_t>(source.text().size());
    if (line == 2 && source.line_text(2).front() == '#') return 0;
  }
  return 0;
}

std::uint32_t title_block_end(const Source& source) {
  constexpr std::uint32_t kFields = 3;
  std::uint32_t line = 1, fields = 0;
  for (; line <= source.line_count(); ++line) {
    const std::string_view text = source.line_text(line);
    if (text.starts_with("%")) {
      if (++fields > kFields || text.starts_with("%%")) break;
    } else if (fields == 0 || text.empty() || !is_blank(text.front()) || text.find_first_not_of(" \t") == std::string_view::npos) break;
  }
  if (fields == 0) return 0;
  return line <= source.line_count() ? source.line_begin(line) : static_cast<std::uint32_t>(source.text().size());
}

namespace {

bool has_letters(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_point(text, at);
    if (point < 0x80 ? ((point | 32) >= 'a' && (point | 32) <= 'z')
                     : utf8proc_category(static_cast<utf8proc_int32_t>(point)) <= UTF8PROC_CATEGORY_LO &&
                           utf8proc_category(static_cast<utf8proc_int32_t>(point)) >= UTF8PROC_CATEGORY_LU)
      return true;
  }
  return false;
}

}  // namespace

bool all_letters_in(const Line& line, MarkKind kind) {
  std::uint32_t covered = 0;
  bool any = false;
  for (const Mark& mark : line.marks) {
    if (mark.kind != kind || mark.end <= covered) continue;
    if (mark.begin > covered && has_letters(line.content.substr(covered, mark.begin - covered))) return false;
    any = any || has_letters(line.content.substr(mark.begin, mark.end - mark.begin));
    covered = mark.end;
  }
  return any && !has_letters(line.content.substr(covered));
}

}  // namespace rapporteur
