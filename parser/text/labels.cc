// Stage text: values of printed labels, and the mending of what OCR makes of them.

#include "text/labels.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace rapporteur {

namespace {

constexpr std::uint32_t max_roman = 3999;
constexpr std::array<std::pair<std::uint32_t, std::string_view>, 13> roman_parts{{{1000, "M"},
                                                                                 {900, "CM"},
                                                                                 {500, "D"},
                                                                                 {400, "CD"},
                                                                                 {100, "C"},
                                                                                 {90, "XC"},
                                                                                 {50, "L"},
                                                                                 {40, "XL"},
                                                                                 {10, "X"},
                                                                                 {9, "IX"},
                                                                                 {5, "V"},
                                                                                 {4, "IV"},
                                                                                 {1, "I"}}};

bool digit(char c) { return c >= '0' && c <= '9'; }
bool small(char c) { return c >= 'a' && c <= 'z'; }
char capital(char c) { return small(c) ? static_cast<char>(c - 'a' + 'A') : c; }

/// Multi-byte characters that never belong to a label: blanks, invisibles, quotes, dashes, bullets' relatives.
constexpr std::array<std::string_view, 23> dropped{
    "\u00A0", "\u00AD", "\u00AB", "\u00BB", "\u2002", "\u2003", "\u2007", "\u2009", "\u200B", "\u200C", "\u200D", "\u200E",
    "\u200F", "\u2013", "\u2014", "\u2018", "\u2019", "\u201A", "\u201C", "\u201D", "\u201E", "\u202F", "\uFEFF"};

bool dropped_byte(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\'' || c == '*' || c == '_' || c == '\\' || c == '`';
}

std::string without_blanks_and_quotes(std::string_view printed) {
  std::string out;
  out.reserve(printed.size());
  for (std::size_t at = 0; at < printed.size();) {
    const std::string_view rest = printed.substr(at);
    const auto* hit = std::find_if(dropped.begin(), dropped.end(), [&](auto d) { return rest.substr(0, d.size()) == d; });
    if (hit != dropped.end()) at += hit->size();
    else if (dropped_byte(rest[0])) ++at;
    else out += printed[at++];
  }
  return out;
}

bool outer(char c) { return std::string_view(".,:;-/()[]{}|#").find(c) != std::string_view::npos; }

/// Whether the closing bracket at the end of `text` has its opening bracket inside it, behind the first character.
bool closes_inside(std::string_view text) {
  const char close = text.back();
  const char open = close == ')' ? '(' : close == ']' ? '[' : close == '}' ? '{' : '\0';
  if (open == '\0') return false;
  const std::size_t at = text.rfind(open);
  return at != std::string_view::npos && at > 0;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && outer(text.back()) && !closes_inside(text)) text.remove_suffix(1);
  while (!text.empty() && outer(text.front())) {
    if (text.front() == '(' && text.find(')') != std::string_view::npos) break;
    text.remove_prefix(1);
  }
  return text;
}

/// O, o for 0; l, I, | for 1, in the part [begin, end) of a label, only where it holds a true digit and nothing else.
void mend_digits(std::string& label, std::size_t begin, std::size_t end) {
  const auto from = label.begin() + static_cast<std::ptrdiff_t>(begin), to = label.begin() + static_cast<std::ptrdiff_t>(end);
  const auto stands_for_digit = [](char c) { return digit(c) || std::string_view("OolI|").find(c) != std::string_view::npos; };
  if (std::none_of(from, to, digit) || !std::all_of(from, to, stands_for_digit)) return;
  std::transform(from, to, from, [](char c) { return digit(c) ? c : c == 'O' || c == 'o' ? '0' : '1'; });
}

/// l and 1 for I, in a Roman numeral that begins with I, VI or XI: "I1", "VIl". A figure read as I stands behind others.
void mend_roman(std::string& label) {
  const std::size_t one = label.find('I');
  if (one == std::string::npos || label.size() < one + 2 || label.size() > one + 3) return;
  if (label.find_first_not_of("VX") != one || label.find_first_not_of("Il1", one) != std::string::npos) return;
  std::string mended = label.substr(0, one) + std::string(label.size() - one, 'I');
  if (roman_value(mended)) label = std::move(mended);
}

/// Number of the small or capital Cyrillic letter at the start of `text` in lists (ё and й are not used), or 0.
std::uint32_t cyrillic(std::string_view text) {
  if (text.size() < 2) return 0;
  const unsigned lead = static_cast<unsigned char>(text[0]), next = static_cast<unsigned char>(text[1]);
  if ((lead != 0xD0 && lead != 0xD1) || (next & 0xC0) != 0x80) return 0;
  unsigned point = ((lead & 0x1F) << 6) | (next & 0x3F);
  if (point >= 0x410 && point < 0x430) point += 0x20;
  if (point < 0x430 || point > 0x44F || point == 0x439) return 0;
  return point - 0x430 + (point > 0x439 ? 0 : 1);
}

/// Digits only, or letters of ASCII of one case: most labels, which stand for themselves.
bool plain(std::string_view label) {
  const auto all = [&](char first, char last) { return std::all_of(label.begin(), label.end(), [&](char c) { return c >= first && c <= last; }); };
  return all('0', '9') || all('a', 'z') || all('A', 'Z');
}

}  // namespace

std::string normalise_label(std::string_view printed) {
  if (plain(printed)) return std::string(printed);
  const std::string dense = without_blanks_and_quotes(printed);
  std::string_view core = trimmed(dense);
  if (core.size() > 2 && core.front() == '(' && core.find(')') == core.size() - 1) core = trimmed(core.substr(1, core.size() - 2));
  // A sign of a symbol font (U+E000 to U+F8FF), alone: a bullet, which says nothing.
  if (core.size() == 3 && core >= "\xEE\x80\x80" && core <= "\xEF\xA3\xBF") return {};
  std::string label(core);
  if (const std::size_t open = label.find('('); open != std::string::npos && open > 0 && (label[open - 1] == ')' || label[open - 1] == '.')) label.erase(open - 1, 1);
  mend_roman(label);
  for (std::size_t begin = 0; begin <= label.size();) {
    const std::size_t end = std::min(label.find('.', begin), label.size());
    mend_digits(label, begin, end);
    begin = end + 1;
  }
  return label;
}

std::string normalise_items(std::string_view printed) {
  const auto part_of_word = [](char c) { return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; };
  const auto behind_blanks = [&](std::size_t at) { return std::min(printed.find_first_not_of(" \t", at), printed.size()); };
  std::string out;
  bool counts = false;  // what was written last is a number, to which "(b)" belongs
  for (std::size_t at = behind_blanks(0); at < printed.size();) {
    std::size_t end = at;
    while (end < printed.size() && (part_of_word(printed[end]) || (printed[end] == '.' && end + 1 < printed.size() && part_of_word(printed[end + 1])))) ++end;
    const bool bracket = printed[at] == '(';
    if (end == at && !bracket) {  // "," or "-"; a bracket that closes was written with its letter
      if (printed[at] != ')') out += printed[at];
      if (printed[at] == ',') out += ' ';
      counts = false;
      at = behind_blanks(at + 1);
      continue;
    }
    if (bracket) end = std::min(printed.find(')', at), printed.size());
    const std::size_t next = behind_blanks(end);
    const bool letter = bracket || (next < printed.size() && printed[next] == ')');
    std::string word;
    for (const char c : printed.substr(at + bracket, end - at - bracket))
      if (c != ' ' && c != '\t') word += c;
    // "7 b" is one item, "7 y 8" are two.
    const bool joins = !letter && !digit(word[0]) && counts && next > end && next < printed.size();
    const bool apart = !out.empty() && out.back() != ' ' && out.back() != '-' && out.back() != '.' && (joins || !counts);
    if (apart) out += ' ';
    out += letter ? "(" + word + ")" : word;
    counts = !joins;
    at = behind_blanks(letter ? next + 1 : end);
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == ',')) out.pop_back();
  return out;
}

std::string normalise_annex_label(std::string_view printed) {
  std::string label = normalise_label(printed);
  return label == "l" ? "I" : label;
}

std::optional<std::uint32_t> value_of(std::string_view label, LabelKind kind) {
  if (kind == LabelKind::roman) return roman_value(label);
  if (kind == LabelKind::letter) return letter_value(label);
  if (label.empty() || label.size() > 9 || !std::all_of(label.begin(), label.end(), digit)) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : label) value = value * 10 + static_cast<std::uint32_t>(c - '0');
  return value;
}

std::vector<std::uint32_t> dotted_values(std::string_view label) {
  std::vector<std::uint32_t> values;
  while (true) {
    const std::size_t dot = std::min(label.find('.'), label.size());
    const auto value = value_of(label.substr(0, dot), LabelKind::number);
    if (!value) return {};
    values.push_back(*value);
    if (dot == label.size()) return values;
    label.remove_prefix(dot + 1);
  }
}

std::string roman_of(std::uint32_t value) {
  std::string out;
  if (value > max_roman) return out;
  for (const auto& [worth, figures] : roman_parts)
    for (; value >= worth; value -= worth) out += figures;
  return out;
}

/// Place for place: of tens at most XXX, XL, LXXX or XC, and so of the others.
std::optional<std::uint32_t> roman_value(std::string_view label) {
  struct Place { std::uint32_t worth; char one, five, ten; };
  constexpr Place places[] = {{1000, 'M', 0, 0}, {100, 'C', 'D', 'M'}, {10, 'X', 'L', 'C'}, {1, 'I', 'V', 'X'}};
  const char shift = !label.empty() && small(label[0]) ? 'a' - 'A' : 0;
  std::size_t at = 0;
  const auto take = [&](char figure) { return figure != 0 && at < label.size() && label[at] == figure + shift ? ++at : 0; };
  std::uint32_t value = 0;
  for (const Place& place : places) {
    std::uint32_t figure = take(place.five) ? 5 : 0;
    for (const std::uint32_t most = figure + 3; figure < most && take(place.one);) ++figure;
    if (figure == 1) figure = take(place.five) ? 4 : take(place.ten) ? 9 : 1;
    value += figure * place.worth;
  }
  if (value == 0 || at < label.size()) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> ordinal_value(std::string_view label) {
  using Ordinal = std::pair<std::string_view, std::uint32_t>;
  // Without their last letter, which tells the gender; in capitals, accents of É left out.
  static constexpr Ordinal units[] = {{"PRIMER", 1},  {"PRIMEIR", 1}, {"SEGUND", 2}, {"TERCER", 3}, {"TERCEIR", 3}, {"CUART", 4}, {"QUART", 4},
                                      {"QUINT", 5},   {"SEXT", 6},    {"SEPTIM", 7}, {"SETIM", 7},  {"OCTAV", 8},   {"OITAV", 8}, {"NOVEN", 9},
                                      {"NON", 9}};
  static constexpr Ordinal others[] = {{"UNDECIM", 11}, {"DUODECIM", 12}, {"ERSTEN", 1}, {"ZWEITEN", 2}, {"DRITTEN", 3}, {"VIERTEN", 4}, {"FÜNFTEN", 5},
                                       {"SECHSTEN", 6}, {"SIEBTEN", 7},   {"ACHTEN", 8}, {"NEUNTEN", 9}, {"ZEHNTEN", 10}};
  constexpr std::size_t shortest = 4, longest = 24;
  if (label.size() < shortest || digit(label[0])) return std::nullopt;
  std::string word;
  for (std::size_t at = 0; at < label.size(); ++at) {
    const std::string_view two = label.substr(at, 2);
    if (two == "É" || two == "é") word += 'E', ++at;
    else if (two == "ü") word += "Ü", ++at;
    else if (label[at] != ' ' && label[at] != '-') word += capital(label[at]);
  }
  if (word.size() < shortest || word.size() > longest || digit(word[0])) return std::nullopt;
  const char last = word.back();
  word.pop_back();
  const auto value = [](const auto& table, std::string_view stem) {
    const auto* found = std::find_if(std::begin(table), std::end(table), [&](const Ordinal& o) { return o.first == stem; });
    return found != std::end(table) ? std::optional(found->second) : std::nullopt;
  };
  if (const auto other = value(others, word); other && (last == 'S') == (word.ends_with("TEN"))) return other;
  if (last != 'O' && last != 'A') return std::nullopt;
  std::uint32_t tens = 0;
  std::string_view rest = word;
  for (const auto& [stem, worth] : {Ordinal{"DECIM", 10}, Ordinal{"VIGESIM", 20}, Ordinal{"TRIGESIM", 30}}) {
    if (!rest.starts_with(stem)) continue;
    tens = worth;
    rest.remove_prefix(stem.size());
    if (rest.starts_with("O") || rest.starts_with("A")) rest.remove_prefix(1);
    break;
  }
  if (rest.empty()) return tens > 0 ? std::optional(tens) : std::nullopt;
  const auto unit = value(units, rest);
  return unit ? std::optional(tens + *unit) : std::nullopt;
}

std::optional<std::uint32_t> letter_value(std::string_view label) {
  constexpr std::uint32_t latin = 26, russian = 31;
  constexpr std::size_t most_repeats = 4;
  const std::uint32_t russian_letter = cyrillic(label);
  const std::size_t unit = russian_letter != 0 ? 2 : 1;
  if (label.empty() || label.size() % unit != 0 || label.size() / unit > most_repeats) return std::nullopt;
  for (std::size_t at = unit; at < label.size(); at += unit)
    if (label.substr(at, unit) != label.substr(0, unit)) return std::nullopt;
  const auto repeats = static_cast<std::uint32_t>(label.size() / unit - 1);
  if (russian_letter != 0) return russian_letter + repeats * russian;
  const char letter = capital(label[0]);
  if (letter < 'A' || letter > 'Z') return std::nullopt;
  return static_cast<std::uint32_t>(letter - 'A') + 1 + repeats * latin;
}

std::string letter_of(std::uint32_t value) {
  constexpr std::uint32_t latin = 26;
  if (value == 0) return {};
  return std::string((value - 1) / latin + 1, static_cast<char>('a' + (value - 1) % latin));
}

bool same_label(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return capital(x) == capital(y); });
}

bool same_number(std::string_view a, std::string_view b) {
  const auto number = [](std::string_view label) {
    const auto value = value_of(label, LabelKind::number);
    return value ? value : roman_value(label);
  };
  const auto left = number(a);
  return left && left == number(b);
}

}  // namespace rapporteur
