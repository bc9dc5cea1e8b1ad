// Stage readers: which 8-bit encoding a text is in. Detectors by byte statistics mistake short texts; a person looks at
// the words instead: is "Protokół" a word, is "Protok¹³"? Each candidate's text is scored against the letters and the
// small words of each language; uchardet's opinion is one voice among them. How sure it is depends on how far the
// next candidate with *another* text lies behind.

#include <uchardet.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <iterator>
#include <memory>
#include <unordered_map>
#include <vector>

#include "readers/encoding.h"
#include "readers/line_parts.h"

namespace rapporteur {

namespace {

struct Language {
  std::string_view letters;  ///< beyond ASCII, lower case
  std::string_view words;    ///< frequent small words, each between blanks
};
constexpr Language languages[] = {
    {"éïçöèáñ", " the of and to in was were that for on be at by with as report meeting "},
    {"éèàùâêîôûëïçœæÿü", " le la les de des du et en un une que qui dans pour par sur au aux est a été sont à son "},
    {"äöüßé", " der die das und in den von zu mit des auf für ist im dem nicht eine als auch werden wurde "},
    {"áéíóúñü", " el la los las de del y en que un una por con para se al su es lo como "},
    {"ãõâêôáéíóúçàü", " o a os as de do da dos das e em no na que um uma por para com ao foi "},
    {"àèéìòùî", " il la di e che in un una per del della dei le con si sono al non "},
    {"çğıöşüâîû", " ve bir bu için ile olarak de da olan toplantı toplantısı tarafından kabul edildi üye "},
    {"ąćęłńóśźż", " w i na z do o że się jest nie po od przez za oraz dla "},
    {"áčďéěíňóřšťúůýžĺľôŕä", " a v na se je z do že o s k pro ve za by "},
    {"áéíóöőúüű", " a az és hogy nem is egy meg ez volt el "},
    {"ăâîșțşţ", " și în de la cu pe a al din care o un este pentru "},
    {"åäöæøéü", " og i at det er en af til på och att som av för den ett de med "},
    {"čćđšž", " i u na je se da za od su o s koji "},
    {"áðéíóúýþæö", " og að í á er sem um til var við fyrir ekki það "},
    {"абвгдежзийклмнопрстуфхцчшщъыьэюяё", " и в на с по о для не что от к за из был были его совещание "},
    {"абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", " і в на з та що до за не у від для про "},
    {"абвгдежзийклмнопрстуфхцчшщъьюя", " и на в за от да се с по не е са "},
};
constexpr std::string_view frequent_cyrillic = "оеаинтсрвл";

constexpr const char* candidates[] = {"windows-1252", "windows-1254", "windows-1250", "windows-1251", "KOI8-R", "KOI8-U",
                                      "ISO-8859-15", "ISO-8859-2", "ISO-8859-5", "ISO-8859-9", "ISO-8859-1", "MACINTOSH", "CP850", "CP866"};

/// A letter or sign of a text, and what is asked of it for every language.
struct Sign {
  char32_t point = U' ', lower = U' ';
  bool letter = false, capital = false, small = false;
  bool cyrillic() const { return point >= 0x400 && point < 0x530; }
};

Sign sign_of(char32_t point) {
  if (point < 0x80) {
    const bool capital = point >= 'A' && point <= 'Z', small = point >= 'a' && point <= 'z';
    return {point, capital ? point + 32 : point, capital || small, capital, small};
  }
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(point));
  return {point, static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(point))), category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO,
          category == UTF8PROC_CATEGORY_LU, category == UTF8PROC_CATEGORY_LL};
}

constexpr std::size_t kPoints = 0x530;  // all letters of the languages lie below
using Letters = std::bitset<kPoints>;
using LanguageMask = std::uint32_t;
static_assert(std::size(languages) <= 32);

Letters letters_in(std::string_view text) {
  Letters letters;
  for (std::size_t at = 0; at < text.size();) letters.set(next_point(text, at));
  return letters;
}

/// The languages' letters and words, arranged for asking.
struct Known {
  std::array<Letters, std::size(languages)> letters;
  Letters frequent = letters_in(frequent_cyrillic);
  std::unordered_map<std::string_view, LanguageMask> words;  ///< which languages have a word
  std::size_t longest = 0;                                   ///< word, in bytes

  Known() {
    for (std::size_t l = 0; l < std::size(languages); ++l) {
      letters[l] = letters_in(languages[l].letters);
      for (std::string_view rest = languages[l].words.substr(1); !rest.empty(); rest.remove_prefix(rest.find(' ') + 1)) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        words[word] |= LanguageMask{1} << l;
        longest = std::max(longest, word.size());
      }
    }
  }
};

const Known& known() {
  static const Known all;
  return all;
}

/// Marks that texts use beside letters.
double worth_of_mark(char32_t point, bool within_word) {
  if (point == 0x2019 || point == 0xB7 || point == 0xAD) return 0.5;
  if (within_word) return -1.5;
  if (point < 0xA0 || point == 0xFFFD) return -3;
  if (point == 0xA0) return 0.1;
  return std::u32string_view(U"‘“”–—…«»„‚°§€№•¿¡ºª").find(point) != std::u32string_view::npos ? 0.5 : -0.5;
}

/// What speaks against a letter in any language: a capital behind a small one, another script beside it.
double worth_beside(const Sign& sign, const Sign& before, const Sign& behind) {
  const auto other_script = [&](const Sign& near) { return near.letter && near.cyrillic() != sign.cyrillic(); };
  return (sign.capital && before.small ? -1.5 : 0) - (other_script(before) || other_script(behind) ? 1 : 0);
}

struct Candidate {
  std::string encoding;
  std::string text;
  double score = -10;
};

/// How many of the text's words each language has among its small ones.
class WordCount {
 public:
  void add(const Sign& sign) {
    if (!sign.letter) return finish();
    utf8proc_uint8_t bytes[4];
    const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(sign.lower), bytes);
    x_word.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  }
  void finish() {
    if (x_word.empty()) return;
    ++x_words;
    if (x_word.size() <= known().longest)
      if (const auto found = known().words.find(x_word); found != known().words.end())
        for (LanguageMask mask = found->second; mask != 0; mask &= mask - 1) ++x_hits[static_cast<std::size_t>(std::countr_zero(mask))];
    x_word.clear();
  }
  /// Share of a language's small words among all words, 0..1.
  double share(std::size_t language) const { return x_words == 0 ? 0 : static_cast<double>(x_hits[language]) / static_cast<double>(x_words); }

 private:
  std::string x_word;
  std::size_t x_words = 0;
  std::array<std::size_t, std::size(languages)> x_hits{};
};

/// Scores lie between about -3 and 2.
double score(std::string_view text) {
  std::vector<Sign> signs(1);
  signs.reserve(text.size() + 2);
  for (std::size_t at = 0; at < text.size();) signs.push_back(sign_of(next_point(text, at)));
  signs.emplace_back();
  WordCount words;
  double in_all = 0;                        // what is the same in all languages
  std::size_t counted = 0, elsewhere = 0;   // letters and signs beyond ASCII; letters that none of them has
  std::array<std::size_t, kPoints> times{};  // each letter, as a small one
  std::vector<char32_t> met;
  for (std::size_t i = 1; i + 1 < signs.size(); ++i) {
    const Sign& sign = signs[i];
    words.add(sign);
    if (sign.point < 0x80) continue;
    ++counted;
    if (!sign.letter) in_all += worth_of_mark(sign.point, signs[i - 1].letter && signs[i + 1].letter);
    else {
      in_all += worth_beside(sign, signs[i - 1], signs[i + 1]);
      if (sign.lower >= kPoints) ++elsewhere;
      else if (times[sign.lower]++ == 0) met.push_back(sign.lower);
    }
  }
  words.finish();
  double best = -10;
  for (std::size_t language = 0; language < std::size(languages); ++language) {
    double sum = in_all - 1.5 * static_cast<double>(elsewhere);
    for (const char32_t letter : met) {
      const double worth = !known().letters[language][letter] ? -1.5 : letter < 0x400 || known().frequent[letter] ? 1 : 0.5;
      sum += worth * static_cast<double>(times[letter]);
    }
    best = std::max(best, (counted == 0 ? 0 : sum / static_cast<double>(counted)) + std::min(1.0, 5 * words.share(language)));
  }
  return best;
}

std::string opinion_of_uchardet(std::string_view bytes) {
  const std::unique_ptr<uchardet, void (*)(uchardet_t)> detector(uchardet_new(), uchardet_delete);
  uchardet_handle_data(detector.get(), bytes.data(), bytes.size());
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

/// The lines that tell something: those with bytes beyond ASCII, as much of them as is needed.
std::string sample_of(std::string_view bytes) {
  constexpr std::size_t enough = 1 << 13;
  std::string sample;
  for (std::size_t at = 0; at < bytes.size() && sample.size() < enough;) {
    const std::size_t end = std::min({bytes.find_first_of("\r\n", at), bytes.size(), at + enough});
    const std::string_view line = bytes.substr(at, end - at);
    if (std::any_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) (sample += line) += '\n';
    at = end + (end < bytes.size() && (bytes[end] == '\n' || bytes[end] == '\r'));
  }
  return sample;
}

}  // namespace

Decoded guess_8bit(std::string_view bytes) {
  const std::string sample = sample_of(bytes), opinion = opinion_of_uchardet(bytes.substr(0, 1 << 18));
  std::vector<Candidate> found;
  const auto consider = [&](const std::string& encoding, double bonus) {
    Candidate candidate{encoding, {}, 0};
    std::uint64_t replaced = 0;
    if (!convert(sample, encoding, candidate.text, replaced)) return;
    candidate.score = score(candidate.text) + bonus - (replaced > 0 ? 0.5 : 0);
    found.push_back(std::move(candidate));
  };
  for (const char* name : candidates) consider(name, 0);
  if (!opinion.empty() && opinion != "ASCII") consider(opinion, 0.15);
  std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  const Candidate& best = found.front();
  const auto other = std::find_if(found.begin(), found.end(), [&best](const Candidate& c) { return c.text != best.text; });
  const auto named = std::find_if(found.begin(), found.end(), [&](const Candidate& c) { return c.encoding == opinion; });
  Decoded decoded;
  decoded.encoding = best.encoding;
  convert(bytes, best.encoding, decoded.utf8, decoded.replaced_bytes);
  const double ahead = other == found.end() ? 1 : best.score - other->score;
  decoded.certainty = std::clamp(0.5 + ahead / 1.2, 0.0, 0.98) * (best.score < 0.5 ? 0.7 : 1) *
                      (named != found.end() && named->text != best.text ? 0.85 : 1);
  if (other != found.end()) decoded.runner_up = other->encoding;
  return decoded;
}

}  // namespace rapporteur
