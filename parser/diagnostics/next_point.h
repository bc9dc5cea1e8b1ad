// Stage diagnostics: code points out of bytes that nobody has vouched for, such as the names of files.
#pragma once

#include <cstddef>
#include <string_view>

namespace rapporteur {

/// Decodes one code point; moves `at` behind it. An ill-formed byte counts as one U+FFFD.
inline char32_t next_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const std::size_t more = lead < 0xC2 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : 0;
  if (more == 0 || at + more > text.size()) return 0xFFFD;
  char32_t point = lead & (0x3F >> more);
  for (std::size_t i = 0; i < more; ++i) {
    const auto next = static_cast<unsigned char>(text[at + i]);
    if ((next & 0xC0) != 0x80) return 0xFFFD;
    point = (point << 6) | (next & 0x3F);
  }
  const char32_t least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
  if (point < least || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return 0xFFFD;
  at += more;
  return point;
}

/// Control characters, C1, bidirectional controls, line separators: a document must not steer a terminal with them.
inline bool unsafe_on_a_terminal(char32_t point) {
  return (point < 0x20 && point != '\t') || (point >= 0x7F && point < 0xA0) || point == 0x200E || point == 0x200F ||
         (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

}  // namespace rapporteur
