// Stage xml: which form a value has.

#include "xml/forms.h"

#include <algorithm>

#include "xml/escape.h"

namespace rapporteur::xml {

namespace {

using enum ValueForm;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

bool is_id(std::string_view value) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  if (value.empty() || !letter(value.front())) return false;
  return std::all_of(value.begin(), value.end(), [&](char c) { return letter(c) || is_digit(c) || c == '.' || c == '-'; });
}

ValueForm word_form(std::string_view value) {
  if (value.empty()) return empty_word;
  return static_cast<unsigned char>(value.front()) > ' ' && value.front() != '\x7F' && well_formed(value) ? of_kind : no_form;
}

ValueForm figures_form(std::string_view value) {
  if (value == "0") return zero;
  return !value.empty() && value.front() != '0' && value.size() < 19 && all_digits(value) ? figures : no_form;
}

ValueForm date_form(std::string_view value) {
  const bool years = value.size() >= 4 && all_digits(value.substr(0, 4));
  const bool months = years && value.size() >= 7 && value[4] == '-' && all_digits(value.substr(5, 2));
  if (years && value.size() == 4) return year;
  if (months && value.size() == 7) return month;
  return months && value.size() == 10 && value[7] == '-' && all_digits(value.substr(8, 2)) ? day : no_form;
}

bool is_share(std::string_view value) {
  return value == "0" || (value.size() == 4 && value[0] == '0' && value[1] == '.' && is_digit(value[2]) && is_digit(value[3]));
}

bool is_sha256(std::string_view value) {
  return value.size() == 64 && std::all_of(value.begin(), value.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

bool is_code(std::string_view value) { return value.size() == 4 && value[0] >= 'A' && value[0] <= 'Z' && all_digits(value.substr(1)); }

}  // namespace

ValueForm form_of(Kind kind, std::string_view value) {
  switch (kind) {
    case Kind::word: return word_form(value);
    case Kind::role: return value == "head" ? of_head : word_form(value);
    case Kind::code: return is_code(value) ? of_code : word_form(value);
    case Kind::version: {
      const ValueForm number = figures_form(value);
      return number != no_form ? number : word_form(value);
    }
    case Kind::id: return is_id(value) ? of_kind : no_form;
    case Kind::figures: return figures_form(value);
    case Kind::share: return is_share(value) ? of_kind : no_form;
    case Kind::date: return date_form(value);
    case Kind::sha256: return is_sha256(value) ? of_kind : no_form;
    case Kind::exact: break;
  }
  return no_form;
}

std::string sample_of(Kind kind, ValueForm form) {
  switch (form) {
    case empty_word: return "";
    case zero: return "0";
    case figures: return "7";
    case of_code: return "X101";
    case of_head: return "head";
    case year: return "2021";
    case month: return "2021-12";
    case day: return "2021-12-07";
    case of_kind:
    case no_form: break;
  }
  return kind == Kind::share ? "0.75" : kind == Kind::sha256 ? std::string(64, 'a') : "x7";
}

}  // namespace rapporteur::xml
