// Stage readers: labels of automatic lists, and the nesting that word processor files lose.
//
// Pandoc keeps a list's number style, delimiter and start, but when a paragraph without number stands between the
// items of a sub-list, the items after it come back as a list of the top level. Their style then is the only thing
// that shows the level: after "II." and "a.", a list that starts at "b." goes on one level down.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rapporteur {

enum class NumberStyle : std::uint8_t { decimal, lower_alpha, upper_alpha, lower_roman, upper_roman, bullet };
enum class NumberDelimiter : std::uint8_t { period, one_paren, two_parens, none };

/// A list's way of numbering.
struct Numbering {
  NumberStyle style = NumberStyle::decimal;
  NumberDelimiter delimiter = NumberDelimiter::period;
  friend bool operator==(Numbering, Numbering) = default;
};

NumberStyle number_style(std::string_view pandoc_name);
NumberDelimiter number_delimiter(std::string_view pandoc_name);

/// "7. ", "(c) ", "XIV) "; a bullet gives "• ". Numbers below 1, or too large for their style, come out as digits.
std::string list_label(Numbering numbering, long number);

/// The open levels of a document's lists.
class ListNesting {
 public:
  /// A list begins. `parent_depth` is the depth of the item it stands in, 0 for a list of the top level.
  /// Returns the depth (1 = outermost) of its items.
  std::uint8_t enter(Numbering numbering, long start, long items, std::uint8_t parent_depth);
  /// A paragraph or table of the top level: bullets after it belong to no numbered item.
  void paragraph() { x_after_item = false; }
  /// A heading: what does not go on with an earlier number starts afresh.
  void heading() { x_stale = true, x_after_item = false; }

 private:
  struct Level {
    Numbering numbering;
    long last = 0;
  };
  std::uint8_t top_level(Numbering numbering, long start);

  std::vector<Level> x_levels;
  bool x_stale = false;
  bool x_after_item = false;
};

}  // namespace rapporteur
