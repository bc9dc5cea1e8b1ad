// Stage readers: the copy of a line's content that patterns see. Most lines need none: then match is content itself.
//
// Documents hide characters that no reader sees (soft hyphens, zero-width blanks, direction marks) and use several
// code points for what is one thing to a person (blanks, hyphens, bullets of symbol fonts). Patterns should not have
// to know any of them.

#include <array>

#include "readers/line_parts.h"

namespace rapporteur {

namespace {

constexpr char32_t unchanged = 0xFFFFFFFF;
constexpr char32_t removed = 0xFFFFFFFE;

/// What becomes of a code point in the match text.
char32_t matched_as(char32_t point, bool last) {
  if (point < 0x20) return point == '\t' ? unchanged : point == 0x0B || point == '\n' || point == '\r' ? U' ' : removed;
  if (point < 0x7F) return unchanged;
  if (point < 0xA0) return point == 0x85 ? U' ' : removed;
  if (point == 0xA0) return U' ';
  if (point == 0xAD) return removed;
  if (point == 0xAC) return last ? U'-' : unchanged;
  if (point == 0x1680 || point == 0x202F || point == 0x205F || point == 0x3000) return U' ';
  if (point == 0x180E || point == 0xFEFF || (point >= 0xFE00 && point <= 0xFE0F)) return removed;
  if (point >= 0x2000 && point <= 0x200A) return U' ';
  if (point == 0x2028 || point == 0x2029) return U' ';
  if ((point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) || (point >= 0x2060 && point <= 0x2069))
    return removed;
  if (point == 0x2010 || point == 0x2011) return U'-';
  if (point == 0xF0B7 || point == 0xF0A7 || point == 0xF0D8 || point == 0xF076 || point == 0xF0FC || point == 0xF0A8 ||
      point == 0xF02D || point == 0xF0B0 || point == 0xF071 || point == 0xF06E)
    return 0x2022;  // bullets of the Symbol and Wingdings fonts, which word processors put into the private use area
  return unchanged;
}

/// Lead bytes of the code points that matched_as changes.
constexpr std::array<bool, 256> make_suspects() {
  std::array<bool, 256> table{};
  for (int c = 0; c < 0x20; ++c) table[c] = c != '\t';
  table[0x7F] = table[0xC2] = table[0xE1] = table[0xE2] = table[0xE3] = table[0xEF] = true;
  return table;
}
constexpr std::array<bool, 256> suspect = make_suspects();

/// Offset of the first code point that changes, or the size of `text`.
std::size_t first_change(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (!suspect[static_cast<unsigned char>(text[at])]) continue;
    std::size_t after = at;
    const char32_t point = next_point(text, after);
    if (matched_as(point, after == text.size()) != unchanged) return at;
  }
  return text.size();
}

}  // namespace

bool is_blank_point(char32_t point) { return matched_as(point, false) == U' ' || point == ' ' || point == '\t'; }

bool is_invisible_point(char32_t point) { return point >= 0x80 && matched_as(point, false) == removed; }

void make_match(Line& line, std::uint8_t classes, TextStore& store) {
  const std::string_view content = line.content;
  line.match = content;
  if (!(classes & (beyond_ascii | control))) return;
  std::size_t at = first_change(content, 0);
  if (at == content.size()) return;
  std::string match(content, 0, at);
  const auto here = [&match] { return static_cast<std::uint32_t>(match.size()); };
  while (at < content.size()) {
    std::size_t after = at;
    const char32_t point = next_point(content, after);
    const char32_t to = matched_as(point, after == content.size());
    if (to == removed) {
      line.match_to_content.skip_to(here(), static_cast<std::uint32_t>(after));
    } else {
      const std::uint32_t from = here();
      if (to == 0x2022) match += "\xE2\x80\xA2";
      else match += static_cast<char>(to);
      line.match_to_content.replaced(from, static_cast<std::uint32_t>(at), here(), static_cast<std::uint32_t>(after));
    }
    const std::size_t next = first_change(content, after);
    match.append(content, after, next - after);
    at = next;
  }
  line.match = store.keep(match);
}

}  // namespace rapporteur
