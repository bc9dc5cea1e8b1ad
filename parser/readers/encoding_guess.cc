// Stage readers: which 8-bit encoding a text is in. Detectors by byte statistics mistake short texts; a person looks at
// the words instead: is "Protokół" a word, is "Protok¹³"? Each candidate's text is scored against the letters and the
// small words of each language; uchardet's opinion is one voice among them. How sure it is depends on how far the
// next candidate with *another* text lies behind.

#include <uchardet.h>
#include <utf8proc.h>

#include <algorithm>
#include <memory>

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

bool holds(std::string_view letters, char32_t point) {
  for (std::size_t at = 0; at < letters.size();) {
    if (next_point(letters, at) == point) return true;
  }
  return false;
}

bool is_letter(char32_t point) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(point));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}
bool is_lower(char32_t point) { return utf8proc_category(static_cast<utf8proc_int32_t>(point)) == UTF8PROC_CATEGORY_LL; }
bool is_upper(char32_t point) { return utf8proc_category(static_cast<utf8proc_int32_t>(point)) == UTF8PROC_CATEGORY_LU; }
bool is_cyrillic(char32_t point) { return point >= 0x400 && point < 0x530; }
char32_t lowered(char32_t point) { return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(point))); }

/// Marks that texts use beside letters.
double worth_of_mark(char32_t point, bool within_word) {
  if (point == 0x2019 || point == 0xB7 || point == 0xAD) return 0.5;
  if (within_word) return -1.5;
  if (point < 0xA0 || point == 0xFFFD) return -3;
  if (point == 0xA0) return 0.1;
  return holds("‘“”–—…«»„‚°§€№•¿¡ºª", point) ? 0.5 : -0.5;
}

double worth_of_letter(char32_t point, char32_t before, char32_t behind, const Language& language) {
  const char32_t lower = lowered(point);
  double worth = !holds(language.letters, lower) ? -1.5 : !is_cyrillic(point) || holds(frequent_cyrillic, lower) ? 1 : 0.5;
  if (is_upper(point) && is_lower(before)) worth -= 1.5;
  const auto other_script = [&](char32_t near) { return is_letter(near) && is_cyrillic(near) != is_cyrillic(point); };
  if (other_script(before) || other_script(behind)) worth -= 1;
  return worth;
}

/// Share of a language's small words among all words, 0..1.
double share_of_words(const std::vector<std::string>& words, const Language& language) {
  if (words.empty()) return 0;
  const auto known = std::count_if(words.begin(), words.end(), [&](const std::string& word) { return language.words.find(word) != std::string_view::npos; });
  return static_cast<double>(known) / static_cast<double>(words.size());
}

struct Candidate {
  std::string encoding;
  std::string text;
  double score = -10;
};

std::vector<std::string> words_of(const std::u32string& points) {
  std::vector<std::string> words;
  std::string word(1, ' ');
  const auto finish = [&] {
    if (word.size() > 1) words.push_back(word.append(1, ' '));
    word.assign(1, ' ');
  };
  for (const char32_t point : points) {
    if (is_letter(point)) {
      utf8proc_uint8_t bytes[4];
      const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(lowered(point)), bytes);
      word.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    } else {
      finish();
    }
  }
  finish();
  return words;
}

/// Scores lie between about -3 and 2.
double score(std::string_view text) {
  std::u32string points;
  for (std::size_t at = 0; at < text.size();) points += next_point(text, at);
  const std::vector<std::string> words = words_of(points);
  double best = -10;
  for (const Language& language : languages) {
    double sum = 0;
    int counted = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (points[i] < 0x80) continue;
      const char32_t before = i > 0 ? points[i - 1] : U' ', behind = i + 1 < points.size() ? points[i + 1] : U' ';
      sum += is_letter(points[i]) ? worth_of_letter(points[i], before, behind, language)
                                  : worth_of_mark(points[i], is_letter(before) && is_letter(behind));
      ++counted;
    }
    best = std::max(best, (counted == 0 ? 0 : sum / counted) + std::min(1.0, 5 * share_of_words(words, language)));
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
