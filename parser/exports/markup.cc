// Stage exports: writing XML, and the small values that its vocabularies want.

#include "exports/markup.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "xml/escape.h"

namespace rapporteur {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// RFC 3986, 3.1.
bool is_scheme(std::string_view text) {
  return !text.empty() && is_letter(text[0]) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; });
}

}  // namespace

void Markup::finish_tag() {
  if (x_in_tag) x_out += x_closes ? "/>" : ">";
  x_in_tag = x_closes = false;
}

Markup& Markup::open(const char* name, bool block) {
  finish_tag();
  if (block && !x_open.empty()) {
    x_open.back().lines = true;
  }
  if (block) {
    x_out += '\n';
    x_out.append(2 * x_open.size(), ' ');
  }
  (x_out += '<') += name;
  x_open.push_back({name, block});
  x_in_tag = true;
  return *this;
}

Markup& Markup::with(const char* name, std::string_view value) {
  ((x_out += ' ') += name) += "=\"";
  xml::append_value(x_out, value);
  x_out += '"';
  return *this;
}

void Markup::text(std::string_view text) {
  if (text.empty()) return;
  finish_tag();
  xml::append_text(x_out, text);
}

void Markup::close() {
  const Open element = x_open.back();
  x_open.pop_back();
  if (x_in_tag && !x_closes) {
    x_out += "/>";
    x_in_tag = false;
    return;
  }
  finish_tag();
  if (element.lines) {
    x_out += '\n';
    x_out.append(2 * x_open.size(), ' ');
  }
  ((x_out += "</") += element.name) += '>';
}

void Markup::leaf(const char* name, std::string_view words) {
  if (words.empty()) return;
  block(name).text(words);
  close();
}

Markup& Markup::empty(const char* name) {
  open(name, true);
  x_open.pop_back();
  x_closes = true;
  return *this;
}

std::string as_uri(std::string_view address) {
  constexpr std::string_view allowed = "-._~:/?#@!$&'()*+,;=";
  constexpr char digits[] = "0123456789ABCDEF";
  const std::size_t colon = address.find_first_of(":/?#");
  const bool bad_colon = colon != std::string_view::npos && address[colon] == ':' && !is_scheme(address.substr(0, colon));
  std::string out;
  bool fragment = false, blank = true;
  for (std::size_t i = 0; i < address.size(); ++i) {
    const char c = address[i];
    blank = blank && static_cast<unsigned char>(c) <= ' ';
    const bool escape = c == '%' && i + 2 < address.size() && is_hex(address[i + 1]) && is_hex(address[i + 2]);
    const bool second = c == '#' && std::exchange(fragment, fragment || c == '#');
    const bool plain = is_letter(c) || is_digit(c) || (allowed.find(c) != std::string_view::npos && !second && !(bad_colon && i == colon));
    if (plain || escape) out += c;
    else ((out += '%') += digits[static_cast<unsigned char>(c) >> 4]) += digits[c & 15];
  }
  return blank ? std::string() : out;
}

std::string slug(std::string_view words) {
  std::string out;
  bool gap = false;
  for (const char c : words) {
    const bool kept = is_letter(c) || is_digit(c);
    if (kept && gap && !out.empty()) out += '.';
    gap = !kept;
    if (kept) out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  }
  return out;
}

bool is_day(std::string_view date) {
  constexpr std::array<int, 12> days{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return false;
  int year = 0, month = 0, day = 0;
  const auto number = [&](std::size_t from, std::size_t size, int& into) {
    const auto end = date.data() + from + size;
    return std::from_chars(date.data() + from, end, into).ptr == end;
  };
  if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) return false;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days[static_cast<std::size_t>(month - 1)]) return false;
  return month != 2 || day < 29 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

std::string_view language_code(std::string_view tag) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 24> codes{{
      {"ar", "ara"}, {"bg", "bul"}, {"cs", "ces"}, {"da", "dan"}, {"de", "deu"}, {"el", "ell"}, {"en", "eng"}, {"es", "spa"},
      {"fi", "fin"}, {"fr", "fra"}, {"hu", "hun"}, {"it", "ita"}, {"ja", "jpn"}, {"ko", "kor"}, {"nl", "nld"}, {"no", "nor"},
      {"pl", "pol"}, {"pt", "por"}, {"ro", "ron"}, {"ru", "rus"}, {"sv", "swe"}, {"tr", "tur"}, {"uk", "ukr"}, {"zh", "zho"}}};
  const std::string_view primary = tag.substr(0, tag.find('-'));
  const auto found = std::find_if(codes.begin(), codes.end(), [&](const auto& code) { return code.first == primary; });
  if (found != codes.end()) return found->second;
  return primary.size() == 3 ? primary : std::string_view("und");
}

}  // namespace rapporteur
