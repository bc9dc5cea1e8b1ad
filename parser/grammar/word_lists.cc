// Stage grammar: arranging lists of words.
//
// Two alternatives that begin with different letters, of either case, never match at the same place, so they may change
// places. Those that begin with one letter keep their order: it says which is preferred.

#include "grammar/word_lists.h"

#include <algorithm>
#include <vector>

namespace rapporteur {

namespace {

constexpr std::size_t least_words = 4;    // fewer are tried as fast one by one
constexpr std::size_t deepest_group = 240;  // PCRE2 refuses 250 and says where; a stack of ours must not end before
constexpr std::size_t most_letters = 32;    // that words share and that are written once: more than any word has

using Branches = std::vector<std::string>;

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::size_t after_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

/// The letter that a branch begins with, once and in every case: ASCII, or of Latin-1 or Cyrillic, which have two cases each.
std::string_view first_letter(std::string_view branch) {
  const std::size_t at = after_blanks(branch, 0);
  if (at == branch.size() || branch.find("(?<") != std::string_view::npos) return {};  // captures are numbered in their order
  const auto lead = static_cast<unsigned char>(branch[at]);
  std::size_t size = 0;
  if ((lead >= 'A' && lead <= 'Z') || (lead >= 'a' && lead <= 'z')) size = 1;
  else if (lead == 0xC3 || lead == 0xD0 || (lead == 0xD1 && at + 1 < branch.size() && static_cast<unsigned char>(branch[at + 1]) < 0x90)) size = 2;
  if (size == 0 || at + size > branch.size()) return {};
  const std::size_t next = after_blanks(branch, at + size);
  if (next < branch.size() && std::string_view("?*+{").find(branch[next]) != std::string_view::npos) return {};
  return branch.substr(at, size);
}

/// A letter and its other case, as one.
std::string folded(std::string_view letter) {
  std::string out(letter);
  const auto lead = static_cast<unsigned char>(out[0]);
  if (lead < 0x80) out[0] = static_cast<char>(lead | 0x20);
  if (out.size() < 2) return out;
  const auto trail = static_cast<unsigned char>(out[1]);
  const std::uint32_t point = (lead & 0x1Fu) << 6 | (trail & 0x3Fu);
  const std::uint32_t low = point >= 0x410 && point < 0x430 ? point + 0x20 : point >= 0xC0 && point < 0xDF ? point + 0x20 : point >= 0x400 && point < 0x410 ? point + 0x50 : point;
  return {static_cast<char>(0xC0 | low >> 6), static_cast<char>(0x80 | (low & 0x3F))};
}

std::string joined(const Branches& branches) {
  std::string out;
  for (const std::string& branch : branches) (out += out.empty() && &branch == &branches.front() ? "" : "|") += branch;
  return out;
}

Branches arranged(const Branches& branches, std::size_t shared);

/// Branches that begin with one letter, behind one another: the letter is written once. `shared`: how many before it are.
void add_run(Branches& out, const std::string& letter, Branches& run, std::size_t shared) {
  if (run.size() == 1) out.push_back(letter + run.front());
  else if (!run.empty()) out.push_back(letter + "(?:" + joined(arranged(run, shared + 1)) + ")");
  run.clear();
}

/// Words, each with a first letter: those of one letter together, in the order in which the letters come.
void add_words(Branches& out, const Branches& words, std::size_t shared) {
  std::vector<std::pair<std::string, Branches>> letters;
  for (const std::string& word : words) {
    const std::string letter = folded(first_letter(word));
    auto known = std::find_if(letters.begin(), letters.end(), [&](const auto& one) { return one.first == letter; });
    if (known == letters.end()) known = letters.insert(letters.end(), {letter, {}});
    known->second.push_back(word);
  }
  for (const auto& [letter, same] : letters) {
    std::string written;
    Branches run;
    for (const std::string& word : same) {
      const std::string_view first = first_letter(word);
      if (first != written) add_run(out, written, run, shared);
      written = first;
      run.push_back(word.substr(after_blanks(word, 0) + first.size()));
    }
    add_run(out, written, run, shared);
  }
}

/// Arranges words that stand side by side; whatever else is among the branches keeps its place.
Branches arranged(const Branches& branches, std::size_t shared) {
  if (shared >= most_letters) return branches;
  Branches out, words;
  const auto end_words = [&] {
    if (words.size() < least_words) out.insert(out.end(), words.begin(), words.end());
    else add_words(out, words, shared);
    words.clear();
  };
  for (const std::string& branch : branches) {
    if (!first_letter(branch).empty()) {
      words.push_back(branch);
      continue;
    }
    end_words();
    out.push_back(branch);
  }
  end_words();
  return out;
}

class Arranger {
 public:
  explicit Arranger(std::string_view pattern) : x_text(pattern) {}

  std::string run() {
    std::string out = alternatives(true);
    return x_lost || x_at < x_text.size() ? std::string(x_text) : out;
  }

 private:
  bool done() const { return x_lost || x_at >= x_text.size(); }
  std::string_view rest() const { return x_text.substr(x_at); }
  std::string copy(std::size_t count) {
    const std::string_view copied = x_text.substr(x_at, count);
    x_at += copied.size();
    return std::string(copied);
  }

  std::string alternatives(bool may_arrange) {
    Branches branches(1);
    while (!done() && x_text[x_at] != ')') {
      if (x_text[x_at] != '|') {
        branches.back() += item(may_arrange);
        continue;
      }
      ++x_at;
      branches.emplace_back();
    }
    return joined(may_arrange ? arranged(branches, 0) : branches);
  }

  std::string item(bool may_arrange) {
    switch (x_text[x_at]) {
      case '(': return group(may_arrange);
      case '[': return set();
      case '\\': return copy(2);
      case '#': x_lost = true; return {};
      default: return copy(1);
    }
  }

  std::string group(bool may_arrange) {
    std::string opening = "(";
    const bool behind = rest().starts_with("(?<=") || rest().starts_with("(?<!");  // PCRE2 wants its branches as they are
    bool known = !rest().starts_with("(?") && !rest().starts_with("(*");
    for (const std::string_view plain : {"(?:", "(?>", "(?=", "(?!", "(?<=", "(?<!"})
      if (rest().starts_with(plain)) opening = plain, known = true;
    if (!known && rest().starts_with("(?<")) opening = rest().substr(0, rest().find('>') + 1), known = true;
    if (!known || x_depth >= deepest_group) return x_lost = true, std::string();
    x_at += opening.size();
    ++x_depth;
    std::string out = opening + alternatives(may_arrange && !behind);
    --x_depth;
    if (done()) return x_lost = true, std::string();
    return out + copy(1);
  }

  std::string set() {
    std::string out = copy(rest().starts_with("[^") ? 2 : 1);
    if (rest().starts_with("]")) out += copy(1);
    while (!done() && x_text[x_at] != ']') {
      if (rest().starts_with("[:")) out += copy(std::min(rest().find(":]"), rest().size() - 2) + 2);
      else out += copy(x_text[x_at] == '\\' ? 2 : 1);
    }
    if (done()) x_lost = true;
    return out + copy(1);
  }

  std::string_view x_text;
  std::size_t x_at = 0, x_depth = 0;
  bool x_lost = false;
};

}  // namespace

std::string arrange_words(std::string_view pattern) { return Arranger(pattern).run(); }

}  // namespace rapporteur
