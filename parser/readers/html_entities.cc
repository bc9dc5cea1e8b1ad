// Stage readers: character references, after "Numeric character reference end state" of the HTML standard.

#include "readers/html_entities.h"

#include <algorithm>
#include <array>

namespace rapporteur {

namespace {

struct Named {
  std::string_view name;
  std::string_view text;
};

constexpr Named named[] = {
#include "readers/html_entities.inc"
};

constexpr std::array<char16_t, 32> windows_1252 = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178};

int digit_value(char c, int base) {
  const int value = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : 99;
  return value < base ? value : -1;
}

char32_t referred(std::uint32_t number) {
  if (number >= 0x80 && number < 0xA0) return windows_1252[number - 0x80];
  const bool none = number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF);
  return none ? 0xFFFD : static_cast<char32_t>(number);
}

std::optional<CharacterReference> numeric(std::string_view text) {
  const bool hex = text.size() > 2 && (text[2] | 32) == 'x';
  const std::size_t first = hex ? 3 : 2;
  std::size_t at = first;
  std::uint32_t number = 0;
  for (int value; at < text.size() && (value = digit_value(text[at], hex ? 16 : 10)) >= 0; ++at)
    number = std::min<std::uint32_t>(number * (hex ? 16 : 10) + value, 0x110000);
  if (at == first) return std::nullopt;
  if (at < text.size() && text[at] == ';') ++at;
  CharacterReference found{at, {}};
  append_utf8(found.text, referred(number));
  return found;
}

}  // namespace

std::optional<CharacterReference> character_reference(std::string_view text) {
  if (text.size() > 2 && text[1] == '#') return numeric(text);
  constexpr std::size_t longest = 34;  // "&CounterClockwiseContourIntegral;"
  const std::size_t end = text.substr(0, longest).find(';');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view name = text.substr(1, end - 1);
  const auto* at = std::lower_bound(std::begin(named), std::end(named), name,
                                    [](const Named& a, std::string_view b) { return a.name < b; });
  if (at == std::end(named) || at->name != name) return std::nullopt;
  return CharacterReference{end + 1, std::string(at->text)};
}

void append_utf8(std::string& out, char32_t point) {
  const auto byte = [&out](char32_t value) { out += static_cast<char>(value); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0 | (point >> 6)), byte(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    byte(0xE0 | (point >> 12)), byte(0x80 | ((point >> 6) & 0x3F)), byte(0x80 | (point & 0x3F));
  } else {
    byte(0xF0 | (point >> 18)), byte(0x80 | ((point >> 12) & 0x3F)), byte(0x80 | ((point >> 6) & 0x3F)), byte(0x80 | (point & 0x3F));
  }
}

}  // namespace rapporteur
