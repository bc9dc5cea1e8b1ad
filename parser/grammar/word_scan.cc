// Stage grammar: the automaton that finds needed words.

#include <algorithm>

#include "grammar/needed_words.h"

namespace rapporteur {

namespace {

constexpr std::uint32_t kLists = 64;

std::uint8_t folded(std::uint8_t byte) {
  if (byte >= 'A' && byte <= 'Z') return static_cast<std::uint8_t>(byte + 32);
  return byte >= '0' && byte <= '9' ? std::uint8_t{'0'} : byte;
}

}  // namespace

bool WordScan::fits(const std::vector<NeededWords>& lists) const {
  if (x_lists + lists.size() > kLists) return false;
  std::size_t letters = 0;
  for (const auto& [word, mask] : x_words) letters += word.size();
  for (const NeededWords& words : lists)
    for (const std::string& word : words) letters += word.size();
  return letters + 256 < kStates;
}

WordScan::Mask WordScan::add(const std::vector<NeededWords>& lists) {
  Mask mask = 0;
  if (!fits(lists)) return mask;
  for (const NeededWords& words : lists) {
    const Mask bit = Mask{1} << x_lists++;
    mask |= bit;
    for (const std::string& word : words) x_words.emplace_back(word, bit);
  }
  return mask;
}

void WordScan::finish() {
  if (x_words.empty()) return;
  add_strange();
  make_classes();
  make_states();
  link_states();
}

/// U+017F is an s to PCRE2 and U+212A a k, and every script has its digits. A text with one of these letters, or a letter
/// of a block that may hold digits, has everything. What is left plain is Latin, Greek, most of Cyrillic and punctuation.
void WordScan::add_strange() {
  constexpr Mask all = ~Mask{0};
  for (const char* letter : {"\xC4\xB0", "\xC4\xB1", "\xC5\xBF", "\xE2\x84\xAA"}) x_words.emplace_back(letter, all);
  for (int lead = 0xD2; lead <= 0xF4; ++lead)
    if (lead != 0xE2) x_words.emplace_back(std::string(1, static_cast<char>(lead)), all);
}

void WordScan::make_classes() {
  std::array<std::uint8_t, 256> of_byte{};
  for (const auto& [word, mask] : x_words)
    for (const char c : word)
      if (std::uint8_t& known = of_byte[static_cast<std::uint8_t>(c)]; known == 0) known = static_cast<std::uint8_t>(x_classes++);
  for (std::size_t byte = 0; byte < 256; ++byte) {
    x_word[byte] = word(static_cast<char>(byte));
    x_class[byte] = of_byte[folded(static_cast<std::uint8_t>(byte))];
  }
  x_boundary = x_class[static_cast<std::uint8_t>(kBoundary)];
}

void WordScan::make_states() {
  x_next.assign(x_classes, 0);
  x_found.assign(1, 0);
  for (const auto& [word, mask] : x_words) {
    StateId state = 0;
    for (const char c : word) {
      const std::size_t edge = std::size_t{state} * x_classes + x_class[static_cast<std::uint8_t>(c)];
      if (x_next[edge] == 0) {
        const auto fresh = static_cast<StateId>(x_found.size());
        x_found.push_back(0);
        x_next.resize(x_next.size() + x_classes, 0);
        x_next[edge] = fresh;
      }
      state = x_next[edge];
    }
    x_found[state] |= mask;
  }
}

/// Fills in where to go on when a word breaks off: breadth first, so that shorter beginnings are known.
void WordScan::link_states() {
  std::vector<StateId> back(x_found.size(), 0), order;
  for (std::uint32_t c = 0; c < x_classes; ++c)
    if (x_next[c] != 0) order.push_back(x_next[c]);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const StateId state = order[i];
    x_found[state] |= x_found[back[state]];
    for (std::uint32_t c = 0; c < x_classes; ++c) {
      StateId& next = x_next[std::size_t{state} * x_classes + c];
      const StateId shorter = x_next[std::size_t{back[state]} * x_classes + c];
      if (next == 0) {
        next = shorter;
        continue;
      }
      back[next] = shorter;
      order.push_back(next);
    }
  }
}

WordScan::Mask WordScan::seen_in(std::string_view text) const {
  Mask seen = 0;
  if (x_found.empty()) return seen;
  std::uint32_t state = 0;
  std::uint8_t in_word = 0;
  for (const char c : text) {
    const std::uint8_t word = x_word[static_cast<std::uint8_t>(c)];
    if (word > in_word) state = x_next[state * x_classes + x_boundary];
    in_word = word;
    state = x_next[state * x_classes + x_class[static_cast<std::uint8_t>(c)]];
    seen |= x_found[state];
  }
  return seen;
}

}  // namespace rapporteur
