// Stage grammar: asks rules about text, quickly: a rule is tried only where its first letters can begin a match.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "grammar/grammar_impl.h"
#include "grammar/start_table.h"
#include "text/arena.h"
#include "text/byte_masks.h"

namespace rapporteur {

namespace {

constexpr std::array<bool, 256> ascii_words() {
  std::array<bool, 256> table{};
  for (int c = 0; c < 128; ++c) table[c] = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  return table;
}
constexpr std::array<bool, 256> kAsciiWord = ascii_words();
bool ascii_word(unsigned char c) { return kAsciiWord[c]; }

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

namespace {

/// The rules that a question is put to.
RuleSet rules_asked(const Grammar::Impl& grammar, bool block, std::uint8_t zones, BlockRules which) {
  RuleSet rules;
  for (const Rule& rule : grammar.rules) {
    if (rule.block != block || (rule.zones & zones) == 0) continue;
    if (which == BlockRules::all || kind_of(rule) == which) rules.push_back(rule.index);
  }
  return rules;
}

}  // namespace

/// What matching needs: tables that fill as texts ask, buffers, and what was said. A grammar keeps it from one document
/// to the next, since the tables cost more than a small document does.
struct MatchScratch {
  explicit MatchScratch(const Grammar::Impl& grammar_) : grammar(grammar_), dropped(grammar.rules.size()), told(grammar.rules.size()) {}

  const Grammar::Impl& grammar;
  Runner runner;
  std::deque<StartTable> tables;      ///< one for each set of rules that was asked for
  std::array<std::array<StartTable*, zones_most>, kinds_of_block_rules + 1> tables_by_question{};
  std::vector<std::uint8_t> dropped;  ///< rules that failed on the line at hand
  std::vector<std::uint8_t> told;
  bool any_dropped = false;
  Diagnostics said;
  Match match;
  Arena<Captured> captures;           ///< of all matches of one document

  /// The last match, with captures that last.
  Match kept() {
    match.first = captures.keep({match.first, match.count});
    return match;
  }

  void begin_line() {
    if (any_dropped) std::fill(dropped.begin(), dropped.end(), 0);
    any_dropped = false;
  }

  StartTable& block_starts(std::uint8_t zones, BlockRules which) { return starts(static_cast<std::size_t>(which), zones, true, which); }
  StartTable& inline_starts(std::uint8_t zones) { return starts(kinds_of_block_rules, zones, false, BlockRules::all); }

  /// Questions that the same rules answer share a table.
  StartTable& starts(std::size_t question, std::uint8_t zones, bool block, BlockRules which) {
    StartTable*& known = tables_by_question[question][zones % zones_most];
    if (known != nullptr) return *known;
    RuleSet rules = rules_asked(grammar, block, zones, which);
    const auto same = std::find_if(tables.begin(), tables.end(), [&](const StartTable& table) { return table.rules() == rules; });
    known = same != tables.end() ? &*same : &tables.emplace_back(grammar, block ? StartTable::Asked::at_texts : StartTable::Asked::at_words, std::move(rules));
    return *known;
  }

  /// Whether a rule matches at `start`; a failed one is out for the rest of the line.
  bool try_rule(std::uint16_t index, std::string_view subject, std::size_t start, bool cut) {
    if (dropped[index] != 0) return false;
    const Rule& rule = grammar.rules[index];
    const auto outcome = runner.run(*grammar.compiled[index]->pattern, subject, static_cast<std::uint32_t>(start), cut, match);
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

  /// Tries the rules at one start; returns where the match ends, or `at`.
  std::size_t try_inline(std::string_view text, StartTable& starts, std::size_t at, std::vector<Match>& out) {
    const RuleSet& rules = starts.at_word(text.substr(at));
    if (rules.empty()) return at;
    const std::string_view seen = window(text, at + inline_window);
    for (const std::uint16_t index : rules) {
      if (!try_rule(index, seen, at, seen.size() < text.size())) continue;
      if (match.rule->emit != Emit::none) out.push_back(kept());
      return match.whole.end;
    }
    return at;
  }
};

std::unique_ptr<MatchScratch> ScratchPool::take(const Grammar::Impl& grammar) {
  {
    const std::lock_guard lock(x_mutex);
    if (!x_idle.empty()) {
      std::unique_ptr<MatchScratch> scratch = std::move(x_idle.back());
      x_idle.pop_back();
      return scratch;
    }
  }
  return std::make_unique<MatchScratch>(grammar);
}

void ScratchPool::give_back(std::unique_ptr<MatchScratch> scratch) {
  const std::lock_guard lock(x_mutex);
  x_idle.push_back(std::move(scratch));
}

ScratchPool::ScratchPool() = default;
ScratchPool::~ScratchPool() = default;

Matcher::Matcher(const Grammar& grammar) : x_pool(grammar.impl().scratch), x_scratch(x_pool.take(grammar.impl())) {}

Matcher::~Matcher() {
  x_scratch->begin_line();
  x_scratch->captures.clear();
  take_diagnostics();
  x_pool.give_back(std::move(x_scratch));
}

void Matcher::match_block(std::string_view line, std::uint8_t zones, std::vector<Match>& out, BlockRules which) {
  if (line.empty()) return;
  MatchScratch& scratch = *x_scratch;
  scratch.begin_line();
  const std::string_view seen = window(line, block_window);
  const Grammar::Impl& grammar = scratch.grammar;
  std::optional<WordScan::Mask> words;  // looked for where a rule needs some
  const auto has = [&](WordScan::Mask needed) { return needed == 0 || (needed & ~(words ? *words : words.emplace(grammar.words.seen_in(seen)))) == 0; };
  const std::size_t last = line.find_last_not_of(" \t");
  const auto end = last == std::string_view::npos ? std::uint8_t{0} : static_cast<std::uint8_t>(line[last]);
  for (const std::uint16_t index : scratch.block_starts(zones, which).at(line))
    if (grammar.ends[index][end] && has(grammar.needed[index]) && scratch.try_rule(index, seen, 0, seen.size() < line.size())) out.push_back(scratch.kept());
}

/// Goes from one beginning of a word to the next, by the bits that tell where they are; signs and letters beyond ASCII are
/// looked at one by one.
void Matcher::match_inline(std::string_view text, std::uint8_t zones, std::vector<Match>& out) {
  MatchScratch& scratch = *x_scratch;
  scratch.begin_line();
  StartTable& starts = scratch.inline_starts(zones);
  std::uint64_t in_word = 0;  // 1: the byte before the next 64 belongs to a word of ASCII
  std::size_t done = 0;       // where the last match ended
  for (std::size_t base = 0; base < text.size(); base += 64) {
    const ByteMasks masks = byte_masks(text, base);
    const std::uint64_t words = masks.letters | masks.digits | masks.underscores;
    std::uint64_t places = words & ~(words << 1 | in_word);
    in_word = words >> 63;
    places |= starts.sign_begins() ? ~words : masks.beyond_ascii;
    for (; places != 0; places &= places - 1) {
      const std::size_t at = base + static_cast<std::size_t>(std::countr_zero(places));
      if (at >= text.size()) break;
      if (at >= done && !starts.none_at(text, at) && may_start_inline(text, at)) done = scratch.try_inline(text, starts, at, out);
    }
  }
}

Diagnostics Matcher::take_diagnostics() {
  std::fill(x_scratch->told.begin(), x_scratch->told.end(), 0);
  return std::exchange(x_scratch->said, {});
}

}  // namespace rapporteur
