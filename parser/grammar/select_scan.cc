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
  thread_local Runner runner;
  Match match;
  Mask found = 0;
  bool in_word = false;
  for (std::size_t at = 0; at <= text.size() && wanted != 0; ++at) {
    const bool ends = at == text.size();
    const char letter = ends ? '\0' : text[at];
    const auto byte = static_cast<std::uint8_t>(letter);
    const auto next = at + 1 < text.size() ? static_cast<std::uint8_t>(text[at + 1]) : std::uint8_t{0};
    const bool was_in_word = std::exchange(in_word, WordScan::word(letter));
    if ((byte & 0xC0) == 0x80) continue;  // the middle of a letter
    Mask here = (ends ? shelf.anywhere : shelf.firsts[byte] & shelf.seconds[next]) & wanted;
    if (was_in_word && in_word) here &= shelf.inside;
    for (; here != 0; here &= here - 1) {
      const Select& select = *shelf.selects[static_cast<std::size_t>(std::countr_zero(here))];
      if (!ends && !select.starts.allows(byte, next)) continue;
      const Runner::Outcome outcome = runner.run(*select.pattern, text, static_cast<std::uint32_t>(at), cut, match);
      if (outcome == Runner::Outcome::unmatched) continue;
      wanted &= ~(here & -here);
      if (outcome == Runner::Outcome::matched) found |= here & -here;
    }
  }
  return found;
}

}  // namespace rapporteur
