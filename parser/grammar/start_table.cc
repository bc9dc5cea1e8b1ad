// Stage grammar: tables of beginnings, filled in as texts ask for them.

#include "grammar/start_table.h"

#include <cstring>

namespace rapporteur {

std::uint16_t RuleSets::number_of(RuleSet set) {
  if (set.empty()) return 0;
  const auto [found, fresh] = x_numbers.emplace(set, static_cast<std::uint16_t>(x_sets.size()));
  if (fresh) x_sets.push_back(std::move(set));
  return found->second;
}

BlockStarts::BlockStarts(const Grammar::Impl& grammar) {
  for (std::uint16_t i = 0; i < grammar.rules.size(); ++i)
    if (grammar.rules[i].block) x_rules.emplace_back(i, &grammar.compiled[i]->starts);
}

const RuleSet& BlockStarts::at(std::uint8_t begin, std::uint8_t next) {
  std::unique_ptr<Row>& row = x_rows[begin];
  if (!row) row = make_row(begin);
  return x_sets[(*row)[next]];
}

std::unique_ptr<BlockStarts::Row> BlockStarts::make_row(std::uint8_t begin) {
  auto row = std::make_unique<Row>();
  RuleSet rules;
  std::vector<const StartSet::Bytes*> nexts;
  for (const auto& [index, starts] : x_rules)
    if (starts->first[begin]) {
      rules.push_back(index);
      nexts.push_back(starts->after(begin));
    }
  std::vector<std::uint8_t> allowed(rules.size()), before;
  for (std::size_t next = 0; next < 256; ++next) {
    for (std::size_t i = 0; i < rules.size(); ++i) allowed[i] = nexts[i] == nullptr || (*nexts[i])[next];
    if (next > 0 && allowed == before) {  // most bytes tell rules apart no better than their neighbours
      (*row)[next] = (*row)[next - 1];
      continue;
    }
    RuleSet set;
    for (std::size_t i = 0; i < rules.size(); ++i)
      if (allowed[i]) set.push_back(rules[i]);
    (*row)[next] = x_sets.number_of(std::move(set));
    before = allowed;
  }
  return row;
}

InlineStarts::InlineStarts(const Grammar::Impl& grammar, std::uint8_t zones) : x_grammar(grammar), x_zones(zones), x_slots(kSlots) {
  for (std::uint16_t i = 0; i < grammar.rules.size(); ++i) {
    if (grammar.rules[i].block || (grammar.rules[i].zones & zones) == 0) continue;
    x_rules.push_back(i);
    const StartSet::Bytes& first = grammar.compiled[i]->starts.first;
    for (std::size_t byte = 0; byte < 256; ++byte) x_begins[byte] |= first[byte];
  }
}

namespace {

/// The first letters of a text, as many as lie in four bytes, as a number: never 0, and no other beginning has it.
std::uint32_t beginning_of(std::string_view text, std::size_t& length) {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, text.data(), std::min<std::size_t>(text.size(), 4));
  length = 4;
  if ((bytes & 0x80808080u) == 0 && text.size() >= 4 && ((bytes - 0x01010101u) & ~bytes & 0x80808080u) == 0) return bytes;
  length = std::min<std::size_t>(text.size(), 4);
  length = std::min(length, text.substr(0, length).find('\0'));  // a NUL would look like the end of the text
  if (length == 0) return length = 1, 0xffffffffu;       // a beginning that UTF-8 does not have
  if (length < text.size())                               // no letter is cut in two
    while (length > 1 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
  bytes = 0;
  std::memcpy(&bytes, text.data(), length);
  return bytes;
}

}  // namespace

const RuleSet& InlineStarts::at(std::string_view text) {
  std::size_t length = 0;
  const std::uint32_t beginning = beginning_of(text, length);
  Slot& slot = x_slots[(beginning * 0x9E3779B1u) >> 18];
  if (slot.beginning != beginning) slot = {beginning, x_sets.number_of(ask(text.substr(0, length)))};
  return x_sets[slot.set];
}

RuleSet InlineStarts::ask(std::string_view beginning) const {
  RuleSet set;
  const auto first = static_cast<std::uint8_t>(beginning[0]);
  for (const std::uint16_t index : x_rules) {
    const CompiledRule& rule = *x_grammar.compiled[index];
    const bool pair = beginning.size() > 1 ? rule.starts.allows(first, static_cast<std::uint8_t>(beginning[1])) : rule.starts.first[first];
    if (pair && rule.pattern->get().may_begin_with(beginning)) set.push_back(index);
  }
  return set;
}

}  // namespace rapporteur
