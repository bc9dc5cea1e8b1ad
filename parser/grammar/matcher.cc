// Stage grammar: asks rules about text, quickly: a rule is tried only where its first two bytes can begin a match.

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "grammar/grammar_impl.h"

namespace rapporteur {

namespace {

using RuleSet = std::vector<std::uint16_t>;

/// Which rules to try at a pair of bytes. Rows are made when their first byte is first seen.
class StartTable {
 public:
  StartTable(const Grammar::Impl& grammar, bool block) {
    for (std::uint16_t i = 0; i < grammar.rules.size(); ++i)
      if (grammar.rules[i].block == block) x_rules.emplace_back(i, &grammar.compiled[i]->starts);
    for (const auto& [index, starts] : x_rules) x_any |= starts->first;
    x_sets.emplace_back();
  }

  bool begins(std::uint8_t byte) const { return x_any[byte]; }

  /// Rules, in order, that can match a text with these first bytes; `next` is 0 where the text ends.
  const RuleSet& at(std::uint8_t begin, std::uint8_t next) {
    std::unique_ptr<Row>& row = x_rows[begin];
    if (!row) row = make_row(begin);
    return x_sets[(*row)[next]];
  }

 private:
  using Row = std::array<std::uint16_t, 256>;

  std::unique_ptr<Row> make_row(std::uint8_t begin) {
    auto row = std::make_unique<Row>();
    for (std::size_t next = 0; next < 256; ++next) {
      RuleSet set;
      for (const auto& [index, starts] : x_rules)
        if (starts->allows(begin, static_cast<std::uint8_t>(next))) set.push_back(index);
      (*row)[next] = number_of(std::move(set));
    }
    return row;
  }

  std::uint16_t number_of(RuleSet set) {
    if (set.empty()) return 0;
    const auto [found, fresh] = x_numbers.emplace(set, static_cast<std::uint16_t>(x_sets.size()));
    if (fresh) x_sets.push_back(std::move(set));
    return found->second;
  }

  std::vector<std::pair<std::uint16_t, const StartSet*>> x_rules;
  StartSet::Bytes x_any;
  std::array<std::unique_ptr<Row>, 256> x_rows;
  std::deque<RuleSet> x_sets;  // references to sets stay good while rows are added
  std::map<RuleSet, std::uint16_t> x_numbers;
};

bool ascii_word(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/// The code point that begins at `at` of valid UTF-8.
char32_t point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]) & 0x3F); };
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return lead;
  if (lead < 0xE0) return ((lead & 0x1Fu) << 6) | byte(1);
  if (lead < 0xF0) return ((lead & 0x0Fu) << 12) | (byte(1) << 6) | byte(2);
  return ((lead & 0x07u) << 18) | (byte(1) << 12) | (byte(2) << 6) | byte(3);
}

/// Punctuation and blanks of Latin-1, the general punctuation block and CJK punctuation; every other letter beyond
/// ASCII counts as part of a word. Coarse on purpose: a wrong answer costs a try, or needs a blank before a mention.
bool beyond_ascii_word(char32_t point) {
  if (point < 0xC0) return point == 0xAA || point == 0xB5 || point == 0xBA;
  return !(point == 0xD7 || point == 0xF7 || (point >= 0x2000 && point <= 0x206F) || (point >= 0x3000 && point <= 0x303F) ||
           (point >= 0xFF00 && point <= 0xFF0F));
}

/// Scripts that put no blank between words: Thai to Lao, CJK, kana.
bool without_blanks(char32_t point) {
  return (point >= 0x0E00 && point <= 0x0EFF) || (point >= 0x2E80 && point <= 0xA4CF) || (point >= 0xF900 && point <= 0xFAFF) ||
         point >= 0x20000;
}

bool ends_in_word(std::string_view text, std::size_t at) {
  std::size_t before = at - 1;
  while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0) == 0x80) --before;
  const char32_t point = point_at(text, before);
  return point < 0x80 ? ascii_word(static_cast<unsigned char>(point)) : beyond_ascii_word(point);
}

}  // namespace

bool may_start_inline(std::string_view text, std::size_t at) {
  const auto here = static_cast<unsigned char>(text[at]);
  if ((here & 0xC0) == 0x80) return false;
  if (at == 0 || (here < 0x80 && !ascii_word(here))) return true;
  const auto before = static_cast<unsigned char>(text[at - 1]);
  if (before < 0x80 ? !ascii_word(before) : !ends_in_word(text, at)) return true;
  if (here < 0x80) return false;
  const char32_t point = point_at(text, at);
  return !beyond_ascii_word(point) || without_blanks(point);
}

std::string_view window(std::string_view text, std::size_t end) {
  if (end >= text.size()) return text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

struct Matcher::Impl {
  explicit Impl(const Grammar& grammar_)
      : grammar(grammar_.impl()), blocks(grammar, true), inlines(grammar, false), dropped(grammar.rules.size()),
        told(grammar.rules.size()) {}

  const Grammar::Impl& grammar;
  Runner runner;
  StartTable blocks;
  StartTable inlines;
  std::vector<std::uint8_t> dropped;  ///< rules that failed on the line at hand
  std::vector<std::uint8_t> told;
  bool any_dropped = false;
  Diagnostics said;
  Match match;

  void begin_line() {
    if (any_dropped) std::fill(dropped.begin(), dropped.end(), 0);
    any_dropped = false;
  }

  /// Whether a rule matches at `start`; a failed one is out for the rest of the line.
  bool try_rule(std::uint16_t index, std::uint8_t zones, std::string_view subject, std::size_t start, bool cut) {
    const Rule& rule = grammar.rules[index];
    if ((rule.zones & zones) == 0 || dropped[index] != 0) return false;
    const auto outcome = runner.run(grammar.compiled[index]->pattern->get(), subject, static_cast<std::uint32_t>(start), cut, match);
    if (outcome == Runner::Outcome::failed) drop(rule);
    if (outcome != Runner::Outcome::matched || match.whole.empty()) return false;
    match.rule = &rule;
    return !rule.alone || (!cut && subject.find_first_not_of(" \t", match.whole.end) == std::string_view::npos);
  }

  void drop(const Rule& rule) {
    dropped[rule.index] = 1;
    any_dropped = true;
    if (std::exchange(told[rule.index], 1) != 0) return;
    Diagnostic d;
    d.code = "G401";
    d.message = fmt::format("the rule \"{}\" was given up on a line of the document: {}", rule.name, runner.reason());
    d.help = "bound its repeats (\\d{1,3} instead of \\d+) and avoid a repeat inside a repeat; `rapporteur grammar check` shows where";
    d.file = rule.file;
    d.place = {rule.line, 1};
    said.push_back(std::move(d));
  }

  /// Tries the rules at one start; returns where to go on.
  std::size_t try_inline(std::string_view text, std::uint8_t zones, std::size_t at, std::vector<Match>& out) {
    const auto next = at + 1 < text.size() ? static_cast<std::uint8_t>(text[at + 1]) : std::uint8_t{0};
    const RuleSet& rules = inlines.at(static_cast<std::uint8_t>(text[at]), next);
    if (rules.empty()) return at + 1;
    const std::string_view seen = window(text, at + inline_window);
    for (const std::uint16_t index : rules) {
      if (!try_rule(index, zones, seen, at, seen.size() < text.size())) continue;
      if (match.rule->emit != Emit::none) out.push_back(match);
      return match.whole.end;
    }
    return at + 1;
  }
};

Matcher::Matcher(const Grammar& grammar) : x_impl(std::make_unique<Impl>(grammar)) {}
Matcher::~Matcher() = default;

void Matcher::match_block(std::string_view line, std::uint8_t zones, std::vector<Match>& out) {
  if (line.empty()) return;
  Impl& impl = *x_impl;
  impl.begin_line();
  const std::string_view seen = window(line, block_window);
  const auto next = line.size() > 1 ? static_cast<std::uint8_t>(line[1]) : std::uint8_t{0};
  for (const std::uint16_t index : impl.blocks.at(static_cast<std::uint8_t>(line[0]), next))
    if (impl.try_rule(index, zones, seen, 0, seen.size() < line.size())) out.push_back(impl.match);
}

void Matcher::match_inline(std::string_view text, std::uint8_t zones, std::vector<Match>& out) {
  Impl& impl = *x_impl;
  impl.begin_line();
  for (std::size_t at = 0; at < text.size();) {
    if (!impl.inlines.begins(static_cast<std::uint8_t>(text[at])) || !may_start_inline(text, at)) ++at;
    else at = impl.try_inline(text, zones, at, out);
  }
}

Diagnostics Matcher::take_diagnostics() {
  std::fill(x_impl->told.begin(), x_impl->told.end(), 0);
  return std::exchange(x_impl->said, {});
}

}  // namespace rapporteur
