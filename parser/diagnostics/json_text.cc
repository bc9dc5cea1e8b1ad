// Stage diagnostics: text as JSON. Runs of harmless bytes are copied whole: most of what is escaped needs no escape.

#include "diagnostics/json_text.h"

#include <array>

#include "diagnostics/next_point.h"

namespace rapporteur {

namespace {

constexpr std::array<bool, 256> make_harmless() {
  std::array<bool, 256> table{};
  for (unsigned c = 0x20; c < 0x7F; ++c) table[c] = c != '"' && c != '\\';
  return table;
}
constexpr std::array<bool, 256> harmless = make_harmless();

void append_unit(std::string& out, unsigned unit) {
  constexpr const char* digits = "0123456789abcdef";
  const char escape[6] = {'\\', 'u', digits[unit >> 12 & 15], digits[unit >> 8 & 15], digits[unit >> 4 & 15], digits[unit & 15]};
  out.append(escape, sizeof escape);
}

void append_escape(std::string& out, char32_t point) {
  if (point == '"' || point == '\\') (out += '\\') += static_cast<char>(point);
  else if (point == '\n') out += "\\n";
  else if (point == '\t') out += "\\t";
  else if (point < 0x10000) append_unit(out, point);
  else {
    append_unit(out, 0xD800 + ((point - 0x10000) >> 10));
    append_unit(out, 0xDC00 + ((point - 0x10000) & 0x3FF));
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text, JsonLetters letters) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (at < text.size() && harmless[static_cast<unsigned char>(text[at])]) ++at;
    out.append(text, begin, at - begin);
    if (at == text.size()) break;
    const std::size_t from = at;
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
