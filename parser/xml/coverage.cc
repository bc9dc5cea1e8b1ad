// Stage xml: source and report side by side. A text of the report that does not go on where the last one ended is looked for
// at the beginnings of the next few lines; what is passed over on the way was moved elsewhere, like a line of furniture.

#include "xml/coverage.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

namespace rapporteur {

namespace {

constexpr std::size_t reach = 8;  // lines that are looked at

bool follows(std::string_view text, std::size_t at) { return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; }

/// How many bytes are alike at the beginnings, of whole characters.
std::size_t alike(std::string_view a, std::string_view b) {
  const std::size_t least = std::min(a.size(), b.size());
  std::size_t at = a.data() == b.data() ? least : 0;  // words that the report keeps in its source are the very same
  for (std::uint64_t x, y; at + 8 <= least; at += 8) {
    std::memcpy(&x, a.data() + at, 8);
    std::memcpy(&y, b.data() + at, 8);
    if (x != y) break;
  }
  while (at < least && a[at] == b[at]) ++at;
  while (at > 0 && (follows(a, at) || follows(b, at))) --at;
  return at;
}

bool counts(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/// Without what stands before the first character that counts.
std::string_view from_letter(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && !counts(text[at])) ++at;
  return text.substr(at);
}

}  // namespace

void Coverage::take(std::string_view text) {
  do {
    cancel(text);
    if (text.empty()) return;
  } while (go_on_with(text));
  x_count.take(text);
}

/// Takes from both what they have in common from here on. What is left of the text, if anything, begins with a letter that
/// the source does not have here.
void Coverage::cancel(std::string_view& text) {
  while (true) {
    const std::size_t same = alike(text, x_begun);
    text.remove_prefix(same);
    x_begun.remove_prefix(same);
    if (text.empty()) return;
    text = from_letter(text);
    x_begun = from_letter(x_begun);
    if (text.empty()) return;
    if (x_begun.empty()) {
      if (x_next == x_source.size()) return;
      x_begun = x_source[x_next++];
    } else if (alike(text, x_begun) == 0) {
      return;
    }
  }
}

/// Whether one of the next lines begins as the text does. Then the source goes on with it.
bool Coverage::go_on_with(std::string_view text) {
  const std::string_view head = text.substr(0, 8);
  const std::size_t end = std::min(x_source.size(), x_next + reach);
  for (std::size_t i = x_next; i < end; ++i) {
    const std::string_view line = from_letter(x_source[i]);
    if (!line.starts_with(head)) continue;
    x_count.add(x_begun);
    for (; x_next < i; ++x_next) x_count.add(x_source[x_next]);
    x_begun = line;
    ++x_next;
    return true;
  }
  return false;
}

LetterCount Coverage::rest() {
  x_count.add(x_begun);
  for (; x_next < x_source.size(); ++x_next) x_count.add(x_source[x_next]);
  x_begun = {};
  return std::move(x_count);
}

}  // namespace rapporteur
