// Stage recognition: language by function words. A few dozen words per language tell the six languages of the common
// grammar apart after two or three lines of prose; nothing finer is needed here.

#include "recognition/language.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string_view>
#include <vector>

#include "text/byte_masks.h"

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

/// A word of up to ten bytes, which the longest of these words has; the bytes behind its end are 0.
struct ShortWord {
  std::uint64_t head = 0;
  std::uint16_t tail = 0;
  friend bool operator==(const ShortWord&, const ShortWord&) = default;

  static constexpr std::size_t kLongest = sizeof head + sizeof tail;
  /// `word` lies in `text`, which may be read behind it.
  static ShortWord of(std::string_view text, std::size_t begin, std::size_t length) {
    ShortWord word;
    const char* bytes = text.data() + begin;
    if (std::endian::native == std::endian::little && length <= sizeof word.head && begin + sizeof word.head <= text.size()) {
      std::memcpy(&word.head, bytes, sizeof word.head);
      word.head &= ~std::uint64_t{0} >> (64 - 8 * length);
      return word;
    }
    std::memcpy(&word.head, bytes, std::min(length, sizeof word.head));
    if (length > sizeof word.head) std::memcpy(&word.tail, bytes + sizeof word.head, length - sizeof word.head);
    return word;
  }
  std::uint64_t hash() const { return (head ^ tail) * 0x9E3779B97F4A7C15u; }
};

/// The languages of each word, as bits: open addressing, a quarter full.
class WordTable {
 public:
  WordTable() {
    for (std::size_t l = 0; l < kLanguages.size(); ++l) {
      std::string_view rest = kLanguages[l].words;
      while (!rest.empty()) {
        const std::size_t length = std::min(rest.find(' '), rest.size());
        Slot& slot = x_slots[place(ShortWord::of(rest, 0, length))];
        slot.word = ShortWord::of(rest, 0, length);
        slot.languages |= static_cast<std::uint8_t>(1u << l);
        rest.remove_prefix(std::min(rest.size(), length + 1));
      }
    }
  }
  std::uint8_t languages(const ShortWord& word) const { return x_slots[place(word)].languages; }

 private:
  struct Slot {
    ShortWord word;
    std::uint8_t languages = 0;  // 0: free
  };
  static constexpr unsigned kBits = 9;
  std::array<Slot, 1u << kBits> x_slots{};

  std::size_t place(const ShortWord& word) const {
    std::size_t at = word.hash() >> (64 - kBits);
    while (x_slots[at].languages != 0 && !(x_slots[at].word == word)) at = (at + 1) % x_slots.size();
    return at;
  }
};

using Seen = std::array<std::uint32_t, kLanguages.size()>;

/// Adds for each language the words of `text` that are frequent in it. Capitals make another word.
void tally(std::string_view text, Seen& seen) {
  static const WordTable words;
  for_each_run(text, [](const ByteMasks& masks) { return masks.letters | masks.beyond_ascii; }, [&](std::size_t begin, std::size_t end) {
    if (end - begin > ShortWord::kLongest) return;
    for (unsigned languages = words.languages(ShortWord::of(text, begin, end - begin)); languages != 0; languages &= languages - 1)
      ++seen[static_cast<std::size_t>(std::countr_zero(languages))];
  });
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

/// Every eighth line of the text's first bytes is read, spread so that a part in another language is among them; where these
/// leave doubt, the lines beside them too.
std::string language_of(const Document& document) {
  constexpr std::size_t kEnough = 20000, kShortest = 40;  // bytes of prose, more changes nothing; of a line of it
  constexpr std::size_t kApart = 8;                       // lines
  constexpr std::uint32_t kClear = 24;                    // words that leave no doubt where they are twice those of the next
  std::vector<std::string_view> prose;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < document.lines.size() && bytes <= kEnough; ++i) {
    const std::string_view text = document.lines[i].content.substr(0, kEnough);
    if (text.size() < kShortest) continue;
    prose.push_back(text);
    bytes += text.size();
  }
  Seen seen{};
  std::size_t best = 0;
  for (std::size_t first = 0; first < std::min(kApart, prose.size()); ++first) {
    for (std::size_t i = first; i < prose.size(); i += kApart) tally(prose[i], seen);
    best = static_cast<std::size_t>(std::max_element(seen.begin(), seen.end()) - seen.begin());
    const auto near = [&](std::uint32_t words) { return words * 2 > seen[best]; };
    if (seen[best] >= kClear && std::count_if(seen.begin(), seen.end(), near) == 1) break;
  }
  return seen[best] >= 5 ? std::string(kLanguages[best].code) : std::string();
}

}  // namespace rapporteur
