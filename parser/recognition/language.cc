// Stage recognition: language by function words. A few dozen words per language tell the six languages of the common
// grammar apart after two or three lines of prose; nothing finer is needed here.

#include "recognition/language.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

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

const std::unordered_map<std::string_view, std::uint8_t>& word_table() {
  static const auto table = [] {
    std::unordered_map<std::string_view, std::uint8_t> words;
    for (std::size_t l = 0; l < kLanguages.size(); ++l) {
      std::string_view rest = kLanguages[l].words;
      while (!rest.empty()) {
        const std::size_t blank = std::min(rest.find(' '), rest.size());
        words[rest.substr(0, blank)] |= static_cast<std::uint8_t>(1u << l);
        rest.remove_prefix(std::min(rest.size(), blank + 1));
      }
    }
    return words;
  }();
  return table;
}

bool word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

}  // namespace

std::string language_of_words(std::string_view words) {
  std::array<std::uint32_t, kLanguages.size()> seen{};
  bool cyrillic = false;
  std::string word;
  for (std::size_t at = 0; at <= words.size(); ++at) {
    const char c = at < words.size() ? words[at] : ' ';
    cyrillic |= static_cast<unsigned char>(c) == 0xD0 || static_cast<unsigned char>(c) == 0xD1;
    if (word_byte(c)) word += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    else {
      if (const auto found = word_table().find(word); found != word_table().end())
        for (std::size_t l = 0; l < seen.size(); ++l) seen[l] += found->second >> l & 1u;
      word.clear();
    }
  }
  if (cyrillic) return "ru";
  const auto best = std::max_element(seen.begin(), seen.end());
  return *best > 0 && std::count(seen.begin(), seen.end(), *best) == 1 ? std::string(kLanguages[static_cast<std::size_t>(best - seen.begin())].code) : std::string();
}

std::string language_of(const Document& document) {
  constexpr std::size_t kEnough = 20000;  // bytes of prose; more changes nothing
  std::array<std::uint32_t, kLanguages.size()> seen{};
  std::size_t read = 0;
  for (const Line& line : document.lines) {
    if (line.content.size() < 40) continue;
    const std::string_view text = line.content.substr(0, kEnough);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = at;
      while (at < text.size() && word_byte(text[at])) ++at;
      if (at > begin && at - begin <= 10) {
        const auto found = word_table().find(text.substr(begin, at - begin));
        if (found != word_table().end())
          for (std::size_t l = 0; l < seen.size(); ++l) seen[l] += found->second >> l & 1u;
      }
      if (at == begin) ++at;
    }
    read += text.size();
    if (read > kEnough) break;
  }
  std::size_t best = 0;
  for (std::size_t l = 1; l < seen.size(); ++l)
    if (seen[l] > seen[best]) best = l;
  return seen[best] >= 5 ? std::string(kLanguages[best].code) : std::string();
}

}  // namespace rapporteur
