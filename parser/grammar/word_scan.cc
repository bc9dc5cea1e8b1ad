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

/// The second byte of a letter, as that of its capital.
std::uint8_t folded_behind(std::uint8_t first, std::uint8_t second) {
  if (first == 0xC3) return second >= 0xA0 ? static_cast<std::uint8_t>(second - 0x20) : second;
  if (first == 0xD0) return second >= 0xB0 ? static_cast<std::uint8_t>(second - 0x20) : second;
  return second < 0x90 ? static_cast<std::uint8_t>(second + 0x20) : second == 0x91 ? std::uint8_t{0x81} : second;  // 0xD1
}

}  // namespace

std::string WordScan::folded_letter(char32_t point) {
  const bool is_latin = point >= 0xC0 && point < 0xFF;  // the capital of ÿ begins with another byte
  const bool is_russian = (point >= 0x410 && point < 0x450) || point == 0x401 || point == 0x451;
  if (!is_latin && !is_russian) return {};
  const auto first = static_cast<std::uint8_t>(0xC0 | point >> 6), second = static_cast<std::uint8_t>(0x80 | (point & 0x3F));
  return {static_cast<char>(is_latin ? 0xC3 : 0xD0), static_cast<char>(folded_behind(first, second))};
}

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
  make_symbols();
  make_states();
  link_states();
  join_boundaries();
}

/// U+017F is an s to PCRE2, U+212A a k and U+212B an å, and every script has its digits. A text with one of these letters, or a
/// letter of a block that may hold digits or more forms of a letter, has everything. What is left plain is Latin, Greek, most of Cyrillic and punctuation.
void WordScan::add_strange() {
  constexpr Mask all = ~Mask{0};
  for (const char* letter : {"\xC4\xB0", "\xC4\xB1", "\xC5\xBF", "\xE2\x84\xAA", "\xE2\x84\xAB"}) x_words.emplace_back(letter, all);
  for (int lead = 0xD2; lead <= 0xF4; ++lead)
    if (lead != 0xE2) x_words.emplace_back(std::string(1, static_cast<char>(lead)), all);
}

/// Bytes that stand in words, those of ASCII words first: they have a second symbol, for where a word begins.
void WordScan::make_classes() {
  std::array<std::uint8_t, 256> of_byte{};
  for (const bool of_words : {true, false}) {
    for (const auto& [text, mask] : x_words)
      for (const char c : text)
        if (std::uint8_t& known = of_byte[static_cast<std::uint8_t>(c)]; known == 0 && word(c) == of_words) known = static_cast<std::uint8_t>(x_classes++);
    if (of_words) x_word_classes = x_classes;
  }
  for (std::size_t byte = 0; byte < 256; ++byte) x_class[byte] = of_byte[folded(static_cast<std::uint8_t>(byte))];
  x_class[0xD1] = x_class[0xD0];
  x_boundary = x_class[static_cast<std::uint8_t>(kBoundary)];
}

void WordScan::make_symbols() {
  for (std::size_t at = 0; at < 256; ++at) {
    const auto byte = static_cast<std::uint8_t>(at);
    const bool of_ascii_word = word(static_cast<char>(byte));
    const auto symbol = [&](std::uint8_t as) { return static_cast<std::uint16_t>(kMaskEntries + x_class[as]); };
    x_behind[byte] = of_ascii_word ? of_word : byte == 0xC3 ? latin : byte == 0xD0 ? russian_d0 : byte == 0xD1 ? russian_d1 : nothing;
    x_symbol[of_word][byte] = symbol(byte);
    x_symbol[nothing][byte] = static_cast<std::uint16_t>(symbol(byte) + (of_ascii_word ? x_classes : 0));
    x_symbol[latin][byte] = symbol(folded_behind(0xC3, byte));
    x_symbol[russian_d0][byte] = symbol(folded_behind(0xD0, byte));
    x_symbol[russian_d1][byte] = symbol(folded_behind(0xD1, byte));
  }
}

void WordScan::add_found(std::size_t row, Mask more) {
  const Mask found = found_at(row) | more;
  std::memcpy(&x_rows[row], &found, sizeof found);
}

/// Each state has a row for the letters in the middle of a word and, beside it, one for those that begin a word, which
/// `join_boundaries` fills. Room for all is taken at once: what is moved while it grows is touched twice.
void WordScan::make_states() {
  std::size_t most = 1;
  for (const auto& [word, mask] : x_words) {
    most += word.size();
    x_longest = std::max(x_longest, word.size());
  }
  x_rows.reserve(most * row_size());
  x_rows.assign(row_size(), 0);
  x_edges.assign(1, {});
  for (const auto& [word, mask] : x_words) {
    std::size_t row = 0;
    for (const char c : word) {
      const std::uint8_t letter = x_class[static_cast<std::uint8_t>(c)];
      const std::size_t edge = row + kMaskEntries + letter;
      if (x_rows[edge] == 0) {
        const auto fresh = static_cast<Entry>(x_rows.size());
        x_rows.resize(x_rows.size() + row_size(), 0);
        x_rows[edge] = fresh;
        x_edges[row / row_size()].emplace_back(letter, fresh);
        x_edges.emplace_back();
      }
      row = x_rows[edge];
    }
    add_found(row, mask);
  }
}

/// Fills in where to go on when a word breaks off: breadth first, so that shorter beginnings are known. A state goes on as the
/// longest shorter beginning does, but for its own edges.
void WordScan::link_states() {
  std::vector<Entry> back(x_edges.size(), 0), order;
  for (const auto& [letter, next] : x_edges[0]) order.push_back(next);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Entry state = order[i], shorter = back[state / row_size()];
    add_found(state, found_at(shorter));
    const Entry* const known = &x_rows[shorter + kMaskEntries];
    Entry* const row = &x_rows[state + kMaskEntries];
    std::copy_n(known, x_classes, row);
    for (const auto& [letter, next] : x_edges[state / row_size()]) {
      back[next / row_size()] = known[letter];
      row[letter] = next;
      order.push_back(next);
    }
  }
  x_edges = {};
}

/// A letter that begins a word is a symbol of its own, which does at once what kBoundary and the letter do one after the
/// other: so the scan reads one table for each byte of a text.
void WordScan::join_boundaries() {
  for (std::size_t state = 0; state < x_rows.size(); state += row_size()) {
    Entry* const row = &x_rows[state + kMaskEntries];
    const std::size_t begun = x_boundary == 0 ? state : row[x_boundary];
    std::copy_n(&x_rows[begun + kMaskEntries], x_word_classes, row + x_classes);
  }
}

inline void WordScan::step(Walk& walk, char c) const {
  const auto byte = static_cast<std::uint8_t>(c);
  walk.row = x_rows[walk.row + walk.symbol[byte]];
  walk.symbol = x_symbol[x_behind[byte]].data();
  walk.seen |= found_at(walk.row);
}

/// Each step waits for the row that the one before read. So two walks go side by side, one through each half of the text; the
/// first goes on into the second half for as long as a word may reach.
WordScan::Mask WordScan::seen_in(std::string_view text) const {
  if (x_rows.empty()) return 0;
  const std::size_t half = text.size() / 2;
  const Behind before_half = half > 0 ? x_behind[static_cast<std::uint8_t>(text[half - 1])] : nothing;
  Walk first{0, x_symbol[nothing].data()}, second{0, x_symbol[before_half].data()};
  for (std::size_t i = 0; i < half; ++i) {
    step(first, text[i]);
    step(second, text[half + i]);
  }
  if (text.size() % 2 != 0) step(second, text.back());
  const std::size_t reach = std::min(half + x_longest, text.size());
  for (std::size_t i = half; i < reach && first.row != 0; ++i) step(first, text[i]);
  return first.seen | second.seen;
}

}  // namespace rapporteur
