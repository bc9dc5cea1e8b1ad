// Stage grammar: reading the text of a pattern, thing by thing.
//
// The reader knows the part of PCRE2's language that grammars use, in free spacing. What it does not know makes the
// answers cautious, never wrong: all digits are told apart, no rest is left out.

#include "grammar/pattern_text.h"

#include <algorithm>
#include <vector>

namespace rapporteur {

namespace {

enum class Kind : std::uint8_t { letter, set, escape, dot, anchor, capture, group, flags, close, bar, quantifier, unknown };

struct Thing {
  Kind kind = Kind::unknown;
  std::string_view text;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class PatternReader {
 public:
  explicit PatternReader(std::string_view pattern) : x_text(pattern) {}

  /// Reads the next thing; false at the end. Behind something unknown nothing can be trusted.
  bool next(Thing& thing) {
    skip_blank();
    if (x_at >= x_text.size()) return false;
    const std::size_t begin = x_at;
    thing.kind = read();
    x_at = std::min(x_at, x_text.size());
    thing.text = x_text.substr(begin, x_at - begin);
    return true;
  }
  std::size_t at() const { return x_at; }

 private:
  std::string_view x_text;
  std::size_t x_at = 0;

  std::string_view rest() const { return x_text.substr(x_at); }

  void skip_blank() {
    for (; x_at < x_text.size(); ++x_at) {
      const char c = x_text[x_at];
      if (c == '#') x_at = std::min(x_text.find('\n', x_at), x_text.size() - 1);
      else if (c != ' ' && (c < '\t' || c > '\r')) return;
    }
  }

  Kind read() {
    switch (x_text[x_at]) {
      case '(': return opening();
      case '[': return set();
      case '\\': return escape();
      case '{': return counted();
      case '?': case '*': case '+': return ++x_at, quantifier();
      default: break;
    }
    switch (x_text[x_at++]) {
      case ')': return Kind::close;
      case '|': return Kind::bar;
      case '.': return Kind::dot;
      case '^': case '$': return Kind::anchor;
      default: return Kind::letter;
    }
  }

  /// Lazy or possessive.
  Kind quantifier() {
    if (x_at < x_text.size() && (x_text[x_at] == '?' || x_text[x_at] == '+')) ++x_at;
    return Kind::quantifier;
  }

  Kind counted() {
    const std::size_t end = x_text.find('}', x_at);
    const std::string_view inside = end == std::string_view::npos ? std::string_view() : x_text.substr(x_at + 1, end - x_at - 1);
    const bool known = !inside.empty() && is_digit(inside[0]) && inside.find_first_not_of("0123456789,") == std::string_view::npos;
    if (!known) return lost();
    x_at = end + 1;
    return quantifier();
  }

  Kind opening() {
    for (const std::string_view plain : {"(?:", "(?>", "(?=", "(?!", "(?<=", "(?<!"})
      if (rest().starts_with(plain)) return x_at += plain.size(), Kind::group;
    if (rest().starts_with("(?<")) return x_at = end_of('>'), Kind::capture;
    if (rest().starts_with("(*")) return lost();
    if (!rest().starts_with("(?")) return ++x_at, Kind::group;
    // Flags: "(?-i:" is a group, "(?i)" holds from there on. Others than of case change what is read here.
    x_at = std::min(x_text.find_first_not_of("-i", x_at + 2), x_text.size());
    if (rest().starts_with(":")) return ++x_at, Kind::group;
    if (rest().starts_with(")")) return ++x_at, Kind::flags;
    return lost();
  }

  Kind lost() {
    x_at = x_text.size();
    return Kind::unknown;
  }

  Kind set() {
    x_at += rest().starts_with("[^") ? 2 : 1;
    if (rest().starts_with("]")) ++x_at;
    while (x_at < x_text.size() && x_text[x_at] != ']') {
      if (rest().starts_with("[:")) x_at = end_of(']');
      else x_at += x_text[x_at] == '\\' ? 2 : 1;
    }
    return x_at < x_text.size() ? (++x_at, Kind::set) : Kind::unknown;
  }

  Kind escape() {
    const char c = x_at + 1 < x_text.size() ? x_text[x_at + 1] : 'Q';
    x_at += 2;
    if (std::string_view("QEgkoc").find(c) != std::string_view::npos || is_digit(c)) return lost();
    if ((c == 'x' || c == 'p' || c == 'P' || c == 'N') && rest().starts_with("{")) x_at = end_of('}');
    else if (c == 'x') x_at = std::min(x_text.find_first_not_of("0123456789abcdefABCDEF", x_at), x_at + 2);
    else if (c == 'p' || c == 'P') ++x_at;
    else if (static_cast<unsigned char>(c) >= 0x80)
      while (x_at < x_text.size() && (static_cast<unsigned char>(x_text[x_at]) & 0xC0) == 0x80) ++x_at;
    return Kind::escape;
  }

  std::size_t end_of(char last) const {
    const std::size_t found = x_text.find(last, x_at);
    return found == std::string_view::npos ? x_text.size() : found + 1;
  }
};

/// Parts what lies from `first` to `last` from the digits outside.
DigitCuts cuts_around(std::uint32_t first, std::uint32_t last) {
  std::uint32_t cuts = 0;
  if (first > '0' && first <= '9') cuts |= 1u << (first - '0');
  if (last >= '0' && last < '9') cuts |= 1u << (last - '0' + 1);
  return static_cast<DigitCuts>(cuts);
}

/// "\x41", "\x{2219}": the letter that it stands for.
std::uint32_t letter_of(std::string_view escape) {
  std::uint32_t point = 0;
  for (const char c : escape.substr(2))
    if (c != '{' && c != '}') point = point * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
  return point;
}

/// One letter of a set, and where the next begins. \d and other classes hold all digits or none.
std::uint32_t set_letter(std::string_view set, std::size_t& at) {
  if (set[at] != '\\') return static_cast<unsigned char>(set[at++]);
  const std::string_view escape = set.substr(at, set.substr(at).starts_with("\\x{") ? set.find('}', at) + 1 - at : set[at + 1] == 'x' ? 4 : 2);
  at += escape.size();
  if (escape[1] == 'x') return letter_of(escape);
  return (escape[1] | 0x20) >= 'a' && (escape[1] | 0x20) <= 'z' ? 0 : static_cast<unsigned char>(escape[1]);
}

DigitCuts cuts_of_set(std::string_view set) {
  set.remove_suffix(1);
  DigitCuts cuts = 0;
  for (std::size_t at = set.starts_with("[^") ? 2 : 1; at < set.size();) {
    const std::uint32_t first = set_letter(set, at);
    std::uint32_t last = first;
    if (at + 1 < set.size() && set[at] == '-') last = set_letter(set, ++at);
    cuts |= cuts_around(first, last);
  }
  return cuts;
}

/// What is open where a pattern is read.
struct OpenGroup {
  bool capture = false;
  bool plain = false;      ///< no condition: what is in it is part of the match
  bool branches = false;
  std::uint32_t number = 0;
};

}  // namespace

DigitCuts digit_cuts(std::string_view pattern) {
  PatternReader reader(pattern);
  DigitCuts cuts = 0;
  for (Thing thing; reader.next(thing);) {
    if (thing.kind == Kind::unknown) return all_cuts;
    if (thing.kind == Kind::set) cuts |= cuts_of_set(thing.text);
    const bool hexadecimal = thing.kind == Kind::escape && thing.text.starts_with("\\x");
    if (thing.kind != Kind::letter && !hexadecimal) continue;
    const std::uint32_t letter = hexadecimal ? letter_of(thing.text) : static_cast<unsigned char>(thing.text[0]);
    cuts |= cuts_around(letter, letter);
  }
  return cuts;
}

namespace {

EndSet beyond_ascii() { return EndSet().set() << 0x80; }

/// What the text of a group, or of a pattern, can end with; `empty`: it may have no text.
struct Ending {
  EndSet bytes;
  bool empty = true;

  void follow(const Ending& next) {
    bytes = next.empty ? bytes | next.bytes : next.bytes;
    empty = empty && next.empty;
  }
};

class EndReader {
 public:
  explicit EndReader(std::string_view pattern) : x_reader(pattern) {}

  EndSet run() {
    const Ending ending = alternatives();
    return x_lost || x_depth != 0 || ending.empty ? EndSet().set() : ending.bytes;
  }

 private:
  PatternReader x_reader;
  std::size_t x_depth = 0;
  bool x_lost = false;

  /// Up to the end of a group, which is read, or of the pattern.
  Ending alternatives() {
    Ending all{{}, false}, branch, last;  // `last` waits for its quantifier
    const auto end_branch = [&] {
      branch.follow(last);
      all.bytes |= branch.bytes;
      all.empty |= branch.empty;
      branch = last = {};
    };
    for (Thing thing; !x_lost && x_reader.next(thing);) {
      if (thing.kind == Kind::quantifier) {
        last.empty |= thing.text[0] != '+' && !(thing.text[0] == '{' && thing.text[1] >= '1' && thing.text[1] <= '9');
        continue;
      }
      if (thing.kind == Kind::close && x_depth > 0) {
        --x_depth;
        return end_branch(), all;
      }
      if (thing.kind == Kind::bar) {
        end_branch();
        continue;
      }
      branch.follow(last);
      last = ending_of(thing);
    }
    return end_branch(), all;
  }

  Ending ending_of(const Thing& thing) {
    switch (thing.kind) {
      case Kind::letter: return {letter(thing.text[0]), false};
      case Kind::escape: return escape(thing.text);
      case Kind::anchor:
      case Kind::flags: return {};
      case Kind::capture:
      case Kind::group: {
        ++x_depth;
        const Ending inner = alternatives();
        const bool condition = thing.text != "(" && thing.text.back() != ':' && thing.text.back() != '>';
        return condition ? Ending() : inner;
      }
      case Kind::unknown: x_lost = true; break;
      default: break;
    }
    return {EndSet().set(), false};
  }

  /// In either case, since the flags are not followed here.
  static EndSet letter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) return beyond_ascii();
    EndSet set;
    set.set(byte);
    const char low = static_cast<char>(byte | 0x20);
    if (low >= 'a' && low <= 'z') set.set(byte ^ 0x20u);
    return low == 'k' || low == 's' ? set | beyond_ascii() : set;  // U+212A and U+017F are a k and an s to PCRE2
  }

  static Ending escape(std::string_view text) {
    if (text == "\\h") return {beyond_ascii(), true};  // blanks of ASCII are left out
    if (text == "\\b" || text == "\\B" || text == "\\A" || text == "\\z" || text == "\\Z") return {};
    EndSet set = beyond_ascii();
    if (text == "\\d")
      for (char digit = '0'; digit <= '9'; ++digit) set.set(static_cast<unsigned char>(digit));
    else if (std::string_view("./()[]{}|*+?-\\^$").find(text[1]) != std::string_view::npos && text.size() == 2) set = letter(text[1]);
    else set.set();
    return {set, false};
  }
};

}  // namespace

EndSet ends_of(std::string_view pattern) { return EndReader(pattern).run(); }

DigitFold digit_fold(DigitCuts cuts) {
  DigitFold fold;
  for (std::size_t byte = 0; byte < 256; ++byte) fold[byte] = static_cast<char>(byte);
  for (int digit = 1; digit < 10; ++digit)
    if ((cuts >> digit & 1) == 0) fold['0' + static_cast<std::size_t>(digit)] = fold['0' + static_cast<std::size_t>(digit) - 1];
  return fold;
}

WithoutRest without_rest(std::string_view pattern) {
  WithoutRest out{std::string(pattern)};
  PatternReader reader(pattern);
  std::vector<OpenGroup> open{{false, true, false, 0}};
  std::uint32_t captures = 0;
  std::size_t dot = 0, behind = 0;  // the ".*" that nothing but ends of groups has followed so far
  bool after_dot = false;
  for (Thing thing; reader.next(thing);) {
    if (thing.kind == Kind::unknown) return WithoutRest{std::string(pattern)};
    if (after_dot && (thing.text == "*" || thing.text == "*+")) behind = reader.at();
    else if (thing.kind == Kind::close && open.size() > 1) {
      const OpenGroup closed = open.back();
      open.pop_back();
      if (!closed.plain || closed.branches) behind = 0;
      else if (closed.capture) out.groups |= std::uint64_t{1} << closed.number;
    } else behind = 0;
    if (behind == 0) out.groups = 0;
    after_dot = thing.kind == Kind::dot;
    if (after_dot) {
      dot = reader.at() - 1;
      out.groups = 0;
    }
    if (thing.kind == Kind::bar) open.back().branches = true;
    if (thing.kind == Kind::capture) open.push_back({true, true, false, ++captures});
    if (thing.kind == Kind::group) open.push_back({false, thing.text.back() == ':' || thing.text.back() == '>' || thing.text == "(", false, 0});
  }
  if (behind == 0 || open.size() > 1 || open.front().branches || captures > 63) return WithoutRest{std::string(pattern)};
  std::fill(out.pattern.begin() + static_cast<std::ptrdiff_t>(dot), out.pattern.begin() + static_cast<std::ptrdiff_t>(behind), ' ');
  out.rest = true;
  return out;
}

}  // namespace rapporteur
