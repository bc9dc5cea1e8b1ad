// Stage diagnostics: text as JSON. XML in a reply has a quotation mark or a line end every ten bytes, so bytes that need no
// escape and those that need a backslash only are written in the same steps, without a branch that could be guessed wrong.

#include "diagnostics/json_text.h"

#include <array>

#include "diagnostics/next_point.h"

namespace rapporteur {

namespace {

/// How a byte is written: itself, or a letter behind a backslash. Of others what it takes is looked at one by one.
struct Written {
  char letter = 0;
  bool behind_backslash = false;
  bool others = true;
};
constexpr std::array<Written, 256> make_written() {
  std::array<Written, 256> table{};
  for (int c = 0x20; c < 0x7F; ++c) table[static_cast<std::size_t>(c)] = {static_cast<char>(c), c == '"' || c == '\\', false};
  table['\n'] = {'n', true, false};
  table['\t'] = {'t', true, false};
  return table;
}
constexpr std::array<Written, 256> written = make_written();

/// Appends what can be written byte by byte from `at` on; moves `at` behind it.
void append_plain(std::string& out, std::string_view text, std::size_t& at) {
  std::array<char, 1 << 12> buffer;
  char* to = buffer.data();
  const char* const full = buffer.data() + buffer.size() - 1;
  for (; at < text.size() && to < full; ++at) {
    const Written& as = written[static_cast<unsigned char>(text[at])];
    if (as.others) break;
    *to = '\\';
    to += as.behind_backslash ? 1 : 0;
    *to++ = as.letter;
  }
  out.append(buffer.data(), static_cast<std::size_t>(to - buffer.data()));
}

void append_unit(std::string& out, unsigned unit) {
  constexpr const char* digits = "0123456789abcdef";
  const char escape[6] = {'\\', 'u', digits[unit >> 12 & 15], digits[unit >> 8 & 15], digits[unit >> 4 & 15], digits[unit & 15]};
  out.append(escape, sizeof escape);
}

void append_escape(std::string& out, char32_t point) {
  if (point < 0x10000) append_unit(out, point);
  else {
    append_unit(out, 0xD800 + ((point - 0x10000) >> 10));
    append_unit(out, 0xDC00 + ((point - 0x10000) & 0x3FF));
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text, JsonLetters letters) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    append_plain(out, text, at);
    if (at != from) continue;
    const char32_t point = next_point(text, at);
    const bool stands = letters == JsonLetters::all && point >= 0x80 && point != 0xFFFD && !unsafe_on_a_terminal(point);
    if (stands) out.append(text, from, at - from);
    else append_escape(out, point);
  }
  out += '"';
}

void append_json_as_ascii(std::string& out, std::string_view json) {
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t begin = at;
    while (at < json.size() && static_cast<unsigned char>(json[at]) < 0x80) ++at;
    out.append(json, begin, at - begin);
    if (at < json.size()) append_escape(out, next_point(json, at));
  }
}

}  // namespace rapporteur
