// Stage readers: labels of automatic lists and their nesting.

#include "readers/list_labels.h"

#include <algorithm>
#include <utility>

namespace rapporteur {

namespace {

constexpr std::size_t most_levels = 200;

std::string roman(long number) {
  static constexpr std::pair<int, const char*> steps[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                                                          {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                                                          {5, "v"},    {4, "iv"},   {1, "i"}};
  std::string out;
  for (const auto& [value, letters] : steps)
    for (; number >= value; number -= value) out += letters;
  return out;
}

/// a..z, then aa, bb, ... as word processors count.
std::string alpha(long number) {
  return std::string(static_cast<std::size_t>((number - 1) / 26 + 1), static_cast<char>('a' + (number - 1) % 26));
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(c - 'a' + 'A');
  return text;
}

std::string number_text(NumberStyle style, long number) {
  const bool spelt = number >= 1 && number < 4000;
  switch (style) {
    case NumberStyle::lower_alpha: if (spelt) return alpha(number); break;
    case NumberStyle::upper_alpha: if (spelt) return upper(alpha(number)); break;
    case NumberStyle::lower_roman: if (spelt) return roman(number); break;
    case NumberStyle::upper_roman: if (spelt) return upper(roman(number)); break;
    case NumberStyle::decimal:
    case NumberStyle::bullet: break;
  }
  return std::to_string(number);
}

/// Where a style usually stands in an outline: I. A. 1. a. i. and bullets below everything.
int usual_rank(NumberStyle style) {
  switch (style) {
    case NumberStyle::upper_roman: return 0;
    case NumberStyle::upper_alpha: return 1;
    case NumberStyle::decimal: return 2;
    case NumberStyle::lower_alpha: return 3;
    case NumberStyle::lower_roman: return 4;
    case NumberStyle::bullet: return 5;
  }
  return 5;
}

}  // namespace

NumberStyle number_style(std::string_view pandoc_name) {
  if (pandoc_name == "LowerAlpha") return NumberStyle::lower_alpha;
  if (pandoc_name == "UpperAlpha") return NumberStyle::upper_alpha;
  if (pandoc_name == "LowerRoman") return NumberStyle::lower_roman;
  if (pandoc_name == "UpperRoman") return NumberStyle::upper_roman;
  return NumberStyle::decimal;
}

NumberDelimiter number_delimiter(std::string_view pandoc_name) {
  if (pandoc_name == "OneParen") return NumberDelimiter::one_paren;
  if (pandoc_name == "TwoParens") return NumberDelimiter::two_parens;
  return NumberDelimiter::period;
}

std::string list_label(Numbering numbering, long number) {
  if (numbering.style == NumberStyle::bullet) return "• ";
  const std::string text = number_text(numbering.style, number);
  switch (numbering.delimiter) {
    case NumberDelimiter::period: return text + ". ";
    case NumberDelimiter::one_paren: return text + ") ";
    case NumberDelimiter::two_parens: return "(" + text + ") ";
    case NumberDelimiter::none: return text + " ";
  }
  return text + " ";
}

/// Depth of the level that a list of the top level takes, after closing those that it ends.
std::uint8_t ListNesting::top_level(Numbering numbering, long start) {
  const auto same = [&](const Level& level) { return level.numbering == numbering; };
  auto found = std::find_if(x_levels.rbegin(), x_levels.rend(),
                            [&](const Level& level) { return same(level) && level.last + 1 == start; });
  if (found == x_levels.rend() && x_stale) x_levels.clear();
  if (found == x_levels.rend()) found = std::find_if(x_levels.rbegin(), x_levels.rend(), same);
  if (found != x_levels.rend()) {
    x_levels.erase(found.base() - 1, x_levels.end());
  } else {
    while (!x_levels.empty() && usual_rank(x_levels.back().numbering.style) >= usual_rank(numbering.style)) x_levels.pop_back();
  }
  return static_cast<std::uint8_t>(x_levels.size() + 1);
}

std::uint8_t ListNesting::enter(Numbering numbering, long start, long items, std::uint8_t parent_depth) {
  if (numbering.style == NumberStyle::bullet && parent_depth == 0 && !x_after_item) return 1;
  std::uint8_t depth;
  if (parent_depth == 0) {
    depth = top_level(numbering, start);
  } else {
    x_levels.resize(parent_depth, Level{{NumberStyle::bullet, NumberDelimiter::none}, 0});
    depth = static_cast<std::uint8_t>(std::min<std::size_t>(parent_depth + 1u, most_levels));
  }
  if (x_levels.size() < most_levels) x_levels.push_back({numbering, start + items - 1});
  x_stale = false;
  x_after_item = true;
  return depth;
}

}  // namespace rapporteur
