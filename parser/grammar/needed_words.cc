// Stage grammar: reading needed words out of a pattern.
//
// The reader knows the part of PCRE2's language that grammars use, in free spacing. What it does not know needs nothing,
// so a mistake on its side could only be to claim too much; tests hold it against PCRE2 on all built-in rules.

#include "grammar/needed_words.h"

#include <algorithm>
#include <utility>

#include <utf8proc.h>

namespace rapporteur {

namespace {

using Needs = std::vector<NeededWords>;

constexpr std::size_t kMostWords = 200;  // a longer list is no help

/// How much a list helps: few words are better than many, and long ones are rare, as are letters beyond ASCII; stops and
/// commas are everywhere.
std::size_t worth(const NeededWords& words) {
  std::size_t least = 100;
  for (const std::string& word : words) {
    const bool foreign = static_cast<unsigned char>(word[0]) >= 0x80;
    least = std::min(least, foreign ? word.size() + 1 : word == "." || word == "," ? 0 : word.size());
  }
  return least * 1000 / words.size();
}

void keep_best(Needs& needs, std::size_t most) {
  std::stable_sort(needs.begin(), needs.end(), [](const NeededWords& a, const NeededWords& b) { return worth(a) > worth(b); });
  if (needs.size() > most) needs.resize(most);
}

struct Quantifier {
  std::uint32_t least = 1;
  bool once = true;  ///< there is none
};

class PatternReader {
 public:
  explicit PatternReader(std::string_view pattern) : x_text(pattern) {}

  Needs run() {
    Needs needs = alternatives(false);
    if (x_lost || x_at < x_text.size()) return {};
    return needs;
  }

 private:
  std::string_view x_text;
  std::size_t x_at = 0;
  bool x_lost = false;  ///< something is not understood
  bool x_bounded = false;  ///< what comes next has \b before it

  bool done() const { return x_lost || x_at >= x_text.size(); }
  bool at(std::string_view word) const { return x_text.substr(x_at).starts_with(word); }

  /// `bounded`: \b stands before.
  Needs alternatives(bool bounded) {
    std::vector<Needs> all{sequence(bounded)};
    while (!done() && x_text[x_at] == '|') {
      ++x_at;
      all.push_back(sequence(bounded));
    }
    if (all.size() == 1) return std::move(all.front());
    NeededWords words;
    for (Needs& needs : all) {
      if (needs.empty()) return {};
      keep_best(needs, 1);
      for (std::string& word : needs.front())
        if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
    }
    return words.size() > kMostWords ? Needs{} : Needs{std::move(words)};
  }

  /// One branch: runs of letters that stand side by side, and what its groups need.
  Needs sequence(bool bounded) {
    Needs needs;
    std::string run;
    const auto end_run = [&] {
      if (run.size() > 1 || (!run.empty() && run[0] != WordScan::kBoundary)) needs.push_back({std::move(run)});
      run.clear();
    };
    x_bounded = bounded;
    while (!done() && x_text[x_at] != '|' && x_text[x_at] != ')') {
      if (skip_blank()) continue;
      std::string letter;
      const bool begins = std::exchange(x_bounded, false);
      Needs inner = item(letter, begins);
      const Quantifier quantifier = read_quantifier();
      if (letter.empty() || quantifier.least == 0) end_run();
      if (quantifier.least > 0) {
        for (std::uint32_t i = 0; i < quantifier.least && i < 8u; ++i) append(run, letter, begins);
        needs.insert(needs.end(), inner.begin(), inner.end());
      }
      if (!quantifier.once) end_run();
    }
    end_run();
    return needs;
  }

  /// Puts boundaries where the scan will see them.
  static void append(std::string& run, std::string_view letter, bool begins) {
    const bool word = letter.size() == 1 && WordScan::word(letter[0]);
    if (word && (run.empty() ? begins : !WordScan::word(run.back()))) run += WordScan::kBoundary;
    run += letter;
  }

  bool skip_blank() {
    const char c = x_text[x_at];
    if (c == '#') x_at = std::min(x_text.find('\n', x_at), x_text.size());
    else if (c == ' ' || (c >= '\t' && c <= '\r')) ++x_at;
    else return false;
    return true;
  }

  /// One thing that can be repeated: a letter that needs itself, or something with needs of its own, or neither.
  Needs item(std::string& letter, bool begins) {
    const char c = x_text[x_at];
    if (c == '(') return group(begins);
    if (c == '[') return skip_class(), Needs{};
    if (c == '\\') return escape(letter);
    if (static_cast<unsigned char>(c) >= 0x80) return beyond_ascii(letter);
    ++x_at;
    if (c == '.' || c == '^' || c == '$') return {};
    if (c == '*' || c == '+' || c == '?' || c == '{') x_lost = true;
    letter = folded(c);
    return {};
  }

  static char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c >= '1' && c <= '9' ? '0' : c; }

  Needs group(bool begins) {
    ++x_at;
    bool counts = true;
    if (at("*")) x_lost = true;
    if (at("?")) counts = group_opening();
    Needs needs = x_lost ? Needs{} : alternatives(begins);
    x_bounded = false;
    if (done()) x_lost = true;
    else ++x_at;  // ')'
    return counts ? needs : Needs{};
  }

  /// Reads "?:", "?<name>", "?=" and the like. Whether what is in the group must be in the text.
  bool group_opening() {
    for (const std::string_view no : {"?!", "?<!", "?<="})
      if (at(no)) return x_at += no.size(), false;
    for (const std::string_view yes : {"?:", "?=", "?>"})
      if (at(yes)) return x_at += yes.size(), true;
    if (at("?<")) return skip_to('>'), true;
    // Flags, for this group or, as in "(?i)", for what follows. "(?-x:" would make blanks count: not understood.
    x_at = std::min(x_text.find_first_not_of("-ims", x_at + 1), x_text.size());
    if (at(":")) ++x_at;
    else if (!at(")")) x_lost = true;
    return true;
  }

  void skip_class() {
    x_at += at("[^") ? 2 : 1;
    if (!done() && x_text[x_at] == ']') ++x_at;
    while (!done() && x_text[x_at] != ']') {
      if (at("[:")) x_at = std::min(x_text.find(":]", x_at), x_text.size() - 2) + 2;
      else x_at += x_text[x_at] == '\\' ? 2 : 1;
    }
    if (x_at >= x_text.size()) x_lost = true;
    else ++x_at;
  }

  Needs escape(std::string& letter) {
    const char c = x_at + 1 < x_text.size() ? x_text[x_at + 1] : 'Q';
    x_at += 2;
    if (c == 'd') letter = "0";
    else if (c == 'b') x_bounded = true;
    else if (std::string_view("DhHsSvVwWBAzZGRXNtnrf").find(c) != std::string_view::npos) return {};
    else if ((c == 'p' || c == 'P') && at("{")) skip_to('}');
    else if (c == 'k' && at("<")) skip_to('>');
    else if (c == 'x') hexadecimal(letter);
    else if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80) x_lost = true;
    else letter = c;
    return {};
  }

  void skip_to(char end) {
    const std::size_t found = x_text.find(end, x_at);
    if (found == std::string_view::npos) x_lost = true;
    else x_at = found + 1;
  }

  void hexadecimal(std::string& letter) {
    const bool braced = at("{");
    const std::size_t begin = braced ? x_at + 1 : x_at;
    std::size_t end = begin;
    std::uint32_t point = 0;
    for (; end < x_text.size() && end < begin + (braced ? 6 : 2); ++end) {
      const char c = x_text[end];
      const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
      if (digit < 0) break;
      point = point * 16 + static_cast<std::uint32_t>(digit);
    }
    x_at = braced ? end + 1 : end;
    if (point < 0x80 && point >= 0x20) letter = folded(static_cast<char>(point));
  }

  /// A letter that is no ASCII needs itself where the scan knows its cases; a sign, which has none, needs itself.
  Needs beyond_ascii(std::string& letter) {
    utf8proc_int32_t point = 0;
    const auto used = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(x_text.data() + x_at), static_cast<utf8proc_ssize_t>(x_text.size() - x_at), &point);
    if (used <= 0) return x_lost = true, Needs{};
    letter = WordScan::folded_letter(static_cast<char32_t>(point));
    if (point >= 0x2000 && point < 0x3000 && utf8proc_toupper(point) == point && utf8proc_tolower(point) == point) letter = x_text.substr(x_at, static_cast<std::size_t>(used));
    x_at += static_cast<std::size_t>(used);
    return {};
  }

  Quantifier read_quantifier() {
    while (!done() && skip_blank()) {}
    Quantifier q;
    if (done()) return q;
    const char c = x_text[x_at];
    if (c == '?' || c == '*' || c == '+') {
      ++x_at;
      q = {c == '+' ? 1u : 0u, false};
    } else if (c == '{') {
      q = {0, false};
      for (++x_at; !done() && x_text[x_at] >= '0' && x_text[x_at] <= '9'; ++x_at) q.least = std::min(q.least * 10 + static_cast<std::uint32_t>(x_text[x_at] - '0'), 1000u);
      skip_to('}');
    } else return q;
    if (!done() && (x_text[x_at] == '?' || x_text[x_at] == '+')) ++x_at;  // lazy, possessive
    return q;
  }
};

}  // namespace

std::vector<NeededWords> needed_words(std::string_view pattern) {
  Needs needs = PatternReader(pattern).run();
  keep_best(needs, 2);
  return needs;
}

}  // namespace rapporteur
