// Stage recognition: language by function words. A few dozen words per language tell the six languages of the common
// grammar apart after two or three lines of prose; nothing finer is needed here.

#include "recognition/language.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "recognition/flat_index.h"

namespace rapporteur {

namespace {

struct Language {
  std::string_view code, words;
};
// Words that are frequent in one language and rare in the others.
constexpr std::array<Language, 6> kLanguages = {{
    {"en", "the of and to that for was with by on which this from were has have its are been be or as it"},
    {"fr", "le les des et du une dans que par pour sur aux est au qui ont été ce cette ses avec sont"},
    {"es", "el los las y del una que por para con se su al fue como más esta sus lo o ha"},
    {"pt", "os as e do da dos das em uma que para com no na ao se foi pela pelo não seu"},
    {"de", "der die das und den des dem von zu mit für auf ist im sich nicht eine werden wird als"},
    {"ru", "и в на с по что для от к о из был было были не а также как его"},
}};

constexpr std::size_t kLongest = 10;  // bytes of the longest of these words

/// FNV-1a, a byte at a time, so that a word is hashed while its end is looked for.
constexpr std::uint64_t kSeed = 0xcbf29ce484222325u;
constexpr std::uint64_t hashed(std::uint64_t hash, char c) { return (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u; }

class WordTable {
 public:
  WordTable() : x_index(300) {
    for (std::size_t l = 0; l < kLanguages.size(); ++l) {
      std::string_view rest = kLanguages[l].words;
      while (!rest.empty()) {
        const std::size_t blank = std::min(rest.find(' '), rest.size());
        add(rest.substr(0, blank), static_cast<std::uint8_t>(1u << l));
        rest.remove_prefix(std::min(rest.size(), blank + 1));
      }
    }
  }
  /// The languages of a word, as bits.
  std::uint8_t languages(std::uint64_t hash, std::string_view word) const {
    const std::uint32_t found = x_index.find(mixed(hash), [&](std::uint32_t n) { return x_words[n].first == word; });
    return found == FlatIndex::kAbsent ? std::uint8_t{0} : x_words[found].second;
  }

 private:
  std::vector<std::pair<std::string_view, std::uint8_t>> x_words;
  FlatIndex x_index;

  void add(std::string_view word, std::uint8_t language) {
    std::uint64_t hash = kSeed;
    for (const char c : word) hash = hashed(hash, c);
    const auto fresh = static_cast<std::uint32_t>(x_words.size());
    const std::uint32_t found = x_index.find_or_put(mixed(hash), fresh, [&](std::uint32_t n) { return x_words[n].first == word; });
    if (found == fresh) x_words.emplace_back(word, std::uint8_t{0});
    x_words[found].second |= language;
  }
};

bool word_byte(char c) { return static_cast<unsigned char>((c | 0x20) - 'a') < 26 || static_cast<unsigned char>(c) >= 0x80; }

using Seen = std::array<std::uint32_t, kLanguages.size()>;

/// Adds for each language the words of `text` that are frequent in it. Capitals make another word.
void tally(std::string_view text, Seen& seen) {
  static const WordTable words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    std::uint64_t hash = kSeed;
    for (; at < text.size() && word_byte(text[at]); ++at) hash = hashed(hash, text[at]);
    if (at > begin && at - begin <= kLongest)
      if (const std::uint8_t languages = words.languages(hash, text.substr(begin, at - begin)))
        for (std::size_t l = 0; l < seen.size(); ++l) seen[l] += languages >> l & 1u;
    if (at == begin) ++at;
  }
}

}  // namespace

std::string language_of_words(std::string_view words) {
  const auto cyrillic = [](char c) { return static_cast<unsigned char>(c) == 0xD0 || static_cast<unsigned char>(c) == 0xD1; };
  if (std::any_of(words.begin(), words.end(), cyrillic)) return "ru";
  std::string small(words);
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  Seen seen{};
  tally(small, seen);
  const auto best = std::max_element(seen.begin(), seen.end());
  return *best > 0 && std::count(seen.begin(), seen.end(), *best) == 1 ? std::string(kLanguages[static_cast<std::size_t>(best - seen.begin())].code) : std::string();
}

std::string language_of(const Document& document) {
  constexpr std::size_t kEnough = 20000;  // bytes of prose; more changes nothing
  Seen seen{};
  std::size_t read = 0;
  for (const Line& line : document.lines) {
    if (line.content.size() < 40) continue;
    const std::string_view text = line.content.substr(0, kEnough);
    tally(text, seen);
    read += text.size();
    if (read > kEnough) break;
  }
  const auto best = std::max_element(seen.begin(), seen.end());
  return *best >= 5 ? std::string(kLanguages[static_cast<std::size_t>(best - seen.begin())].code) : std::string();
}

}  // namespace rapporteur
