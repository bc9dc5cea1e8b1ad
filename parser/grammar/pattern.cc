// Stage grammar: PCRE2, with every option and limit in one place.
//
// Patterns are data written by people who are no programmers, so: free spacing, plain parentheses that do not capture,
// no way to call out, and limits that end a runaway match within milliseconds.

#include "grammar/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "grammar/needed_words.h"
#include "grammar/pattern_text.h"
#include "grammar/word_lists.h"

namespace rapporteur {

namespace {

constexpr std::uint32_t match_limit = 50'000;      // backtracks; a runaway match ends after about a millisecond
constexpr std::uint32_t trial_limit = 2'000;       // backtracks before machine code is asked: far below where it gives up
constexpr std::uint32_t tries_worth_code = 256;    // machine code costs as much as so many tries without it
constexpr std::uint32_t depth_limit = 5'000;       // nested backtracks of the interpreter
constexpr std::uint32_t heap_limit_kib = 4'096;    // memory of the interpreter
constexpr std::size_t jit_stack_most = 256 * 1024; // bytes; more than any sane pattern needs on a line
constexpr std::uint32_t groups_most = 64;
constexpr std::size_t open_end = static_cast<std::size_t>(-1);

std::atomic<bool> jit_allowed{true};

constexpr std::array<std::string_view, capture_count> names = {
    "number", "number2", "title", "agenda", "label",    "label2",  "text",         "day",     "month",
    "year",   "day2",    "month2", "year2", "place",    "mode",    "organization", "acronym", "symbol",
    "honorific", "given", "family", "role", "mark",     "page",    "total",        "unit"};

std::string message_of(int code) {
  std::array<PCRE2_UCHAR, 256> buffer{};
  pcre2_get_error_message(code, buffer.data(), buffer.size());
  return reinterpret_cast<const char*>(buffer.data());
}

std::uint32_t options_of(bool fold, Use use) {
  std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_AUTO_CAPTURE | PCRE2_EXTENDED |
                          PCRE2_DUPNAMES | PCRE2_NO_UTF_CHECK | PCRE2_ANCHORED;
  if (fold) options |= PCRE2_CASELESS;
  if (use == Use::select) options |= PCRE2_MULTILINE;
  return options;
}

PCRE2_SPTR bytes_of(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

std::vector<std::pair<std::uint32_t, Capture>> groups_of(const pcre2_code* code) {
  std::uint32_t count = 0;
  std::uint32_t entry_size = 0;
  PCRE2_SPTR table = nullptr;
  pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &count);
  pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &entry_size);
  pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &table);
  std::vector<std::pair<std::uint32_t, Capture>> groups;
  for (std::uint32_t i = 0; i < count; ++i, table += entry_size)
    if (const auto capture = capture_named(reinterpret_cast<const char*>(table + 2)))
      groups.emplace_back((table[0] << 8) | table[1], *capture);
  std::sort(groups.begin(), groups.end());
  return groups;
}

}  // namespace

std::string_view capture_name(Capture capture) { return names[static_cast<std::size_t>(capture)]; }

std::optional<Capture> capture_named(std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Capture>(found - names.begin());
}

const std::vector<std::string>& capture_names() {
  static const std::vector<std::string> all(names.begin(), names.end());
  return all;
}

void allow_jit(bool allowed) { jit_allowed = allowed; }

const StartSet::Bytes* StartSet::after(std::uint8_t begin) const {
  for (const auto& [byte, nexts] : second)
    if (byte == begin) return &nexts;
  return nullptr;
}

bool StartSet::allows(std::uint8_t begin, std::uint8_t next) const {
  const Bytes* nexts = after(begin);
  return first[begin] && (nexts == nullptr || (*nexts)[next]);
}

std::unique_ptr<const Pattern> Pattern::compile(std::string_view text, bool fold, Use use, PatternError& error) {
  int code = 0;
  PCRE2_SIZE offset = 0;
  std::unique_ptr<Pattern> pattern(new Pattern);
  const WithoutRest walked = without_rest(text);
  const auto compiled = [&](std::string_view as) { return pcre2_compile(bytes_of(as), as.size(), options_of(fold, use), &code, &offset, nullptr); };
  pattern->x_code = compiled(arrange_words(walked.pattern));
  if (pattern->x_code == nullptr) pattern->x_code = compiled(walked.pattern);  // where the mistake is, as it is written
  if (pattern->x_code == nullptr) {
    error = {message_of(code), static_cast<std::uint32_t>(offset)};
    return nullptr;
  }
  std::uint32_t groups = 0;
  pcre2_pattern_info(pattern->x_code, PCRE2_INFO_CAPTURECOUNT, &groups);
  if (groups >= groups_most) {
    error = {"it has more than 63 captures", 0};
    return nullptr;
  }
  pattern->x_groups = groups_of(pattern->x_code);
  pattern->x_rest = walked.rest;
  pattern->x_rest_groups = walked.groups;
  return pattern;
}

std::string Pattern::bytes() const {
  const pcre2_code* code = x_code;
  std::uint8_t* written = nullptr;
  PCRE2_SIZE size = 0;
  if (pcre2_serialize_encode(&code, 1, &written, &size, nullptr) != 1) throw std::bad_alloc();
  std::string out(reinterpret_cast<const char*>(written), size);
  pcre2_serialize_free(written);
  out.append(reinterpret_cast<const char*>(&x_rest_groups), sizeof x_rest_groups) += x_rest ? '\1' : '\0';
  return out;
}

std::unique_ptr<const Pattern> Pattern::restore(std::string_view bytes) {
  std::unique_ptr<Pattern> pattern(new Pattern);
  if (pcre2_serialize_decode(&pattern->x_code, 1, reinterpret_cast<const std::uint8_t*>(bytes.data()), nullptr) != 1) return nullptr;
  pattern->x_groups = groups_of(pattern->x_code);
  pattern->x_rest = bytes.back() != '\0';
  std::memcpy(&pattern->x_rest_groups, bytes.data() + bytes.size() - 1 - sizeof x_rest_groups, sizeof x_rest_groups);
  return pattern;
}

std::unique_ptr<const Pattern> Pattern::as_machine_code() const {
  std::unique_ptr<Pattern> pattern(new Pattern);
  pattern->x_code = pcre2_code_copy(x_code);
  if (pattern->x_code == nullptr) throw std::bad_alloc();
  pattern->x_jit = jit_allowed && pcre2_jit_compile(pattern->x_code, PCRE2_JIT_COMPLETE) == 0;
  pattern->x_groups = x_groups;
  pattern->x_rest = x_rest;
  pattern->x_rest_groups = x_rest_groups;
  pattern->x_final = true;
  return pattern;
}

Pattern::~Pattern() { pcre2_code_free(x_code); }

bool Pattern::can_match_empty() const {
  std::uint32_t empty = 0;
  pcre2_pattern_info(x_code, PCRE2_INFO_MATCHEMPTY, &empty);
  return empty != 0;
}

std::optional<std::size_t> Pattern::end_of_match(std::string_view beginning, std::size_t start) const {
  thread_local const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data(
      pcre2_match_data_create(groups_most, nullptr), pcre2_match_data_free);
  constexpr std::uint32_t options = PCRE2_PARTIAL_HARD | PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT;
  const int code = pcre2_match(x_code, bytes_of(beginning), beginning.size(), start, options, data.get(), nullptr);
  if (code == PCRE2_ERROR_NOMATCH) return std::nullopt;
  return code < 0 || x_rest ? open_end : pcre2_get_ovector_pointer(data.get())[1];
}

bool Pattern::may_begin_with(std::string_view subject) const {
  if (end_of_match(subject, 0)) return true;
  std::uint32_t behind = 0;
  pcre2_pattern_info(x_code, PCRE2_INFO_MAXLOOKBEHIND, &behind);
  return behind != 0 && end_of_match(std::string(1, 'a').append(subject), 1);
}

bool Pattern::may_begin_text(std::string_view beginning, bool alone) const {
  const std::optional<std::size_t> end = end_of_match(beginning, 0);
  return end && (!alone || *end == open_end || beginning.find_first_not_of(" \t", *end) == std::string_view::npos);
}

bool Pattern::may_begin_inside_word() const {
  for (int byte = 0; byte < 0x80; ++byte)
    if (WordScan::word(static_cast<char>(byte)) && end_of_match(std::string{'a', static_cast<char>(byte)}, 1)) return true;
  return false;
}

bool Pattern::may_begin_inside_line() const {
  for (const char before : {'a', ' ', '\r'})  // what \b and \B tell apart, and what may end a line
    for (int byte = 0; byte < 0x80; ++byte)
      if (!WordScan::word(static_cast<char>(byte)) && end_of_match(std::string{before, static_cast<char>(byte)}, 1)) return true;
  return false;
}

StartSet Pattern::starts(std::size_t most_firsts) const {
  StartSet set;
  const std::uint8_t* bitmap = nullptr;
  pcre2_pattern_info(x_code, PCRE2_INFO_FIRSTBITMAP, &bitmap);
  std::uint32_t kind = 0;
  std::uint32_t unit = 0;
  pcre2_pattern_info(x_code, PCRE2_INFO_FIRSTCODETYPE, &kind);
  pcre2_pattern_info(x_code, PCRE2_INFO_FIRSTCODEUNIT, &unit);
  // Beyond ASCII only PCRE2's own knowledge is used: half a letter cannot be tried.
  for (std::size_t byte = 0x80; byte < 256; ++byte)
    set.first[byte] = bitmap != nullptr ? (bitmap[byte / 8] >> (byte % 8)) & 1 : kind != 1 || unit >= 0x80;
  for (std::size_t byte = 0; byte < 0x80; ++byte) {
    const char letter = static_cast<char>(byte);
    set.first[byte] = may_begin_with({&letter, 1});
  }
  if ((set.first << 128).count() > most_firsts) return set;  // counted without the bytes beyond ASCII
  for (std::size_t byte = 0; byte < 0x80; ++byte) {
    if (!set.first[byte]) continue;
    StartSet::Bytes nexts;
    nexts.set();
    for (std::size_t next = 1; next < 0x80; ++next) {
      const std::array<char, 2> pair{static_cast<char>(byte), static_cast<char>(next)};
      nexts[next] = may_begin_with({pair.data(), 2});
    }
    set.second.emplace_back(static_cast<std::uint8_t>(byte), nexts);
  }
  return set;
}

const Pattern& LazyPattern::get() const {
  if (const Pattern* ready = x_ready.load(std::memory_order_acquire)) return *ready;
  const std::lock_guard lock(x_mutex);
  if (!x_owned) {
    PatternError error;
    if (!x_bytes.empty()) x_owned = Pattern::restore(x_bytes);
    if (!x_owned) x_owned = Pattern::compile(x_text, x_fold, x_use, error);
    // every pattern was compiled when its file was loaded or built in; failing here means out of memory
    if (!x_owned) throw std::bad_alloc();
    x_ready.store(x_owned.get(), std::memory_order_release);
  }
  return *x_owned;
}

const Pattern& LazyPattern::fast() const {
  if (const Pattern* ready = x_ready_fast.load(std::memory_order_acquire)) return *ready;
  const Pattern& slow = get();
  const std::lock_guard lock(x_mutex);
  if (!x_owned_fast) {
    x_owned_fast = slow.as_machine_code();
    x_ready_fast.store(x_owned_fast.get(), std::memory_order_release);
  }
  return *x_owned_fast;
}

const Pattern& LazyPattern::worth() const {
  if (const Pattern* ready = x_ready_fast.load(std::memory_order_acquire)) return *ready;
  return x_tries.fetch_add(1, std::memory_order_relaxed) < tries_worth_code ? get() : fast();
}

Runner::Runner()
    : x_data(pcre2_match_data_create(groups_most, nullptr)),
      x_context(pcre2_match_context_create(nullptr)),
      x_trial(pcre2_match_context_create(nullptr)),
      x_stack(pcre2_jit_stack_create(32 * 1024, jit_stack_most, nullptr)) {
  if (x_data == nullptr || x_context == nullptr || x_trial == nullptr) throw std::bad_alloc();
  pcre2_set_match_limit(x_context, match_limit);
  pcre2_set_depth_limit(x_context, depth_limit);
  pcre2_set_heap_limit(x_context, heap_limit_kib);
  pcre2_set_match_limit(x_trial, trial_limit);
  pcre2_set_depth_limit(x_trial, trial_limit);
  if (x_stack != nullptr) pcre2_jit_stack_assign(x_context, nullptr, x_stack);
}

Runner::~Runner() {
  pcre2_match_context_free(x_context);
  pcre2_match_context_free(x_trial);
  pcre2_match_data_free(x_data);
  if (x_stack != nullptr) pcre2_jit_stack_free(x_stack);
}

/// What is found without machine code within so few backtracks, machine code finds too: it counts no more of them. So the
/// answer does not hang on how often a pattern was tried before.
Runner::Outcome Runner::run(const LazyPattern& lazy, std::string_view subject, std::uint32_t start, bool cut, Match& match) {
  const Pattern& pattern = lazy.worth();
  const Outcome outcome = run(pattern, subject, start, cut, match);
  return outcome == Outcome::failed && !pattern.final() ? run(lazy.fast(), subject, start, cut, match) : outcome;
}

Runner::Outcome Runner::run(const Pattern& pattern, std::string_view subject, std::uint32_t start, bool cut,
                            Match& match) {
  const std::uint32_t options = cut ? PCRE2_NOTEOL : 0;
  x_last = pattern.x_jit ? pcre2_jit_match(pattern.x_code, bytes_of(subject), subject.size(), start, options, x_data, x_context)
                         : pcre2_match(pattern.x_code, bytes_of(subject), subject.size(), start,
                                       options | PCRE2_NO_UTF_CHECK, x_data, pattern.x_final ? x_context : x_trial);
  if (x_last == PCRE2_ERROR_NOMATCH) return Outcome::unmatched;
  if (x_last < 0) return Outcome::failed;
  const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(x_data);
  const auto end = static_cast<std::uint32_t>(pattern.x_rest ? std::min(subject.find('\n', ends[1]), subject.size()) : ends[1]);
  match.whole = {static_cast<std::uint32_t>(ends[0]), end};
  match.first = x_captures.data();
  match.count = 0;
  match.shift = 0;
  std::bitset<capture_count> filled;
  for (const auto& [group, capture] : pattern.x_groups) {
    if (group >= static_cast<std::uint32_t>(x_last)) break;  // in the order of groups
    if (ends[2 * group] == PCRE2_UNSET || filled[static_cast<std::size_t>(capture)]) continue;
    filled.set(static_cast<std::size_t>(capture));
    const bool rest = (pattern.x_rest_groups >> group & 1) != 0;
    x_captures[match.count++] = {capture, {static_cast<std::uint32_t>(ends[2 * group]), rest ? end : static_cast<std::uint32_t>(ends[2 * group + 1])}};
  }
  return Outcome::matched;
}

std::string Runner::reason() const { return message_of(x_last); }

std::optional<Capture> Runner::filled_twice(const Pattern& pattern) const {
  const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(x_data);
  std::bitset<capture_count> filled;
  for (const auto& [group, capture] : pattern.x_groups) {
    if (group >= static_cast<std::uint32_t>(x_last) || ends[2 * group] == PCRE2_UNSET) continue;
    if (filled[static_cast<std::size_t>(capture)]) return capture;
    filled.set(static_cast<std::size_t>(capture));
  }
  return std::nullopt;
}

std::uint32_t Runner::longest_prefix(const Pattern& pattern, std::string_view subject, std::uint32_t start) {
  const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data(
      pcre2_match_data_create(groups_most, nullptr), pcre2_match_data_free);
  std::uint32_t longest = start;
  for (std::uint32_t end = start + 1; end <= subject.size(); ++end) {
    if (end < subject.size() && (static_cast<unsigned char>(subject[end]) & 0xC0) == 0x80) continue;
    const int code = pcre2_match(pattern.x_code, bytes_of(subject), end, start,
                                 PCRE2_PARTIAL_HARD | PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, data.get(), nullptr);
    if (code == PCRE2_ERROR_PARTIAL || code >= 0) longest = end;
  }
  return longest;
}

}  // namespace rapporteur
