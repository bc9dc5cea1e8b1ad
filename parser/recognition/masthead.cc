// Stage recognition: what the parts of header reading share: units of header text, and questions about them.

#include "recognition/masthead.h"

#include <algorithm>

namespace rapporteur {

namespace {

bool blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

Span trimmed(std::string_view text, Span s) {
  while (s.begin < s.end && blank(text[s.begin])) ++s.begin;
  while (s.end > s.begin && blank(text[s.end - 1])) --s.end;
  return s;
}

void add_columns(const Work& work, std::uint32_t i, Span whole, std::vector<Unit>& out) {
  const std::string_view text = work.text(i);
  std::uint32_t begin = whole.begin;
  for (std::uint32_t at = whole.begin; at < whole.end; ++at) {
    if (!blank(text[at])) continue;
    std::uint32_t end = at;
    std::uint32_t width = 0;
    while (end < whole.end && blank(text[end])) width += text[end++] == '\t' ? 4 : 1;
    if (width >= 4 && end < whole.end) {
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
    const auto size = static_cast<std::uint32_t>(work.text(i).size());
    if (kind == LineKind::table_row) {
      for (const Mark& mark : work.line(i).marks)
        if (mark.kind == MarkKind::cell && mark.begin < mark.end && mark.end <= size) add_columns(work, i, {mark.begin, mark.end}, units);
    } else add_columns(work, i, {0, size}, units);
  }
  return units;
}

const Match* proposed(const std::vector<Match>& matches, Emit emit) {
  const Match* best = nullptr;
  for (const Match& m : matches)
    if (m.rule->emit == emit && (!best || m.rule->weight > best->rule->weight)) best = &m;
  return best;
}

Masthead::Masthead(Work& w) : work(w), units(units_of(w, w.header_end)) {
  for (std::uint32_t i = work.header_end; i < work.size() && opening.size() < 3000; ++i)
    if (work.line(i).kind == LineKind::text && work.plans[i].claim != Claim::furniture) (opening += work.text(i)) += ' ';
}

std::vector<Match> Masthead::ask(std::string_view text) {
  std::vector<Match> found;
  work.matcher.match_block(text, zone_header, found);
  return found;
}

std::vector<Match> Masthead::ask_inline(std::string_view text) {
  std::vector<Match> found;
  work.matcher.match_inline(text, zone_header, found);
  return found;
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

HeaderPiece Masthead::derived(const char* type, std::uint32_t line, std::string words, float confidence) {
  HeaderPiece p;
  p.type = type;
  p.line = line;
  p.n = std::move(words);
  p.confidence = confidence;
  return p;
}

bool Masthead::named_as_place(std::string_view words) const {
  const std::string key = words_key(words);
  const Facts f = facts_of(words);
  if (key.size() < 4 || f.words > 4 || f.digits > 0 || !f.starts_upper) return false;
  static constexpr std::string_view kIn[] = {" at ", " in ", " en ", " à ", " a ", " em ", " in der ", " в ", " na ", " no ", " au "};
  static constexpr std::string_view kFirst = "aien\xC3\xD0";  // of theirs, behind the blank
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  const std::string_view all = opening;
  for (std::size_t at = all.find(' '); at != std::string_view::npos; at = all.find(' ', at + 1)) {
    if (at + 1 == all.size() || kFirst.find(all[at + 1]) == std::string_view::npos) continue;
    for (std::string_view in : kIn) {
      if (!all.substr(at).starts_with(in)) continue;
      const std::string_view rest = all.substr(at + in.size(), words.size() + 24);
      const bool other = !rest.empty() && lower(rest[0]) >= 'a' && lower(rest[0]) <= 'z' && lower(rest[0]) != key[0];
      if (!other && words_key(rest).starts_with(key)) return true;
    }
  }
  return false;
}

bool Masthead::is_place(std::string_view words) const {
  while (!words.empty() && (words.back() == '.' || words.back() == ',' || words.back() == ')')) words.remove_suffix(1);
  while (!words.empty() && words.front() == '(') words.remove_prefix(1);
  return !words.empty() && work.grammar.look_up("place", words).has_value();
}

std::optional<Dated> Masthead::place_and_date(const Unit& u) {
  const std::string_view words = text(u);
  const std::vector<Match> inside = ask_inline(words);
  for (const Match& m : inside) {
    if (m.rule->emit != Emit::date) continue;
    Dated d;
    d.iso = iso_date(work.grammar, m, words);
    if (d.iso.when.empty()) continue;
    if (words.size() - m.whole.end > 14) return std::nullopt;
    Span place{0, m.whole.begin};
    const auto trim = [&](char c) { return blank(c) || c == '(' || c == ',' || c == '-' || c == ':' || c == '.'; };
    while (place.begin < place.end && trim(words[place.begin])) ++place.begin;
    while (place.end > place.begin && trim(words[place.end - 1]) && !(words[place.end - 1] == '.' && place.end > 1 && words[place.end - 2] >= 'A' && words[place.end - 2] <= 'Z')) --place.end;
    if (place.size() > 60) return std::nullopt;
    d.place = place;
    d.date = m.whole;
    return d;
  }
  return std::nullopt;
}

bool Masthead::is_other_field(const Unit& u) {
  const std::vector<Match> found = ask(text(u));
  for (const Match& m : found)
    if (m.rule->emit == Emit::docType || m.rule->emit == Emit::distribution || (m.rule->emit == Emit::docNumber && m.whole.size() + 2 >= u.range.size())) return true;
  const std::string_view words = text(u);
  const std::vector<Match> named = ask(words.substr(0, words.find(',')));
  const Match* organization = proposed(named, Emit::organization);
  if (organization && organization->rule->weight >= 0.9) return true;
  return place_and_date(u).has_value() || is_place(words);
}

void Masthead::place_before(const std::string& whole, std::uint32_t end, std::uint32_t line) {
  for (std::size_t at = end; at-- > 0;) {
    if (at > 0 && whole[at - 1] != ' ') continue;
    for (std::size_t words = 0, stop = at; words < 3 && stop < end; ++words) {
      stop = whole.find_first_of(" ,.;", stop + 1);
      if (stop == std::string::npos || stop > end) stop = end;
      std::string candidate = whole.substr(at, stop - at);
      if (candidate[0] >= 'a' && candidate[0] <= 'z') break;
      if (const auto mode = work.grammar.look_up("place", candidate)) {
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
        return;
      }
    }
  }
}

}  // namespace rapporteur
