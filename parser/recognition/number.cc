// Stage recognition: reading printed labels as numbers.

#include "recognition/number.h"

#include <algorithm>
#include <iterator>

#include "text/labels.h"

namespace rapporteur {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }
/// Latin capitals, and the Cyrillic ones (U+0410..U+042F) that lists use.
bool is_upper(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  return lead < 0x80 ? lead < 'a' : lead == 0xD0 && text.size() > 1 && static_cast<unsigned char>(text[1]) >= 0x90 && static_cast<unsigned char>(text[1]) <= 0xAF;
}
char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

struct Token {
  std::string_view text;
  bool digits = false;
};

/// Digits that OCR read as letters: O for 0, l or I for 1, only beside real digits.
int digits_value(std::string_view token) {
  int value = 0;
  bool any = false;
  for (char c : token) {
    const char read = c == 'O' || c == 'o' ? '0' : c == 'l' || c == 'I' ? '1' : c;
    if (!is_digit(read)) return -1;
    any |= is_digit(c);
    value = value * 10 + (read - '0');
    if (value > 9999) return -1;
  }
  return any ? value : -1;
}

std::size_t tokens_of(std::string_view printed, std::array<Token, 5>& tokens) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < printed.size();) {
    if (!is_digit(printed[at]) && !is_letter(printed[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < printed.size() && (is_digit(printed[at]) || is_letter(printed[at]))) ++at;
    std::string_view run = printed.substr(begin, at - begin);
    if (count == tokens.size()) return 0;
    if (digits_value(run) >= 0) {
      tokens[count++] = {run, true};
      continue;
    }
    std::size_t split = 0;  // "7b": digits, then one letter
    while (split < run.size() && is_digit(run[split])) ++split;
    if (split > 0 && run.size() - split <= 2) {
      if (count + 1 >= tokens.size()) return 0;
      tokens[count++] = {run.substr(0, split), true};
      run.remove_prefix(split);
    } else if (split > 0) return 0;
    tokens[count++] = {run, false};
  }
  return count;
}

/// Readings of the last token; the tokens before it are read in the one likeliest way.
void read_token(const Token& token, bool alone, Readings& out, const Number& stem) {
  const auto give = [&](System system, std::uint32_t value, bool inserted = false) {
    if (value == 0 && system != System::digits) return;
    Number n = stem;
    if (n.depth == 4 || out.count == 2) return;
    n.system = system;
    n.upper = !token.digits && is_upper(token.text);
    n.inserted = inserted;
    n.parts[n.depth++] = static_cast<std::uint16_t>(value);
    out.number[out.count++] = n;
  };
  if (token.digits) return give(System::digits, static_cast<std::uint32_t>(digits_value(token.text)));
  static constexpr std::string_view kInserted[] = {"bis", "ter", "quater"};  // "ARTICLE 22 BIS" stands between 22 and 23
  for (std::uint32_t i = 0; stem.depth > 0 && i < std::size(kInserted); ++i)
    if (token.text.size() == kInserted[i].size() && std::equal(token.text.begin(), token.text.end(), kInserted[i].begin(), [](char a, char b) { return lowered(a) == b; }))
      return give(System::digits, i + 1, true);
  constexpr std::uint32_t kHighestRoman = 399;  // nothing in a report is numbered higher in roman numerals
  std::uint32_t roman = roman_value(token.text).value_or(0);
  if (roman > kHighestRoman) roman = 0;
  const std::uint32_t letter = letter_value(token.text).value_or(0);
  const bool single = token.text.size() == 1 || (token.text.size() == 2 && static_cast<unsigned char>(token.text[0]) >= 0x80);
  // A lone C, D, L or M is a letter; a lone I, V or X is roman until a chain says otherwise.
  const bool roman_first = roman > 0 && (!single || roman == 1 || roman == 5 || roman == 10) && alone;
  if (roman_first) give(System::roman, roman);
  if (letter > 0) give(System::letter, letter);
  if (!roman_first && roman > 0 && roman <= 39) give(System::roman, roman);
}

/// The value of a part that stands before the last, read in its likeliest way.
int stem_value(const Token& token) {
  if (token.digits) return digits_value(token.text);
  if (const auto roman = roman_value(token.text)) return static_cast<int>(*roman);
  return static_cast<int>(letter_value(token.text).value_or(0));
}

/// "2/CP.14", "5/XII": the second decision of a body or session that is named behind the stroke.
std::string_view before_session(std::string_view printed) {
  const std::size_t stroke = printed.find('/');
  const bool named = stroke != std::string_view::npos && stroke > 0 && is_digit(printed[stroke - 1]) && stroke + 1 < printed.size() && printed[stroke + 1] >= 'A' && printed[stroke + 1] <= 'Z';
  return named ? printed.substr(0, stroke) : printed;
}

/// "45/31", "2031/45": the minutes of a council, counted through a year.
std::string_view within_year(std::string_view printed) {
  const std::size_t stroke = printed.find('/');
  const auto digits = [](std::string_view part) { return !part.empty() && std::all_of(part.begin(), part.end(), is_digit); };
  if (stroke == std::string_view::npos || !digits(printed.substr(0, stroke)) || !digits(printed.substr(stroke + 1))) return printed;
  const std::string_view first = printed.substr(0, stroke), second = printed.substr(stroke + 1);
  const auto year = [](std::string_view part) { return part.size() == 4 && (part.starts_with("19") || part.starts_with("20")); };
  return year(first) && !year(second) ? second : year(second) || second.size() == 2 ? first : printed;
}

/// "20310831-02": the second decision of a day.
std::string_view behind_day(std::string_view printed) {
  constexpr std::size_t kDay = 8;  // digits
  const bool dated = printed.size() > kDay + 1 && printed[kDay] == '-' && std::all_of(printed.begin(), printed.begin() + kDay, is_digit);
  return dated ? printed.substr(kDay + 1) : printed;
}

}  // namespace

Readings read_label(std::string_view printed) {
  Readings out;
  printed = within_year(behind_day(before_session(printed)));
  if (const auto ordinal = ordinal_value(printed)) {
    out.number[out.count++] = {.system = System::word, .upper = is_upper(printed.substr(printed.size() - 1)), .depth = 1, .parts = {static_cast<std::uint16_t>(*ordinal)}};
    return out;
  }
  std::array<Token, 5> tokens;
  const std::size_t count = tokens_of(printed, tokens);
  if (count == 0 || count > 4) return out;
  for (std::size_t i = 0; i < count; ++i)
    if (tokens[i].digits && tokens[i].text.size() > 2 && tokens[i].text[0] == '0') return out;  // "055": a code of a table
  Number stem;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    const int value = stem_value(tokens[i]);
    if (value <= 0) return out;
    stem.parts[stem.depth++] = static_cast<std::uint16_t>(value);
  }
  read_token(tokens[count - 1], true, out, stem);
  return out;
}

int gap_between_parts(const Number& a, const Number& b) {
  if (a.depth == 0 || b.depth == 0) return -1;
  if (a.depth == b.depth && (a.system != b.system || (a.system != System::digits && a.upper != b.upper))) return -1;
  std::size_t common = 0;
  while (common < a.depth && common < b.depth && a.parts[common] == b.parts[common]) ++common;
  if (common == a.depth) return b.depth == a.depth + 1 && b.parts[common] <= 1 ? 0 : -1;  // 1.2 -> 1.2.1
  if (common == b.depth) return -1;  // 1.2 -> 1
  const bool first_child = a.depth == b.depth && b.parts[common] == a.parts[common] + 1;
  for (std::size_t i = common + 1; i < b.depth; ++i)
    if (!first_child || b.parts[i] > 1) return -1;  // 1.2 -> 2.4; but 1.5 -> 2.1 goes on
  const int step = static_cast<int>(b.parts[common]) - a.parts[common];
  return step >= 1 ? step - 1 : -1;
}

int gap_over_parts(const Number& a, const Number& b) {
  if (a.depth != b.depth || a.depth < 2 || a.system != System::digits || b.system != System::digits || b.parts[0] <= a.parts[0]) return -1;
  int left_out = b.parts[0] - a.parts[0] - 1;
  for (std::size_t i = 1; i < b.depth; ++i) {
    if (b.parts[i] == 0) return -1;
    left_out += b.parts[i] - 1;
  }
  return left_out;
}

Frame frame_of(std::string_view before, std::string_view after) {
  Frame frame;
  std::uint32_t hash = 2166136261u;  // FNV-1a, over the folded letters
  bool letters = false;
  for (char c : before) {
    if (is_letter(c)) {
      letters = true;
      hash = (hash ^ static_cast<unsigned char>(lowered(c))) * 16777619u;
    } else if (c == '(') frame.open = '(';
  }
  if (letters) frame.keyword = hash | 1;
  for (char c : after)
    if (c == ')' || c == '.' || c == ':') {
      frame.close = c;
      break;
    }
  return frame;
}

}  // namespace rapporteur
