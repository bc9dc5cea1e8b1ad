// Stage readers: pairing of emphasis delimiters ("process emphasis" of CommonMark's appendix). Lower bounds for the
// search of openers keep it linear on runs that never pair.

#include "readers/markdown_emphasis.h"

#include <algorithm>
#include <array>

#include <utf8proc.h>

#include "readers/line_parts.h"

namespace rapporteur {

namespace {

enum class Neighbour : std::uint8_t { blank, punctuation, word };

Neighbour neighbour_of(char32_t point) {
  if (point < 0x80) {
    if (point <= ' ') return Neighbour::blank;
    const bool word = (point >= '0' && point <= '9') || ((point | 32) >= 'a' && (point | 32) <= 'z') || point == 0x7F;
    return word ? Neighbour::word : Neighbour::punctuation;
  }
  if (is_blank_point(point)) return Neighbour::blank;
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(point));
  return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_SO ? Neighbour::punctuation : Neighbour::word;
}

Neighbour before(std::string_view text, std::uint32_t at) {
  if (at == 0) return Neighbour::blank;
  std::size_t lead = at - 1;
  while (lead > 0 && (static_cast<unsigned char>(text[lead]) & 0xC0) == 0x80) --lead;
  return neighbour_of(next_point(text, lead));
}

Neighbour behind(std::string_view text, std::size_t at) {
  return at >= text.size() ? Neighbour::blank : neighbour_of(next_point(text, at));
}

bool pair_up(const Delimiter& opener, const Delimiter& closer) {
  if (opener.character != closer.character || !opener.can_open || opener.left == 0) return false;
  if (opener.character == '~') return opener.left == 2 && closer.left == 2;
  const bool both_ways = opener.can_close || closer.can_open;
  return !both_ways || (opener.length + closer.length) % 3 != 0 || (opener.length % 3 == 0 && closer.length % 3 == 0);
}

std::size_t kind_of(const Delimiter& closer) {
  const std::size_t character = closer.character == '*' ? 0 : closer.character == '_' ? 1 : 2;
  return (character * 2 + closer.can_open) * 3 + closer.length % 3;
}

/// The opener opens outwards from its right end, so what it opened last comes first; the closer closes from its left.
void use(Delimiter& opener, Delimiter& closer, std::uint8_t length, std::vector<DelimiterUse>& uses) {
  const auto at = static_cast<std::int32_t>(uses.size());
  uses.push_back({length, opener.opens});
  uses.push_back({length, -1});
  opener.opens = at;
  (closer.last_close < 0 ? closer.closes : uses[static_cast<std::size_t>(closer.last_close)].next) = at + 1;
  closer.last_close = at + 1;
  opener.left -= length;
  closer.left -= length;
}

}  // namespace

Delimiter make_delimiter(std::string_view text, std::uint32_t at, std::uint32_t length) {
  const Neighbour left = before(text, at), right = behind(text, at + length);
  const bool left_flanking = right == Neighbour::word || (right == Neighbour::punctuation && left != Neighbour::word);
  const bool right_flanking = left == Neighbour::word || (left == Neighbour::punctuation && right != Neighbour::word);
  Delimiter run;
  run.character = text[at];
  run.length = run.left = length;
  run.can_open = left_flanking;
  run.can_close = right_flanking;
  if (run.character == '_') {
    run.can_open = left_flanking && (!right_flanking || left == Neighbour::punctuation);
    run.can_close = right_flanking && (!left_flanking || right == Neighbour::punctuation);
  }
  if (run.character == '~' && length != 2) run.can_open = run.can_close = false;
  return run;
}

void pair_delimiters(std::vector<Delimiter>& runs, std::vector<DelimiterUse>& uses, std::vector<std::size_t>& unpaired, std::size_t bottom) {
  std::vector<std::size_t> openers;  // stack of runs that may still open something
  std::array<std::size_t, 18> no_opener_below{};  // by kind of closer: openers below this stack height were looked at
  for (std::size_t i = bottom; i < unpaired.size(); ++i) {
    Delimiter& closer = runs[unpaired[i]];
    while (closer.can_close && closer.left > 0) {
      std::size_t& searched = no_opener_below[kind_of(closer)];
      std::size_t height = openers.size();
      while (height > searched && !pair_up(runs[openers[height - 1]], closer)) --height;
      if (height <= searched) {
        searched = openers.size();
        break;
      }
      openers.resize(height);
      Delimiter& opener = runs[openers.back()];
      const std::uint8_t used = opener.left >= 2 && closer.left >= 2 ? 2 : 1;
      use(opener, closer, used, uses);
      if (opener.left == 0) openers.pop_back();
      for (std::size_t& bound : no_opener_below) bound = std::min(bound, openers.size());
    }
    if (closer.can_open && closer.left > 0) openers.push_back(unpaired[i]);
  }
  unpaired.resize(bottom);
}

}  // namespace rapporteur
