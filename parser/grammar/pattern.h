// Stage grammar: one compiled pattern, and where a match of it can begin. All that the stage knows of PCRE2.
#pragma once

#include <array>
#include <atomic>
#include <bitset>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar/grammar.h"

struct pcre2_real_code_8;
struct pcre2_real_match_data_8;
struct pcre2_real_match_context_8;
struct pcre2_real_jit_stack_8;

namespace rapporteur {

/// The word of a capture ("number2"), and back.
std::string_view capture_name(Capture capture);
std::optional<Capture> capture_named(std::string_view name);
const std::vector<std::string>& capture_names();

/// How a pattern is compiled.
enum class Use : std::uint8_t { rule, select };  ///< both match where they are put; select: ^ and $ are ends of lines

struct PatternError {
  std::string reason;
  std::uint32_t offset = 0;  ///< bytes into the pattern
};

/// Bytes that can begin a match, found by trying them. Sound: a start that is left out cannot match.
struct StartSet {
  using Bytes = std::bitset<256>;
  Bytes first;
  std::vector<std::pair<std::uint8_t, Bytes>> second;  ///< what may follow a first byte; no entry: anything

  /// What may follow a first byte; null: anything.
  const Bytes* after(std::uint8_t begin) const;
  bool allows(std::uint8_t begin, std::uint8_t next) const;
};

/// A compiled pattern. Immutable and thread-safe.
class Pattern {
 public:
  /// Nothing where the pattern has a mistake; `error` then says which.
  static std::unique_ptr<const Pattern> compile(std::string_view text, bool fold, Use use, PatternError& error);
  /// As bytes, from which the same PCRE2 on the same kind of machine restores it at a hundredth of what compiling takes.
  std::string bytes() const;
  /// Null where the bytes are of another PCRE2. They must have been written by `bytes`, and lie at a multiple of `alignment`.
  static std::unique_ptr<const Pattern> restore(std::string_view bytes);
  static constexpr std::size_t alignment = 8;
  /// The same pattern as machine code, where the platform has the means: ten times dearer to make than to compile.
  std::unique_ptr<const Pattern> as_machine_code() const;
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  bool can_match_empty() const;
  /// Tries which bytes can begin a match; the second ones too, unless more than `most_firsts` (ASCII) can be the first.
  StartSet starts(std::size_t most_firsts) const;
  /// Whether a text that begins like this could match, at the start of a text or after a letter (where \b and \B differ).
  bool may_begin_with(std::string_view subject) const;
  /// Whether a text that begins like this could match at its start, `alone`: with nothing but blanks behind the match.
  bool may_begin_text(std::string_view beginning, bool alone) const;
  /// Whether a match can begin in the middle of a word of ASCII. Of patterns that do not look back.
  bool may_begin_inside_word() const;
  /// Whether one can begin with a byte of ASCII that is part of no word, elsewhere than where a line begins. Of the same.
  bool may_begin_inside_line() const;
  /// Whether it is made for good; if not, it gives up early, and its machine code must be asked.
  bool final() const { return x_final; }

 private:
  friend class Runner;
  Pattern() = default;
  /// The match at `start` of a text that begins like this: its end where that is certain, `open_end` where it hangs on
  /// what follows, nothing where there is none.
  std::optional<std::size_t> end_of_match(std::string_view beginning, std::size_t start) const;
  pcre2_real_code_8* x_code = nullptr;
  bool x_jit = false;
  bool x_final = false;
  bool x_rest = false;           ///< a match goes on to the end of the line, and so do
  std::uint64_t x_rest_groups = 0;  ///< these groups
  std::vector<std::pair<std::uint32_t, Capture>> x_groups;  ///< group number -> capture; a capture may have several
};

/// Compiled on first need, once, by whichever thread comes first; made machine code when it has been tried often. One
/// report of 10 KB tries most rules a few times, and making machine code of them cost a third of a call on it.
class LazyPattern {
 public:
  LazyPattern(std::string text, bool fold, Use use, std::unique_ptr<const Pattern> ready = nullptr)
      : x_text(std::move(text)), x_fold(fold), x_use(use), x_owned(std::move(ready)), x_ready(x_owned.get()) {}
  /// One that was compiled when the program was built; `bytes` lie in the program.
  LazyPattern(std::string text, bool fold, Use use, std::string_view bytes) : x_text(std::move(text)), x_fold(fold), x_use(use), x_bytes(bytes) {}
  const Pattern& get() const;
  /// Its machine code.
  const Pattern& fast() const;
  /// Either, as it is worth; counts how often it was asked.
  const Pattern& worth() const;
  const std::string& text() const { return x_text; }
  bool fold() const { return x_fold; }
  /// What it is restored from; nothing where it is compiled.
  std::string_view bytes() const { return x_bytes; }

 private:
  std::string x_text;
  bool x_fold;
  Use x_use;
  std::string_view x_bytes;
  mutable std::mutex x_mutex;
  mutable std::unique_ptr<const Pattern> x_owned, x_owned_fast;
  mutable std::atomic<const Pattern*> x_ready{nullptr}, x_ready_fast{nullptr};
  mutable std::atomic<std::uint32_t> x_tries{0};
};

/// Scratch memory and limits of matching. One per thread.
class Runner {
 public:
  enum class Outcome : std::uint8_t { matched, unmatched, failed };  ///< failed: a limit was hit

  Runner();
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  /// Matches at `start` of `subject`. `cut`: more text follows
  /// the subject, so that $ does not match at its end. The subject must be valid UTF-8; match.rule is left alone. The
  /// captures last until the next run.
  Outcome run(const LazyPattern& pattern, std::string_view subject, std::uint32_t start, bool cut, Match& match);
  Outcome run(const Pattern& pattern, std::string_view subject, std::uint32_t start, bool cut, Match& match);
  /// Why the last run failed.
  std::string reason() const;
  /// The capture that two groups filled in the last match, if any: two uses of a piece without `as second`.
  std::optional<Capture> filled_twice(const Pattern& pattern) const;
  /// The longest prefix of `subject` (bytes) that could still become a match; nothing: not even its first letter.
  static std::uint32_t longest_prefix(const Pattern& pattern, std::string_view subject, std::uint32_t start);

 private:
  pcre2_real_match_data_8* x_data;
  pcre2_real_match_context_8* x_context;
  pcre2_real_match_context_8* x_trial;   ///< for patterns that are not final
  pcre2_real_jit_stack_8* x_stack;
  std::array<Captured, capture_count> x_captures;  ///< of the last match
  int x_last = 0;
};

/// Turns machine code off for patterns compiled from now on, so that tests can compare.
void allow_jit(bool allowed);

}  // namespace rapporteur
