// Stage recognition: dates to ISO 8601. Month names come from the grammar's table, so a language is added there.

#include "recognition/dates.h"

#include <algorithm>
#include <iterator>

namespace rapporteur {

namespace {

int leading_number(std::string_view text) {
  int value = 0;
  bool any = false;
  for (char c : text) {
    if (c < '0' || c > '9') break;
    value = value * 10 + (c - '0');
    any = true;
    if (value > 9999) return 0;
  }
  return any ? value : 0;
}

int month_number(const Grammar& grammar, std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] >= '0' && text[0] <= '9') return leading_number(text);
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.remove_suffix(1);
  const auto found = grammar.look_up("month", text);
  return found ? leading_number(*found) : 0;
}

bool real(int year, int month, int day) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || year < 1000) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day >= 1 && day <= kDays[month - 1] + (leap && month == 2 ? 1 : 0);
}

/// "2021-05-12", or "2021-05" where no day is told; empty where there is no such day.
std::string iso(int year, int month, int day) {
  if (day == 0 ? month < 1 || month > 12 || year < 1000 : !real(year, month, day)) return {};
  const auto digit = [](int value) { return static_cast<char>('0' + value % 10); };
  const char whole[] = {digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), '-', digit(month / 10), digit(month), '-', digit(day / 10), digit(day)};
  return std::string(whole, day == 0 ? 7 : 10);
}

bool slashed(const Match& match, std::string_view subject) {
  const std::size_t behind = match.has(Capture::day) ? match.span(Capture::day).end : subject.size();
  return behind < subject.size() && subject[behind] == '/';
}

/// "du 5/6/2011": the word before the date is of a language in which the day stands first.
bool day_first_by_word(std::string_view before) {
  static constexpr std::string_view kWords[] = {" du ", " le ", " del ", " el ", " de ", " em ", " vom ", " am ", " от "};
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view word) {
    return before.size() >= word.size() && std::equal(word.rbegin(), word.rend(), before.rbegin(), [&](char a, char b) { return a == lower(b); });
  });
}

/// "27/11/2026" and "11/27/2026" are told apart by what no month can be. `day_first`: of two that could be, it is known to be.
std::string slashed_date(int year, int first, int second, bool day_first) {
  if (first > 12) return iso(year, second, first);
  if (second > 12) return iso(year, first, second);
  return first == second || day_first ? iso(year, second, first) : std::string();
}

}  // namespace

IsoDate iso_date(const Grammar& grammar, const Match& match, std::string_view subject, std::string_view language) {
  const auto number = [&](Capture c) { return leading_number(match.text(c, subject)); };
  const int day = number(Capture::day), day2 = number(Capture::day2);
  int year = number(Capture::year), year2 = number(Capture::year2);
  int month = month_number(grammar, match.text(Capture::month, subject));
  int month2 = month_number(grammar, match.text(Capture::month2, subject));
  if (day2 == 0 && slashed(match, subject)) {
    const bool by_language = !language.empty() && language != "en";
    return {slashed_date(year, day, month, by_language || day_first_by_word(subject.substr(0, match.whole.begin))), {}};
  }
  if (day2 == 0) return {iso(year, month, day), {}};
  if (month2 == 0) month2 = month;
  if (month == 0) month = month2;
  if (year2 == 0) year2 = year;
  if (year == 0) year = year2;
  IsoDate out{iso(year, month, day), iso(year2, month2, day2)};
  if (out.when.empty() || out.to.empty()) return {};
  return out;
}

}  // namespace rapporteur
