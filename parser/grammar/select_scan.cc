// Stage grammar: the walk over the beginning of a document that all [[select]] patterns share.

#include "grammar/select_scan.h"

#include <bit>
#include <utility>

namespace rapporteur {

void SelectScan::add(const Select& select) {
  if (x_needed.size() % kShelf == 0) x_shelves.emplace_back();
  x_needed.push_back(x_words.add(select.needs));
  Shelf& shelf = x_shelves.back();
  const Mask bit = Mask{1} << shelf.selects.size();
  shelf.selects.push_back(&select);
  const StartSet& starts = select.starts;
  if (starts.first.all()) shelf.anywhere |= bit;
  if (select.inside_words) shelf.inside |= bit;
  StartSet::Bytes second;
  for (std::size_t byte = 0; byte < 256; ++byte) {
    if (!starts.first[byte]) continue;
    shelf.firsts[byte] |= bit;
    const StartSet::Bytes* nexts = starts.after(static_cast<std::uint8_t>(byte));
    if (nexts != nullptr) second |= *nexts;
    else second.set();
  }
  for (std::size_t byte = 0; byte < 256; ++byte)
    if (second[byte]) shelf.seconds[byte] |= bit;
}

std::vector<bool> SelectScan::found_in(std::string_view text, bool cut) const {
  std::vector<bool> found(x_needed.size());
  const WordScan::Mask words = x_words.seen_in(text);
  for (std::size_t s = 0; s < x_shelves.size(); ++s) {
    const std::size_t first = s * kShelf;
    Mask wanted = 0;
    for (std::size_t i = 0; i < x_shelves[s].selects.size(); ++i)
      if ((x_needed[first + i] & ~words) == 0) wanted |= Mask{1} << i;
    for (Mask here = find(x_shelves[s], wanted, text, cut); here != 0; here &= here - 1) found[first + static_cast<std::size_t>(std::countr_zero(here))] = true;
  }
  return found;
}

/// A pattern is done with where it is found, or where it runs into a limit.
SelectScan::Mask SelectScan::find(const Shelf& shelf, Mask wanted, std::string_view text, bool cut) const {
  if (wanted == 0) return 0;
  thread_local Runner runner;
  Match match;
  Mask found = 0;
  const auto byte_at = [&](std::size_t at) { return at < text.size() ? static_cast<std::uint8_t>(text[at]) : std::uint8_t{0}; };
  const auto in_word = [&](std::size_t at) { return at < text.size() && WordScan::word(text[at]); };
  const auto try_here = [&](Mask here, std::size_t at) {
    for (; here != 0; here &= here - 1) {
      const Select& select = *shelf.selects[static_cast<std::size_t>(std::countr_zero(here))];
      if (at < text.size() && !select.starts.allows(byte_at(at), byte_at(at + 1))) continue;
      const Runner::Outcome outcome = runner.run(*select.pattern, text, static_cast<std::uint32_t>(at), cut, match);
      if (outcome == Runner::Outcome::unmatched) continue;
      wanted &= ~(here & -here);
      if (outcome == Runner::Outcome::matched) found |= here & -here;
    }
  };
  std::array<bool, 256> begins{};
  for (std::size_t byte = 0; byte < 256; ++byte) begins[byte] = (shelf.firsts[byte] & wanted) != 0 && (byte & 0xC0) != 0x80;  // not amid a letter
  for (std::size_t at = 0; wanted != 0; ++at) {
    while (at < text.size() && !begins[byte_at(at)]) ++at;
    if (at == text.size()) break;
    Mask here = shelf.firsts[byte_at(at)] & shelf.seconds[byte_at(at + 1)] & wanted;
    if (here != 0 && at > 0 && in_word(at - 1) && in_word(at)) here &= shelf.inside;
    try_here(here, at);
  }
  try_here(shelf.anywhere & wanted, text.size());
  return found;
}

}  // namespace rapporteur
