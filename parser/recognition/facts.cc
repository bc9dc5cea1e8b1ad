// Stage recognition: facts about single lines, counted in one pass over their bytes.

#include "recognition/facts.h"

#include <algorithm>
#include <array>

#include <utf8proc.h>

#include "text/byte_masks.h"

namespace rapporteur {

namespace {

enum class Kind : std::uint8_t { other, upper, lower, caseless, digit, space };

/// Unicode's general category, reduced to what matters here.
Kind kind_of_point(utf8proc_int32_t point) {
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT: return Kind::upper;
    case UTF8PROC_CATEGORY_LL: return Kind::lower;
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_LM: return Kind::caseless;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return Kind::digit;
    case UTF8PROC_CATEGORY_ZS: return Kind::space;
    default: return Kind::other;
  }
}

constexpr std::array<Kind, 128> ascii_kinds() {
  std::array<Kind, 128> table{};
  for (int c = 0; c < 128; ++c)
    table[c] = c >= 'A' && c <= 'Z' ? Kind::upper : c >= 'a' && c <= 'z' ? Kind::lower
             : c >= '0' && c <= '9' ? Kind::digit : c == ' ' || c == '\t' ? Kind::space : Kind::other;
  return table;
}
constexpr std::array<Kind, 128> kAscii = ascii_kinds();

/// The same of what takes two bytes, nearly all letters of European scripts, asked of utf8proc once.
Kind kind_of_two_bytes(std::size_t point) {
  static const std::array<Kind, 0x800> kinds = [] {
    std::array<Kind, 0x800> table{};
    for (std::size_t p = 0x80; p < table.size(); ++p) table[p] = kind_of_point(static_cast<utf8proc_int32_t>(p));
    return table;
  }();
  return kinds[point];
}

/// What an ASCII letter or digit adds to three counts at once, 0 for anything else: the counts of a run of them are one sum.
constexpr int kCapital = 21, kDigit = 42;
constexpr std::uint64_t kCount = (std::uint64_t{1} << 21) - 1;
constexpr std::size_t kLongestRun = kCount;
constexpr std::array<std::uint64_t, 256> ascii_counts() {
  std::array<std::uint64_t, 256> table{};
  for (int c = 0; c < 128; ++c)
    table[c] = kAscii[c] == Kind::upper ? 1 | std::uint64_t{1} << kCapital : kAscii[c] == Kind::lower ? 1 : kAscii[c] == Kind::digit ? std::uint64_t{1} << kDigit : 0;
  return table;
}
constexpr std::array<std::uint64_t, 256> kCounts = ascii_counts();

/// Reads one code point's kind and moves `at` behind it. The text is valid UTF-8.
Kind next_kind(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) {
    ++at;
    return kAscii[byte];
  }
  if (byte < 0xE0 && at + 1 < text.size()) {
    at += 2;
    return kind_of_two_bytes(std::size_t{byte & 0x1Fu} << 6 | (static_cast<unsigned char>(text[at - 1]) & 0x3Fu));
  }
  utf8proc_int32_t point = 0;
  const auto used = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at), text.size() - at, &point);
  at += used > 0 ? used : 1;
  return used > 0 ? kind_of_point(point) : Kind::other;
}

bool one_of(std::string_view text, std::string_view suffix) { return text.ends_with(suffix); }

LineEnd end_of(std::string_view text) {
  while (!text.empty()) {  // closing quotes, brackets and footnote stars say nothing about how the words end
    if (one_of(text, "”") || one_of(text, "’")) text.remove_suffix(3);
    else if (one_of(text, "»")) text.remove_suffix(2);
    else if (text.back() == '"' || text.back() == '\'' || text.back() == ')' || text.back() == ']' || text.back() == '*' ||
             text.back() == ' ' || text.back() == '\t')
      text.remove_suffix(1);
    else break;
  }
  if (text.empty()) return LineEnd::open;
  switch (text.back()) {
    case '.': case '!': case '?': return LineEnd::sentence;
    case ':': return LineEnd::colon;
    case ';': return LineEnd::semicolon;
    case ',': return LineEnd::comma;
    case '-': return one_of(text, ":-") ? LineEnd::colon : LineEnd::hyphen;  // as older reports announce a list
    default: return one_of(text, "…") || one_of(text, "。") ? LineEnd::sentence : one_of(text, "¬") ? LineEnd::hyphen : one_of(text, ":—") || one_of(text, ":–") ? LineEnd::colon : LineEnd::open;
  }
}

}  // namespace

std::size_t before_page_word(std::string_view text) {
  static constexpr std::string_view kWords[] = {"Seite", "Page", "page", "p.", "S.", "pág.", "Стр.", "стр."};
  std::size_t end = text.size();
  while (end > 0 && is_blank(text[end - 1])) --end;
  for (const std::string_view word : kWords)
    if (text.substr(0, end).ends_with(word) && end > word.size() && is_blank(text[end - word.size() - 1])) return end - word.size();
  return text.size();
}

namespace {

/// Dots, underscores or a tab between words and a page number at the end.
bool leader_before_number(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && is_blank(text[at - 1])) --at;
  const std::size_t digits_end = at;
  while (at > 0 && (text[at - 1] >= '0' && text[at - 1] <= '9')) --at;
  if (at == digits_end || digits_end - at > 4 || at == 0) return false;
  at = before_page_word(text.substr(0, at));
  bool tab = false;
  std::size_t dots = 0, blanks = 0;
  for (; at > 0; --at) {
    const char c = text[at - 1];
    if (c == '\t') tab = true;
    else if (c == ' ') ++blanks;
    else if (c == '.' || c == '_' || c == '-') ++dots;
    else break;
  }
  return at > 0 && (tab || dots >= 4 || (dots >= 2 && blanks >= 2) || blanks >= 6);
}

}  // namespace

namespace {

/// Counts over plain ASCII, 64 bytes at a time. Gives up, false, where a letter is none of ASCII's or a word is mixed of
/// letters and digits: whether such a word has four letters takes counting.
class PlainCount {
 public:
  explicit PlainCount(Facts& facts) : f(facts) {}

  bool count(std::string_view text) {
    for (std::size_t base = 0; base < text.size(); base += 64)
      if (!add(byte_masks(text, base))) return false;
    f.chars = static_cast<std::uint32_t>(text.size());
    f.words = static_cast<std::uint16_t>(std::min(x_words, 0xffffu));
    look_at_start(text);
    return true;
  }

 private:
  Facts& f;
  std::uint32_t x_words = 0;
  ByteMasks x_before;

  bool add(const ByteMasks& here) {
    const auto back = [](std::uint64_t mask, std::uint64_t before, int by) { return mask << by | before >> (64 - by); };
    f.gaps |= (here.blanks & back(here.blanks, x_before.blanks, 1) & back(here.blanks, x_before.blanks, 2)) != 0;
    const std::uint64_t letters = here.letters, before = x_before.letters;
    const std::uint64_t mixed = (letters & back(here.digits, x_before.digits, 1)) | (here.digits & back(letters, before, 1));
    if ((here.beyond_ascii | mixed) != 0) return false;
    const std::uint64_t words = letters | here.digits, words_before = before | x_before.digits;
    const std::uint64_t fourth = letters & back(letters, before, 1) & back(letters, before, 2) & back(letters, before, 3) & ~back(letters, before, 4);
    x_words += ones(words & ~back(words, words_before, 1));
    f.letters += ones(letters);
    f.capitals += ones(here.capitals);
    f.digits += ones(here.digits);
    f.long_words = static_cast<std::uint16_t>(f.long_words + ones(fourth));
    f.titled = static_cast<std::uint16_t>(f.titled + ones(fourth & back(here.capitals, x_before.capitals, 3)));
    x_before = here;
    return true;
  }

  /// Added up in place: without the processor's own instruction, which not all have, the library is called for each.
  static std::uint32_t ones(std::uint64_t mask) {
    constexpr std::uint64_t kEvery = ~std::uint64_t{0};
    mask -= mask >> 1 & kEvery / 3;
    mask = (mask & kEvery / 5) + (mask >> 2 & kEvery / 5);
    mask = (mask + (mask >> 4)) & kEvery / 17;
    return static_cast<std::uint32_t>(mask * (kEvery / 255) >> 56);
  }

  void look_at_start(std::string_view text) {
    const auto kind_at = [&](std::size_t at) { return kAscii[static_cast<unsigned char>(text[at])]; };
    std::size_t at = 0;
    while (at < text.size() && kind_at(at) == Kind::space) ++at;
    f.starts_digit = at < text.size() && kind_at(at) == Kind::digit;
    f.starts_lower = at < text.size() && kind_at(at) == Kind::lower;
    while (f.letters > 0 && kind_at(at) != Kind::upper && kind_at(at) != Kind::lower) ++at;
    f.starts_upper = f.letters > 0 && kind_at(at) == Kind::upper;
  }
};

/// Counts letter by letter, in any script.
Facts count_letters(std::string_view text) {
  Facts f;
  bool in_word = false, first = true;
  std::uint32_t word_letters = 0;
  bool word_titled = false;
  const auto close_word = [&] {
    if (in_word && word_letters >= 4) {
      ++f.long_words;
      if (word_titled) ++f.titled;
    }
    in_word = false;
  };
  const auto open_word = [&](bool titled) {
    if (in_word) return;
    in_word = true;
    word_letters = 0;
    word_titled = titled;
    if (f.words < 0xffff) ++f.words;
  };
  for (std::size_t at = 0; at < text.size();) {
    if (const auto byte = static_cast<unsigned char>(text[at]); f.letters > 0 && kCounts[byte] != 0) {  // nearly all of most texts
      open_word(kAscii[byte] == Kind::upper);
      const std::size_t begin = at, end = std::min(text.size(), at + kLongestRun);
      std::uint64_t sum = 0;
      for (std::uint64_t count; at < end && (count = kCounts[static_cast<unsigned char>(text[at])]) != 0; ++at) sum += count;
      const auto letters = static_cast<std::uint32_t>(sum & kCount);
      f.chars += static_cast<std::uint32_t>(at - begin);
      f.letters += letters;
      word_letters += letters;
      f.capitals += static_cast<std::uint32_t>(sum >> kCapital & kCount);
      f.digits += static_cast<std::uint32_t>(sum >> kDigit);
      continue;
    }
    const Kind kind = next_kind(text, at);
    ++f.chars;
    if (kind == Kind::other || kind == Kind::space) {
      if (kind == Kind::other && first) first = false;
      close_word();
      continue;
    }
    open_word(kind == Kind::upper);
    if (kind == Kind::digit) ++f.digits;
    else {
      ++word_letters;
      if (f.letters == 0) f.starts_upper = kind == Kind::upper;
      ++f.letters;
      if (kind == Kind::upper) ++f.capitals;
    }
    if (first) {
      f.starts_digit = kind == Kind::digit;
      f.starts_lower = kind == Kind::lower;
      first = false;
    }
  }
  close_word();
  return f;
}

}  // namespace

std::size_t sentence_behind(std::string_view text, std::size_t stop, std::size_t shortest) {
  const std::size_t word = text.find_last_of(" .", stop == 0 ? 0 : stop - 1);
  const std::size_t length = word == std::string_view::npos ? stop : stop - word - 1;
  const bool abbreviation = length < shortest && !(stop > 0 && text[stop - 1] == ')');
  const std::size_t behind = text.find_first_not_of(' ', stop + 1);
  const bool capital = behind != std::string_view::npos && text[behind] >= 'A' && text[behind] <= 'Z';
  return capital && !abbreviation ? behind : std::string_view::npos;
}

namespace {

/// All that is counted, and how the text begins; not how it ends.
Facts counts_of(std::string_view text) {
  Facts f;
  constexpr std::size_t kFew = 8;  // bytes, as of a label: looked at one by one as fast
  if (text.size() < kFew || !PlainCount(f).count(text)) {
    f = count_letters(text);
    f.gaps = text.find("   ") != std::string_view::npos;
  }
  return f;
}

}  // namespace

Facts facts_of(std::string_view text) {
  Facts f = counts_of(text);
  f.end = end_of(text);
  f.ends_in_leader = f.digits != 0 && leader_before_number(text);
  return f;
}

Facts facts_behind(const Facts& whole, std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (at == 0) return whole;
  const auto in_word = [](char c) { return static_cast<unsigned char>(c) >= 0x80 || kCounts[static_cast<unsigned char>(c)] != 0; };
  if (rest.empty() || in_word(text[at - 1])) return facts_of(rest);
  std::size_t opening = 0;  // up to its first letter
  for (bool letter = false; opening < rest.size() && !letter;) {
    const Kind kind = next_kind(rest, opening);
    letter = kind == Kind::upper || kind == Kind::lower || kind == Kind::caseless;
  }
  Facts f = counts_of(rest.substr(0, opening));
  const Facts before = counts_of(text.substr(0, at));
  f.chars = whole.chars - before.chars;
  f.words = static_cast<std::uint16_t>(whole.words - before.words);
  f.letters = whole.letters - before.letters;
  f.capitals = whole.capitals - before.capitals;
  f.digits = whole.digits - before.digits;
  f.titled = static_cast<std::uint16_t>(whole.titled - before.titled);
  f.long_words = static_cast<std::uint16_t>(whole.long_words - before.long_words);
  f.end = end_of(rest);
  f.ends_in_leader = f.digits != 0 && leader_before_number(rest);
  return f;
}

std::vector<Facts> facts_of_lines(const Document& document) {
  std::vector<Facts> facts;
  facts.reserve(document.lines.size());
  for (const Line& line : document.lines) facts.push_back(facts_of(line.match));
  return facts;
}

Manner manner_of(const Document& document, const std::vector<Facts>& facts) {
  Manner manner;
  std::array<std::uint32_t, 256> lengths{};  // the last bucket holds everything longer
  // That a long line ends in mid-sentence is the margin's doing, whatever the next begins with; rows of columns are none.
  const auto cut_at_margin = [&](std::size_t i) {
    constexpr std::uint32_t kLong = 72, kLabel = 12;
    return facts[i - 1].chars >= kLong && facts[i].end == LineEnd::sentence && !facts[i].gaps && document.lines[i - 1].match.find("   ", kLabel) == std::string_view::npos;
  };
  std::uint32_t total = 0, long_lines = 0, broken = 0, spaced = 0;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (document.lines[i].kind != LineKind::text || facts[i].words < 4) continue;
    ++lengths[std::min<std::uint32_t>(facts[i].chars, 255)];
    ++total;
    if (facts[i].chars > 140) ++long_lines;
    if (document.lines[i].look.blank_before > 0) ++spaced;
    else if (i > 0 && (facts[i - 1].end == LineEnd::open || facts[i - 1].end == LineEnd::hyphen) && (facts[i].starts_lower || cut_at_margin(i))) ++broken;
  }
  if (total == 0) return manner;
  std::uint32_t seen = 0;
  for (std::uint32_t length = 0; length < lengths.size(); ++length) {
    seen += lengths[length];
    if (seen * 10 >= total * 9) {
      manner.full_line = std::max<std::uint32_t>(length, 40);
      break;
    }
  }
  manner.wrapped = long_lines * 5 < total && broken * 8 > total;
  manner.unbroken = long_lines * 5 >= total;
  manner.spaced = spaced * 5 > total;
  manner.all_apart = (spaced + 1) * 20 >= total * 19;  // nothing stands before the first line
  return manner;
}

}  // namespace rapporteur
