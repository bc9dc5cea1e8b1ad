// Stage recognition: the header of the document, out of mastheads that come in any order, in several languages, in two
// columns or in a table; and the masthead where it comes back later.

#include <algorithm>
#include <bitset>
#include <unordered_set>

#include "recognition/masthead.h"

namespace rapporteur {

namespace {

/// Header matter by its form: a symbol, a session, a language, who submitted it; or a date with at most a place before it.
bool header_matter(Work& work, std::uint32_t i) {
  if (work.facts[i].words == 0 || work.facts[i].words > 14) return false;
  const std::size_t size = work.text(i).size();
  for (const auto& matches : {work.matches_of(i), work.fields_of(i)})
    for (const Match& m : matches) {
      const bool kind = m.rule->emit == Emit::docNumber || m.rule->emit == Emit::session || m.rule->emit == Emit::distribution || m.rule->emit == Emit::docType || m.rule->emit == Emit::organization;
      if (kind && m.whole.size() + 2 >= size) return true;
    }
  if (work.facts[i].digits == 0) return false;
  std::vector<Match> found;
  work.matcher.match_inline(work.text(i), zone_header, found);
  return !found.empty() && found[0].rule->emit == Emit::date && found[0].whole.size() + 3 >= size;
}

/// Where two lines of the masthead have come back, what stands between and right below them and is header matter too
/// belongs to it: another symbol, another date, a line that the scanner misread.
void rest_of_masthead(Work& work, const std::vector<std::uint32_t>& came_back) {
  constexpr std::uint32_t kReach = 4;  // lines
  const auto claim = [&](std::uint32_t i) {
    work.plans[i].claim = Claim::furniture;
    work.plans[i].type = "header";
    work.plans[i].confidence = 0.75f;
  };
  const auto may = [&](std::uint32_t i) { return i < work.size() && work.plans[i].free() && work.line(i).kind == LineKind::text && work.facts[i].words <= 14 && !work.prose(i); };
  for (std::size_t k = 0; k + 1 < came_back.size(); ++k) {
    const std::uint32_t above = came_back[k], below = came_back[k + 1];
    if (below > above + kReach) continue;
    for (std::uint32_t i = above + 1; i < below; ++i)
      if (may(i)) claim(i);
    const bool ends_here = k + 2 == came_back.size() || came_back[k + 2] > below + kReach;
    for (std::uint32_t i = below + 1, last = below; ends_here && i <= last + 2 && i < work.size(); ++i)
      if (may(i) && header_matter(work, i)) {
        claim(i);
        last = i;
      } else if (work.plans[i].free()) break;
  }
}

/// Of one length, with another letter in one place.
bool one_letter_off(std::string_view known, std::string_view key) {
  if (known.size() != key.size() || key.size() < 5) return false;
  const auto first = std::mismatch(known.begin(), known.end(), key.begin());
  return first.first != known.end() && std::equal(first.first + 1, known.end(), first.second + 1);
}

bool beside_page(const Work& work, std::uint32_t i) {
  const auto number = [&](std::uint32_t j) { return j < work.size() && work.is_furniture(j) && work.plans[j].type == "pageNumber"; };
  return number(i + 1) || (i > 0 && number(i - 1));
}

/// What of a line of the masthead stays the same where it comes back. OCR reads 1 as l and 0 as O now and then.
std::string running_letters(std::string_view text) {
  std::string key = words_key(text);
  // "Document No 20" and "Document № 20" name the same document.
  if (const std::size_t last = key.find_last_not_of("0123456789"); last != std::string::npos && last + 1 < key.size() && last > 3 && key[last] == 'o' && key[last - 1] == 'n') key.erase(last - 1, 2);
  for (char& c : key) c = c == 'o' ? '0' : c == 'l' || c == 'i' ? '1' : c;
  return key;
}

/// The lines of the masthead, as keys.
class MastheadKeys {
 public:
  explicit MastheadKeys(const Work& work) {
    auto title_block = ~decltype(Line::block){0};
    for (const Unit& u : units_of(work, work.header_end)) {
      const std::string_view text = work.text(u.line).substr(u.range.begin, u.range.size());
      const Facts& f = work.facts[u.line];
      if (work.proposal(u.line, Emit::docTitle)) title_block = work.line(u.line).block;
      if (work.line(u.line).block == title_block || f.words > 14 || std::count(text.begin(), text.end(), ',') >= 3) continue;  // titles and lists of names
      const bool symbol = work.proposal(u.line, Emit::docNumber) != nullptr;
      if (std::string key = running_letters(text); key.size() >= (symbol ? 5u : 8u)) add(std::move(key), facts_of(text));
    }
  }
  /// Whether a line of one column may be one of them, by how many letters and digits it has: as many as one of them, or two
  /// more or less, where one says "No" and the other has a sign for it. Most are not.
  bool may_be(const Work& work, std::uint32_t i) const {
    const Facts& f = work.facts[i];
    const std::string_view text = work.text(i);
    if (f.gaps || text.find('\t') != std::string_view::npos) return true;
    return x_sizes[size_of(f)];
  }
  bool is_one(const std::string& key) const { return x_keys.count(key) > 0; }
  /// "GLC/318" read as "GLG/318".
  bool nearly_one(const std::string& key) const {
    return std::any_of(x_keys.begin(), x_keys.end(), [&](const std::string& known) { return one_letter_off(known, key); });
  }

 private:
  std::unordered_set<std::string> x_keys;
  static constexpr std::size_t kLongest = 255;
  std::bitset<kLongest + 1> x_sizes;  // letters and digits that such a line may have; the last bit stands for all that are longer

  static std::size_t size_of(const Facts& f) { return std::min<std::size_t>(f.letters + f.digits, kLongest); }
  void add(std::string key, const Facts& f) {
    const std::size_t size = size_of(f);
    for (const std::size_t may : {size - std::min<std::size_t>(size, 2), size, std::min(size + 2, kLongest)}) x_sizes.set(may);
    x_keys.insert(std::move(key));
  }
};

/// All columns of line i are lines of the masthead, or nearly so beside a page number.
bool repeats(const Work& work, std::uint32_t i, const MastheadKeys& masthead) {
  std::vector<Unit> columns;
  add_columns(work, i, {0, static_cast<std::uint32_t>(work.text(i).size())}, columns);
  const bool misread = beside_page(work, i);
  return !columns.empty() && std::all_of(columns.begin(), columns.end(), [&](const Unit& u) {
    const std::string key = running_letters(work.text(i).substr(u.range.begin, u.range.size()));
    return masthead.is_one(key) || (misread && masthead.nearly_one(key));
  });
}

}  // namespace

/// The masthead comes back on later papers and pages: organisation, meeting, symbol, place. Nothing of it opens anything.
void find_repeated_masthead(Work& work) {
  const MastheadKeys masthead(work);
  const auto names_body = [](const Rule& rule) { return field_only(rule) && rule.weight >= 0.9 && (rule.emit == Emit::organization || rule.emit == Emit::session); };
  const bool body_known = std::any_of(work.grammar.rules().begin(), work.grammar.rules().end(), names_body);
  const auto names_it = [&](std::uint32_t i) {
    const auto fields = work.fields_of(i);
    return std::any_of(fields.begin(), fields.end(), [&](const Match& m) { return names_body(*m.rule) && m.whole.size() + 1 >= work.text(i).size(); });
  };
  std::vector<std::uint32_t> came_back;
  for (std::uint32_t i = work.header_end; i < work.size(); ++i) {
    const Facts& f = work.facts[i];
    if (f.words > 14 || !work.plans[i].free() || work.line(i).kind != LineKind::text) continue;
    if (f.words < 2 && !(i > 0 && work.is_furniture(i - 1) && work.plans[i - 1].type == "header")) continue;
    const bool may_repeat = masthead.may_be(work, i);
    if (!(may_repeat || body_known) || work.mid_sentence(i) || work.table_head(i)) continue;
    const bool own = body_known && names_it(i);
    if (!own && !(may_repeat && repeats(work, i, masthead))) continue;
    work.plans[i].claim = Claim::furniture;
    work.plans[i].type = "header";
    work.plans[i].confidence = own ? 0.9f : 0.8f;
    came_back.push_back(i);
  }
  rest_of_masthead(work, came_back);
}

void find_header(Work& work) {
  Masthead desk(work);
  read_title(desk);
  read_fields(desk);
  choose_fields(desk);
  std::stable_sort(work.header.begin(), work.header.end(), [](const HeaderPiece& a, const HeaderPiece& b) {
    return std::pair(a.line, a.text.empty() ? 0 : a.text[0].second.begin) < std::pair(b.line, b.text.empty() ? 0 : b.text[0].second.begin);
  });
  for (std::uint32_t i = 0; i < work.header_end; ++i)
    if (work.plans[i].free() && work.line(i).kind != LineKind::rule && work.line(i).kind != LineKind::raw) work.plans[i].claim = Claim::field;
}

}  // namespace rapporteur
