// Stage grammar: tables of beginnings, filled in as texts ask for them.

#include "grammar/start_table.h"

#include <algorithm>
#include <cstring>

namespace rapporteur {

namespace {

/// The first letters of a text, as many as a Key has room for, as a number: never 0, and no other beginning has it.
template <typename Key>
Key beginning_of(std::string_view text, std::size_t& length) {
  constexpr Key kOnes = static_cast<Key>(~Key{0}) / 0xFF, kHighs = kOnes << 7;
  Key bytes = 0;
  length = std::min(text.size(), sizeof(Key));
  if (length == sizeof(Key)) {
    std::memcpy(&bytes, text.data(), sizeof(Key));
    if ((bytes & kHighs) == 0 && ((bytes - kOnes) & ~bytes & kHighs) == 0) return bytes;  // plain, and no NUL
  }
  length = std::min(length, text.substr(0, length).find('\0'));  // a NUL would look like the end of the text
  if (length == 0) return length = 1, static_cast<Key>(~Key{0});  // a beginning that UTF-8 does not have
  if (length < text.size())                                       // no letter is cut in two
    while (length > 1 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
  bytes = 0;
  std::memcpy(&bytes, text.data(), length);
  return bytes;
}

/// Whether a text begins with a digit, or has one among its next bytes; of a short one, perhaps.
bool has_digit(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  std::uint64_t bytes = 0;
  if (text.size() < sizeof bytes + 1) return true;
  std::memcpy(&bytes, text.data(), sizeof bytes);
  bytes ^= kOnes * '0';  // digits: less than ten
  return ((bytes - kOnes * 10) & ~bytes & kOnes << 7) != 0;
}

}  // namespace

std::uint16_t RuleSets::number_of(RuleSet set) {
  if (set.empty()) return 0;
  const auto [found, fresh] = x_numbers.emplace(set, static_cast<std::uint16_t>(x_sets.size()));
  if (fresh) x_sets.push_back(std::move(set));
  return found->second;
}

StartTable::StartTable(const Grammar::Impl& grammar, Asked asked, RuleSet rules)
    : x_grammar(grammar), x_rules(std::move(rules)), x_none(asked == Asked::at_words ? std::size_t{1} << kNoneBits : 0), x_words(asked == Asked::at_words ? 13 : 1), x_texts(12) {
  DigitCuts cuts = 0;
  for (const std::uint16_t index : x_rules) {
    const CompiledRule& rule = *x_grammar.compiled[index];
    cuts |= rule.digits;
    for (std::size_t byte = 0; byte < 0x80; ++byte) x_sign_begins |= rule.starts.first[byte] && !WordScan::word(static_cast<char>(byte));
  }
  x_fold = digit_fold(cuts);
}

/// `among`: of which rules it is known that they can; the others cannot, by fewer letters.
const RuleSet& StartTable::at(std::string_view text, const RuleSet& among) {
  std::array<char, sizeof(std::uint64_t) + 1> folded;  // and one that tells whether a letter is cut
  std::string_view seen = text.substr(0, folded.size());
  if (has_digit(seen)) {
    std::transform(seen.begin(), seen.end(), folded.begin(), [this](char c) { return x_fold[static_cast<unsigned char>(c)]; });
    seen = {folded.data(), seen.size()};
  }
  std::size_t length = 0;
  const auto beginning = beginning_of<std::uint64_t>(seen, length);
  if (const std::uint16_t* const known = x_texts.find(beginning)) return x_sets[*known];
  const std::uint16_t set = x_sets.number_of(ask(seen.substr(0, length), among));
  x_texts.keep(beginning, set);
  return x_sets[set];
}

void StartTable::forget() {
  x_words.forget();
  x_texts.forget();
  x_sets = RuleSets();
}

const RuleSet& StartTable::at_word(std::string_view text) {
  if (x_sets.full()) forget();
  std::size_t length = 0;
  const auto beginning = beginning_of<std::uint32_t>(text, length);
  const std::uint16_t* const known = x_words.find(beginning);
  const std::uint16_t set = known != nullptr ? *known : x_sets.number_of(ask(text.substr(0, length), x_rules));
  if (known == nullptr) x_words.keep(beginning, set);
  if (set == 0) x_none[none_place(beginning)] = beginning;
  return set == 0 ? x_sets[0] : at(text, x_sets[set]);
}

RuleSet StartTable::ask(std::string_view beginning, const RuleSet& among) const {
  RuleSet set;
  const auto first = static_cast<std::uint8_t>(beginning[0]);
  for (const std::uint16_t index : among) {
    const CompiledRule& rule = *x_grammar.compiled[index];
    const bool pair = beginning.size() > 1 ? rule.starts.allows(first, static_cast<std::uint8_t>(beginning[1])) : rule.starts.first[first];
    if (!pair) continue;
    const Pattern& pattern = rule.pattern->get();
    if (rule.rule.block ? pattern.may_begin_text(beginning, rule.rule.alone) : pattern.may_begin_with(beginning)) set.push_back(index);
  }
  return set;
}

}  // namespace rapporteur
