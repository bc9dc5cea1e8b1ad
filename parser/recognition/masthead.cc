// Stage recognition: what the parts of header reading share: units of header text, and questions about them.

#include "recognition/masthead.h"

#include <algorithm>
#include <bit>
#include <iterator>

#include "recognition/language.h"
#include "text/byte_masks.h"

namespace rapporteur {

namespace {

bool quote(char c) { return c == '\'' || c == '"'; }

/// Articles before a date in German and French letters ("Wendmünde, den 3. Mai").
constexpr std::string_view kArticles[] = {"den", "le", "the", "el", "on", "du", "am", "from", "for", "de", "del", "vom", "с"};

/// "Kyoto Protocol", "Paris Agreement": the name goes on, it is no place here.
bool names_more(const std::string& whole, std::size_t stop) {
  if (stop + 1 >= whole.size() || whole[stop] != ' ' || whole[stop + 1] < 'A' || whole[stop + 1] > 'Z') return false;
  static constexpr std::string_view kNext[] = {"FROM ", "ON ", "DU ", "DEL ", "DE ", "VOM ", "AM ", "FOR ", "AND "};
  return std::none_of(std::begin(kNext), std::end(kNext), [&](std::string_view word) { return whole.compare(stop + 1, word.size(), word) == 0; });
}

}  // namespace

Span trimmed(std::string_view text, Span s) {
  while (s.begin < s.end && is_blank(text[s.begin])) ++s.begin;
  while (s.end > s.begin && is_blank(text[s.end - 1])) --s.end;
  return s;
}

void add_columns(const Work& work, std::uint32_t i, Span whole, std::vector<Unit>& out) {
  const std::string_view text = work.text(i);
  std::uint32_t begin = whole.begin;
  const bool one = (!work.facts[i].gaps && text.find('\t') == std::string_view::npos) || work.line(i).look.heading > 0;  // most lines have no columns
  for (std::uint32_t at = one ? whole.end : whole.begin; at < whole.end; ++at) {
    if (!is_blank(text[at])) continue;
    std::uint32_t end = at;
    std::uint32_t width = 0;
    while (end < whole.end && is_blank(text[end])) width += text[end++] == '\t' ? 4 : 1;
    const bool keyed = at > begin && text[at - 1] == ':';  // "Date :      3 May" is no pair of columns
    if (width >= 4 && end < whole.end && !keyed) {
      if (const Span s = trimmed(text, {begin, at}); !s.empty()) out.push_back({i, s});
      begin = end;
    }
    at = end > at ? end - 1 : at;
  }
  if (const Span s = trimmed(text, {begin, whole.end}); !s.empty()) out.push_back({i, s});
}

std::vector<Unit> units_of(const Work& work, std::uint32_t end) {
  std::vector<Unit> units;
  for (std::uint32_t i = 0; i < end; ++i) {
    const LineKind kind = work.line(i).kind;
    if (!work.plans[i].free() || kind == LineKind::rule || kind == LineKind::raw) continue;
    if (kind == LineKind::table_row) {
      for (const Mark& mark : work.line(i).marks)
        if (mark.kind == MarkKind::cell && mark.begin < mark.end) add_columns(work, i, work.line(i).match_range({mark.begin, mark.end}), units);
    } else add_columns(work, i, {0, static_cast<std::uint32_t>(work.text(i).size())}, units);
  }
  return units;
}

std::optional<Key> key_of(const Work& work, std::string_view text) {
  constexpr std::size_t kReach = 40;  // bytes
  const std::size_t colon = text.substr(0, kReach).find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view key = text.substr(0, colon);
  while (!key.empty() && (is_blank(key.front()) || key.front() == '-' || key.front() == '*' || key.front() == '|')) key.remove_prefix(1);
  while (!key.empty() && (is_blank(key.back()) || key.back() == '.')) key.remove_suffix(1);
  const auto kind = work.grammar.look_up("header_key", key);
  return kind ? std::optional<Key>({*kind, static_cast<std::uint32_t>(colon)}) : std::nullopt;
}

bool underlined(const Work& work, std::uint32_t i) {
  return i + 1 < work.size() && work.line(i + 1).kind == LineKind::rule && work.line(i + 1).look.blank_before == 0 && work.begins_block(i) && work.facts[i].words > 0;
}

const Match* proposed(const std::vector<Match>& matches, Emit emit) {
  const Match* best = nullptr;
  for (const Match& m : matches)
    if (m.rule->emit == emit && (!best || m.rule->weight > best->rule->weight)) best = &m;
  return best;
}

Masthead::Masthead(Work& w) : work(w), units(units_of(w, w.header_end)) { read_keys(); }

/// "Date: 3 May", "title: 'Minutes of ...'": the words before the colon become a line of their own, what stands behind it
/// remembers what they say. Of the front matter of a file nothing else is asked about.
void Masthead::read_keys() {
  std::vector<Unit> read;
  std::string_view waiting;  // a key whose value comes next
  for (const Unit& u : units) {
    const std::string_view words = text(u);
    const bool data = work.line(u.line).kind == LineKind::code;
    const std::optional<Key> found = data && work.line(u.line).look.indent > 0 ? std::nullopt : key_of(work, words);
    if (!found) {
      read.push_back(u);
      read.back().key = words.substr(0, 40).find(':') == std::string_view::npos ? waiting : std::string_view();
      waiting = {};
      if (data) {
        give_line(read.back());
        read.pop_back();
      }
      continue;
    }
    Unit key{u.line, {u.range.begin, u.range.begin + found->colon + 1}};
    Unit value{u.line, trimmed(work.text(u.line), {key.range.end, u.range.end}), false, found->kind};
    const std::string_view line = work.text(u.line);
    if (value.range.size() >= 2 && quote(line[value.range.begin]) && line[value.range.end - 1] == line[value.range.begin]) value.range = {value.range.begin + 1, value.range.end - 1};
    if (value.range.begin < value.range.end) {
      key.range.end = value.range.begin;
      read.push_back(value);
      if (value.range.end < u.range.end) give_line({u.line, {value.range.end, u.range.end}});
    } else {
      waiting = found->kind;
    }
    give_line(key);
  }
  units = std::move(read);
}

std::vector<Match> Masthead::ask(std::string_view text) const {
  std::vector<Match> found;
  work.matcher.match_block(text, zone_header, found);
  return found;
}

std::vector<Match> Masthead::ask_inline(std::string_view text) const {
  std::vector<Match> found;
  work.matcher.match_inline(text, zone_header, found);
  return found;
}

/// A whole line was asked already, when all lines were, or will be.
const std::vector<Match>& Masthead::asked(const Unit& u) const {
  std::optional<std::vector<Match>>& found = known(u).at_beginning;
  if (found) return *found;
  if (!work.asked(u.line) || work.bullet(u.line) > 0 || u.range.size() != work.text(u.line).size()) return found.emplace(ask(text(u)));
  found.emplace();
  for (const auto& kind : {work.matches_of(u.line), work.fields_of(u.line), work.contacts_of(u.line), work.announcements_of(u.line)})
    std::copy_if(kind.begin(), kind.end(), std::back_inserter(*found), [](const Match& m) { return (m.rule->zones & zone_header) != 0; });
  std::stable_sort(found->begin(), found->end(), [](const Match& a, const Match& b) { return a.rule->index < b.rule->index; });  // as they would be asked together
  return *found;
}

const std::vector<Match>& Masthead::asked_inline(const Unit& u) const {
  std::optional<std::vector<Match>>& found = known(u).within;
  return found ? *found : found.emplace(ask_inline(text(u)));
}

HeaderPiece Masthead::piece(const char* type, const Unit& u, const Rule* rule, float confidence) {
  HeaderPiece p;
  p.type = type;
  p.line = u.line;
  p.text = {{u.line, u.range}};
  p.rule = rule;
  p.confidence = confidence;
  return p;
}

void Masthead::give(std::size_t u, const char* type, const Rule* rule, float confidence) {
  work.header.push_back(piece(type, units[u], rule, confidence));
  units[u].taken = true;
}

void Masthead::give_line(Unit u) {
  work.header.push_back(piece("headerLine", u, nullptr, 0.9f));
}

HeaderPiece Masthead::derived(const char* type, std::uint32_t line, std::string words, float confidence) {
  HeaderPiece p;
  p.type = type;
  p.line = line;
  p.n = std::move(words);
  p.confidence = confidence;
  return p;
}

namespace {

/// Words that stand before a place, with the blanks around them. All but one have two letters, two bytes.
constexpr std::string_view kIn[] = {" at ", " in ", " en ", " à ", " a ", " em ", " in der ", " в ", " na ", " no ", " au "};

/// Calls `take(rest)` for what stands behind each of these words. Where a blank stands two or three bytes before another is
/// told by bits; the last bits of each step are those whose second blank is out of sight.
template <typename Take>
void for_each_behind_in(std::string_view all, Take take) {
  constexpr std::size_t kStep = 60;
  for (std::size_t base = 0; base < all.size(); base += kStep) {
    const std::uint64_t blanks = byte_masks(all, base).blanks;
    for (std::uint64_t words = blanks & (blanks >> 2 | blanks >> 3) & ((std::uint64_t{1} << kStep) - 1); words != 0; words &= words - 1) {
      const std::string_view here = all.substr(base + static_cast<std::size_t>(std::countr_zero(words)));
      for (std::string_view in : kIn)
        if (in[1] == here[1] && here.starts_with(in)) take(here.substr(in.size()));
    }
  }
}

}  // namespace

const std::vector<std::string_view>& Masthead::behind_in() const {
  constexpr std::size_t kEnough = 3000;  // bytes
  if (!x_opening.empty()) return x_behind_in;
  for (std::uint32_t i = work.header_end; i < work.size() && x_opening.size() < kEnough; ++i)
    if (work.line(i).kind == LineKind::text && work.plans[i].claim != Claim::furniture) (x_opening += work.text(i)) += ' ';
  for_each_behind_in(x_opening, [&](std::string_view rest) { x_behind_in.push_back(rest); });
  return x_behind_in;
}

bool Masthead::named_as_place(std::string_view words) const {
  const Facts f = facts_of(words);
  if (f.words > 4 || f.digits > 0 || !f.starts_upper) return false;
  const std::string key = words_key(words);
  if (key.size() < 4) return false;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  const auto& places = behind_in();
  return std::any_of(places.begin(), places.end(), [&](std::string_view behind) {
    const std::string_view rest = behind.substr(0, words.size() + 24);
    const bool other = !rest.empty() && lower(rest[0]) >= 'a' && lower(rest[0]) <= 'z' && lower(rest[0]) != key[0];
    return !other && words_key(rest).starts_with(key);
  });
}

std::string Masthead::mode_of(std::string_view place) const {
  auto mode = work.grammar.look_up("place", place);
  for (const std::string_view end : {",", " ("})
    if (!mode) mode = work.grammar.look_up("place", place.substr(0, place.find(end)));
  return std::string(mode.value_or("inPerson"));
}

bool Masthead::is_place(std::string_view words) const {
  while (!words.empty() && (words.back() == '.' || words.back() == ',' || words.back() == ')')) words.remove_suffix(1);
  while (!words.empty() && words.front() == '(') words.remove_prefix(1);
  if (words.empty()) return false;
  if (work.grammar.look_up("place", words) || work.grammar.look_up("place", std::string(words) + '.')) return true;  // "Washington, D.C."
  const std::size_t town = words.find(' '), country = words.rfind(' ');  // "Santiago de Chile"
  if (town == std::string_view::npos || country < town + 3 || country > town + 4) return false;
  return joins_on(words_key(words.substr(town + 1, country - town - 1))) && work.grammar.look_up("place", words.substr(0, town)) && work.grammar.party(words.substr(country + 1));
}

Span Masthead::place_with_country(std::string_view words) const {
  while (!words.empty() && (words.back() == '.' || words.back() == ')' || is_blank(words.back()))) words.remove_suffix(1);
  const std::size_t comma = words.rfind(',');
  if (comma == std::string_view::npos) return {};
  std::string_view country = words.substr(comma + 1);
  while (!country.empty() && is_blank(country.front())) country.remove_prefix(1);
  if (country.empty() || !work.grammar.party(country)) return {};
  const std::size_t before = comma == 0 ? std::string_view::npos : words.rfind(',', comma - 1);
  const auto begin = static_cast<std::uint32_t>(before == std::string_view::npos ? 0 : before + 1);
  const Span town = trimmed(words, {begin, static_cast<std::uint32_t>(comma)});
  const Facts f = facts_of(words.substr(town.begin, town.size()));
  if (f.words == 0 || f.words > 4 || !f.starts_upper || f.digits > 0) return {};
  return begin == 0 ? Span{town.begin, static_cast<std::uint32_t>(words.size())} : town;
}

std::string Masthead::organization_language(std::string_view words) const {
  std::string language;
  const bool german = work.language == "de" || work.language.empty();  // where "-rat" is a council and not the end of "Serrat"
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find_first_of(" ,()/’'\t", at), words.size());
    const std::string_view word = words.substr(at, end - at);
    at = end + 1;
    if (word.size() < 3) continue;
    auto found = work.grammar.look_up("organization_word", word);
    for (std::size_t tail = 3; german && !found && tail <= 12 && tail + 2 < word.size(); ++tail)
      found = work.grammar.look_up("organization_word", std::string("-").append(word.substr(word.size() - tail)));
    if (found && (language.empty() || language == "any")) language = *found;
  }
  if (language != "any") return language;
  const std::string heard = language_of_words(words);
  return heard.empty() ? language : heard;
}

const std::optional<Dated>& Masthead::place_and_date(const Unit& u) const {
  std::optional<std::optional<Dated>>& read = known(u).dated;
  return read ? *read : read.emplace(read_date(u));
}

std::optional<Dated> Masthead::read_date(const Unit& u) const {
  const std::string_view words = text(u);
  if (!has_digit(words)) return std::nullopt;  // no year
  for (const Match& m : asked_inline(u)) {
    if (m.rule->emit != Emit::date) continue;
    Dated d;
    d.iso = iso_date(work.grammar, m, words, work.language);
    if (d.iso.when.empty()) continue;
    // "RIO DE JANEIRO 1987" is a town and a year.
    if (m.whole.begin > 0 && work.grammar.look_up("place", words.substr(0, std::min(words.find(' ', m.whole.begin), words.size())))) continue;
    if (words.size() - m.whole.end > (m.whole.begin < 12 ? 60 : 24)) return std::nullopt;
    d.date = m.whole;
    d.before = {0, m.whole.begin};
    read_place(d, words);
    d.keyed |= u.key == "docDate";
    return d;
  }
  return std::nullopt;
}

/// What stands before a date: nothing, a key ("Sitzungsdatum"), a place, or other words.
void Masthead::read_place(Dated& d, std::string_view words) const {
  Span place = d.before;
  bool parted = false, key = false;
  const auto skip = [&](char c) { return is_blank(c) || c == '(' || c == ',' || c == '-' || c == ':' || c == '.' || c == '/' || c == '|'; };
  while (place.begin < place.end && skip(words[place.begin])) ++place.begin;
  if (words.substr(place.begin, place.size()).starts_with("г.")) place.begin += static_cast<std::uint32_t>(std::string_view("г.").size());  // "г. Озерск": the town of
  while (place.begin < place.end && skip(words[place.begin])) ++place.begin;
  for (bool again = true; again;) {
    again = false;
    while (place.end > place.begin) {
      const char c = words[place.end - 1];
      const bool initial = c == '.' && place.end > 1 && words[place.end - 2] >= 'A' && words[place.end - 2] <= 'Z';
      const bool dash = place.end - place.begin > 3 && words.substr(place.end - 3, 2) == "\xE2\x80";
      if (dash) place.end -= 3;
      else if (skip(c) && !initial) --place.end;
      else break;
      parted |= !is_blank(c);
      key |= c == ':';
    }
    for (const std::string_view article : kArticles) {
      const std::string_view here = words.substr(place.begin, place.size());
      if (!(here == article || (here.size() > article.size() && here.ends_with(article) && is_blank(here[here.size() - article.size() - 1])))) continue;
      place.end -= static_cast<std::uint32_t>(article.size());
      again = true;
    }
  }
  d.place = place;
  const std::string_view name = words.substr(place.begin, place.size());
  if (name.empty()) return;
  const std::string folded = words_key(name);
  d.keyed = work.grammar.look_up("header_key", name) == "docDate" || folded.ends_with("date") || folded.ends_with("datum");
  d.known = work.grammar.look_up("place", name) || work.grammar.look_up("place", name.substr(0, name.find(','))) || !place_with_country(name).empty();
  const Facts f = facts_of(name);
  d.plausible = d.known || (parted && !key && f.words <= 4 && f.digits == 0 && f.starts_upper && f.titled + 1 >= f.long_words && organization_language(name).empty());
  if (!d.known && d.plausible)
    for (const Match& m : ask(name)) d.plausible &= m.rule->emit != Emit::docTitle && m.rule->emit != Emit::docType && m.rule->emit != Emit::session;
}

bool Masthead::is_other_field(const Unit& u) const {
  const std::vector<Match>& found = asked(u);
  for (const Match& m : found)
    if (m.rule->emit == Emit::docType || m.rule->emit == Emit::distribution || (m.rule->emit == Emit::docNumber && m.whole.size() + 2 >= u.range.size())) return true;
  const std::string_view words = text(u);
  const std::size_t comma = words.find(',');
  const std::vector<Match> named = comma == std::string_view::npos ? std::vector<Match>() : ask(words.substr(0, comma));
  const Match* organization = proposed(comma == std::string_view::npos ? found : named, Emit::organization);
  if (organization && organization->rule->weight >= 0.9) return true;
  if (!u.key.empty() && u.key != "docTitle") return true;
  const auto& dated = place_and_date(u);
  return (dated && (dated->place.empty() || dated->keyed || dated->plausible)) || is_place(words) || !place_with_country(words).empty();
}

void Masthead::place_inside(const std::string& whole, const std::vector<Match>& inside, std::uint32_t end, std::uint32_t line) {
  if (place_held(whole, inside, line) || place_before(whole, end, line)) return;
  if (end < whole.size()) place_before(whole, static_cast<std::uint32_t>(whole.size()), line);
}

/// Rules look at the year too, so they are asked from there on.
void Masthead::place_behind(std::string_view whole, std::uint32_t date_end, std::uint32_t line) {
  const std::size_t digit = whole.substr(0, date_end).find_last_of("0123456789");
  const std::string_view told = whole.substr(digit == std::string_view::npos || digit < 3 ? date_end : digit - 3);
  place_inside(std::string(told), ask_inline(told), static_cast<std::uint32_t>(told.size()), line);
}

/// "... held in Lindhaven from 3 to 5 May": the words say so, be the place known or not.
bool Masthead::place_held(const std::string& whole, const std::vector<Match>& inside, std::uint32_t line) {
  for (const Match& m : inside) {
    if (m.rule->emit != Emit::venue || !m.has(Capture::place)) continue;
    std::string name(m.text(Capture::place, whole));
    while (!name.empty() && (name.back() == ' ' || name.back() == ',')) name.pop_back();
    HeaderPiece p = derived("venue", line, name, 0.85f);
    p.rule = m.rule;
    p.mode = mode_of(name);
    work.header.push_back(std::move(p));
    return true;
  }
  return false;
}

bool Masthead::place_before(const std::string& whole, std::uint32_t end, std::uint32_t line) {
  for (std::size_t at = end; at-- > 0;) {
    if ((at > 0 && whole[at - 1] != ' ') || (whole[at] >= 'a' && whole[at] <= 'z')) continue;
    for (std::size_t words = 0, stop = at; words < 3 && stop < end; ++words) {
      stop = whole.find_first_of(" ,.;", stop + 1);
      if (stop == std::string::npos || stop > end) stop = end;
      std::string candidate = whole.substr(at, stop - at);
      const auto [mode, goes_on] = work.grammar.look_up_beginning("place", candidate);
      if (mode && *mode == "inPerson" && !names_more(whole, stop)) {
        // "Montevideo, Uruguay": the country belongs to it.
        if (const std::size_t comma = stop; comma + 2 < end && whole[comma] == ',') {
          const std::size_t next = std::min(whole.find_first_of(",.;(0123456789", comma + 1), whole.size());
          std::string country = whole.substr(comma + 2, next - comma - 2);
          while (!country.empty() && country.back() == ' ') country.pop_back();
          if (work.grammar.party(country)) candidate = whole.substr(at, comma + 2 - at) + country;
        }
        HeaderPiece p = derived("venue", line, candidate, 0.8f);
        p.mode = *mode;
        work.header.push_back(std::move(p));
        return true;
      }
      if (!goes_on) break;
    }
  }
  return false;
}

}  // namespace rapporteur
