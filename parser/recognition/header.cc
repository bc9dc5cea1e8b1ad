// Stage recognition: the header of the document, out of mastheads that come in any order, in several languages, in two
// columns or in a table.
//
// The header ends where the running text begins. Inside it every unit of text (a line, a column, a cell) is asked what it
// is; the title may go on over several lines; what nothing recognises is kept as a header line.

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "recognition/dates.h"
#include "recognition/work.h"

namespace rapporteur {

namespace {

/// A unit of header text: a line, or one column or cell of it.
struct Unit {
  std::uint32_t line;
  Span range;       // of the match text
  bool taken = false;
};

bool blank(char c) { return c == ' ' || c == '\t'; }

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

const Match* find(const std::vector<Match>& matches, Emit emit) {
  const Match* best = nullptr;
  for (const Match& m : matches)
    if (m.rule->emit == emit && (!best || m.rule->weight > best->rule->weight)) best = &m;
  return best;
}

class HeaderReader {
 public:
  explicit HeaderReader(Work& work) : w(work), x_units(units_of(work, work.header_end)) {}

  void read() {
    title();
    opening();
    for (std::size_t u = 0; u < x_units.size(); ++u)
      if (!x_units[u].taken) unit(u);
    choose_issuer();
    ask_long_lines();
    ask_the_opening();
    choose_dates();
    std::stable_sort(w.header.begin(), w.header.end(), [](const HeaderPiece& a, const HeaderPiece& b) {
      return std::pair(a.line, a.text.empty() ? 0 : a.text[0].second.begin) < std::pair(b.line, b.text.empty() ? 0 : b.text[0].second.begin);
    });
  }

 private:
  Work& w;
  std::vector<Unit> x_units;

  std::string_view text(const Unit& u) const { return w.text(u.line).substr(u.range.begin, u.range.size()); }
  std::vector<Match> ask(std::string_view text) {
    std::vector<Match> found;
    w.matcher.match_block(text, zone_header, found);
    return found;
  }
  std::vector<Match> ask_inline(std::string_view text) {
    std::vector<Match> found;
    w.matcher.match_inline(text, zone_header, found);
    return found;
  }

  HeaderPiece piece(const char* type, const Unit& u, const Rule* rule, float confidence) {
    HeaderPiece p;
    p.type = type;
    p.line = u.line;
    p.text = {{u.line, u.range}};
    p.rule = rule;
    p.confidence = confidence;
    return p;
  }
  void give(std::size_t u, const char* type, const Rule* rule, float confidence) {
    w.header.push_back(piece(type, x_units[u], rule, confidence));
    x_units[u].taken = true;
  }
  /// A field that was read out of another one's words.
  HeaderPiece derived(const char* type, std::uint32_t line, std::string words, float confidence) {
    HeaderPiece p;
    p.type = type;
    p.line = line;
    p.n = std::move(words);
    p.confidence = confidence;
    return p;
  }

  // -- what the opening paragraphs say --

  std::string x_opening;  ///< the first paragraphs: what the header names is named there again

  void opening() {
    for (std::uint32_t i = w.header_end; i < w.size() && x_opening.size() < 3000; ++i)
      if (w.line(i).kind == LineKind::text && w.plans[i].claim != Claim::furniture) (x_opening += w.text(i)) += ' ';
  }

  /// "PORT HALDANE" is the place where the text says "met at Port Haldane".
  bool named_as_place(std::string_view words) const {
    const std::string key = words_key(words);
    const Facts f = facts_of(words);
    if (key.size() < 4 || f.words > 4 || f.digits > 0 || !f.starts_upper) return false;
    static constexpr std::string_view kIn[] = {" at ", " in ", " en ", " à ", " a ", " em ", " in der ", " в ", " na ", " no ", " au "};
    for (std::string_view in : kIn)
      for (std::size_t at = x_opening.find(in); at != std::string::npos; at = x_opening.find(in, at + 1)) {
        const std::string_view rest = std::string_view(x_opening).substr(at + in.size(), words.size() + 24);
        if (words_key(rest).starts_with(key)) return true;
      }
    return false;
  }

  // -- title --

  std::size_t title_unit() {
    std::size_t first = x_units.size();
    for (std::size_t u = 0; u < x_units.size(); ++u) {
      if (find(ask(text(x_units[u])), Emit::docTitle) && !w.is_furniture(x_units[u].line)) return u;
      if (first == x_units.size() && w.line(x_units[u].line).look.heading == 1) first = u;
    }
    return first;
  }

  bool is_other_field(const Unit& u) {
    const std::vector<Match> found = ask(text(u));
    for (const Match& m : found)
      if (m.rule->emit == Emit::docType || m.rule->emit == Emit::distribution || (m.rule->emit == Emit::docNumber && m.whole.size() + 2 >= u.range.size())) return true;
    const std::string_view words = text(u);
    const std::vector<Match> named = ask(words.substr(0, words.find(',')));
    const Match* organization = find(named, Emit::organization);
    if (organization && organization->rule->weight >= 0.9) return true;
    return place_and_date(u).has_value() || is_place(words);
  }

  void title() {
    std::size_t u = title_unit();
    if (u == x_units.size()) u = fallback_title();
    if (u == x_units.size()) return;
    const std::vector<Match> found = ask(text(x_units[u]));
    const Match* m = find(found, Emit::docTitle);
    HeaderPiece p = piece("docTitle", x_units[u], m ? m->rule : nullptr, m ? 0.93f : 0.7f);
    x_units[u].taken = true;
    std::uint32_t words = w.facts[x_units[u].line].words;
    if (m && words <= 2) take_title_before(u, p);
    std::size_t last = u;
    for (std::size_t next = u + 1; next < x_units.size() && words < 90; ++next) {
      if (!title_goes_on(x_units[last], x_units[next])) break;
      x_units[next].taken = true;
      p.text.push_back({x_units[next].line, x_units[next].range});
      words += w.facts[x_units[next].line].words;
      last = next;
    }
    std::string whole;
    for (const auto& [line, range] : p.text) whole += std::string(w.text(line).substr(range.begin, range.size())) + ' ';
    read_out_of_title(p, found, whole);
    w.header.push_back(std::move(p));
  }

  /// "FINAL REPORT" alone: what it reports on stands above it, past a place and date perhaps.
  void take_title_before(std::size_t u, HeaderPiece& p) {
    const std::size_t next = u + 1;
    if (next < x_units.size() && title_goes_on(x_units[u], x_units[next])) return;
    for (std::size_t above = u; above-- > 0 && u - above <= 3;) {
      Unit& unit = x_units[above];
      if (is_other_field(unit)) continue;
      const std::vector<Match> found = ask(text(unit));
      const Match* organization = find(found, Emit::organization);
      if ((organization && organization->rule->weight >= 0.6) || find(found, Emit::session)) return;
      if (!w.facts[unit.line].mostly_capitals() || w.facts[unit.line].words < 3) return;
      unit.taken = true;
      p.text.insert(p.text.begin(), {unit.line, unit.range});
      p.line = unit.line;
      if (above == 0 || w.line(x_units[above - 1].line).block != w.line(unit.line).block) return;
    }
  }

  bool title_goes_on(const Unit& last, const Unit& next) {
    const Line& a = w.line(last.line);
    const Line& b = w.line(next.line);
    const std::string_view before = text(last), words = text(next);
    if (w.prose(next.line) && !w.facts[next.line].mostly_capitals() && !b.look.bold) return false;
    const bool open = joins_on(last_word(before));
    const std::size_t blank_at = std::min(words.find(' '), words.size());
    const bool on = joins_on(words.substr(0, blank_at));
    if (is_other_field(next)) return false;
    if (a.look.heading != b.look.heading && !open && !on) return false;
    if (a.block == b.block) return next.line == last.line + 1 || b.look.broken_before;
    return open || on;
  }

  /// No line says "report": the last block in capitals, bold or centred that is no other field.
  std::size_t fallback_title() {
    std::size_t best = x_units.size();
    for (std::size_t u = 0; u < x_units.size(); ++u) {
      const Unit& unit = x_units[u];
      const Facts& f = w.facts[unit.line];
      const Look& look = w.line(unit.line).look;
      if (f.words < 3 || f.words > 40 || is_other_field(unit)) continue;
      const std::vector<Match> found = ask(text(unit));
      const Match* organization = find(found, Emit::organization);
      if ((organization && organization->rule->weight > 0.5) || find(found, Emit::session)) continue;
      if (!(f.mostly_capitals() || look.bold || look.heading > 0)) continue;
      if (best != x_units.size() && w.line(x_units[best].line).block == w.line(unit.line).block) continue;
      if (best != x_units.size() && words_key(text(x_units[best])) == words_key(text(unit))) continue;
      best = u;
    }
    return best;
  }

  /// "... held in Bonn from 17 to 27 June 2019": place, dates and the organisation that a title names.
  void read_out_of_title(const HeaderPiece& p, const std::vector<Match>& found, const std::string& whole) {
    const std::string_view first = w.text(p.line).substr(p.text[0].second.begin, p.text[0].second.size());
    for (const Match& m : found)
      if (m.rule->emit == Emit::docTitle && m.has(Capture::organization) && !m.text(Capture::organization, first).empty())
        w.header.push_back(derived("organization", p.line, std::string(m.text(Capture::organization, first)), 0.7f));
    const std::vector<Match> inside = ask_inline(whole);
    for (const Match& m : inside) {
      if (m.rule->emit != Emit::date) continue;
      const IsoDate date = iso_date(w.grammar, m, whole);
      if (date.when.empty()) continue;
      HeaderPiece d = derived("meetingDate", p.line, whole.substr(m.whole.begin, m.whole.size()), 0.85f);
      d.when = date.when;
      d.to = date.to;
      w.header.push_back(std::move(d));
      place_before(whole, m.whole.begin, p.line);
      return;
    }
    place_before(whole, static_cast<std::uint32_t>(whole.size()), p.line);
  }

  /// The known place that stands nearest before an offset.
  void place_before(const std::string& whole, std::uint32_t end, std::uint32_t line) {
    for (std::size_t at = end; at-- > 0;) {
      if (at > 0 && whole[at - 1] != ' ') continue;
      for (std::size_t words = 0, stop = at; words < 3 && stop < end; ++words) {
        stop = whole.find_first_of(" ,.;", stop + 1);
        if (stop == std::string::npos || stop > end) stop = end;
        std::string candidate = whole.substr(at, stop - at);
        if (candidate[0] >= 'a' && candidate[0] <= 'z') break;
        if (const auto mode = w.grammar.look_up("place", candidate)) {
          // "Montevideo, Uruguay": the country belongs to it.
          if (const std::size_t comma = stop; comma + 2 < end && whole[comma] == ',') {
            const std::size_t next = std::min(whole.find_first_of(",.;(0123456789", comma + 1), whole.size());
            std::string country = whole.substr(comma + 2, next - comma - 2);
            while (!country.empty() && country.back() == ' ') country.pop_back();
            if (w.grammar.party(country)) candidate = whole.substr(at, comma + 2 - at) + country;
          }
          HeaderPiece p = derived("venue", line, candidate, 0.8f);
          p.mode = *mode;
          w.header.push_back(std::move(p));
          return;
        }
      }
    }
  }

  // -- single units --

  bool is_place(std::string_view words) const {
    while (!words.empty() && (words.back() == '.' || words.back() == ',' || words.back() == ')')) words.remove_suffix(1);
    while (!words.empty() && words.front() == '(') words.remove_prefix(1);
    return !words.empty() && w.grammar.look_up("place", words).has_value();
  }

  struct Dated {
    Span place, date;
    IsoDate iso;
  };
  /// "Washington, D. C. -- June 24-28, 1963", "(Online, 7 December 2021)", "9-19 OCTOBRE 1989", "Date: 3 May 2001".
  std::optional<Dated> place_and_date(const Unit& u) {
    const std::string_view words = text(u);
    const std::vector<Match> inside = ask_inline(words);
    for (const Match& m : inside) {
      if (m.rule->emit != Emit::date) continue;
      Dated d;
      d.iso = iso_date(w.grammar, m, words);
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

  void dated(std::size_t u, const Dated& d) {
    const Unit whole = x_units[u];
    const std::string_view words = text(whole);
    const std::string_view before = words.substr(d.place.begin, d.place.size());
    const bool range = !d.iso.to.empty();
    const std::string folded = words_key(before);
    const bool named_date = folded == "date" || folded == "fecha" || folded == "datum" || folded == "дата" || folded.ends_with("date") || folded == "data";
    const auto part = [&](const char* type, Span s) {
      HeaderPiece p = piece(type, {whole.line, {whole.range.begin + s.begin, whole.range.begin + s.end}}, nullptr, 0.85f);
      return p;
    };
    if (!before.empty() && !named_date) {
      const std::size_t comma = before.find(',');
      const auto mode = w.grammar.look_up("place", before);
      const auto town = w.grammar.look_up("place", before.substr(0, comma));
      HeaderPiece venue = part("venue", {0, d.date.begin});
      if (mode || town) venue.mode = mode ? *mode : *town;
      const bool plausible = mode || town || facts_of(before).words <= 4;
      if (plausible) venue.n = std::string(before);
      else {
        venue.type = "headerLine";
        place_before(std::string(words), d.date.begin, whole.line);
      }
      w.header.push_back(std::move(venue));
    } else if (d.date.begin > 0) w.header.push_back(part("headerLine", {0, d.date.begin}));
    HeaderPiece date = part(range || (!before.empty() && !named_date) ? "meetingDate" : "docDate", d.date);
    date.when = d.iso.when;
    date.to = d.iso.to;
    w.header.push_back(std::move(date));
    if (d.date.end < words.size()) w.header.push_back(part("headerLine", {d.date.end, static_cast<std::uint32_t>(words.size())}));
    x_units[u].taken = true;
  }

  void unit(std::size_t u) {
    const Unit here = x_units[u];
    const std::string_view words = text(here);
    const std::vector<Match> found = ask(words);
    if (const Match* m = find(found, Emit::docNumber); m && m->whole.size() + 4 >= words.size()) return symbol(u, *m);
    if (split_date_over_lines(u)) return;
    if (split_around_date(u)) return;
    if (const auto d = place_and_date(here)) return dated(u, *d);
    if (const Match* m = find(found, Emit::distribution)) return give(u, "distribution", m->rule, 0.9f);
    if (const Match* m = find(found, Emit::docType)) return give(u, "docType", m->rule, 0.85f);
    if (const Match* m = find(found, Emit::session)) return give(u, "session", m->rule, 0.85f);
    if (const Match* m = find(found, Emit::body)) return give(u, "body", m->rule, 0.85f);
    if (organization_with_place(u)) return;
    const Match* organization = w.facts[here.line].starts_digit ? nullptr : find(found, Emit::organization);
    if (organization && (organization->rule->weight >= 0.6 || !named_as_place(words))) return give(u, "organization", organization->rule, static_cast<float>(organization->rule->weight));
    if (is_place(words) || named_as_place(words)) {
      HeaderPiece p = piece("venue", here, nullptr, 0.85f);
      std::string_view name = words;
      while (!name.empty() && (name.back() == '.' || name.back() == ',')) name.remove_suffix(1);
      p.mode = std::string(w.grammar.look_up("place", name).value_or("inPerson"));
      w.header.push_back(std::move(p));
      x_units[u].taken = true;
      return;
    }
    give(u, "headerLine", nullptr, 0.6f);
  }

  /// "World Health Organization, Geneva, Switzerland": a known name, then a known place.
  bool organization_with_place(std::size_t u) {
    const Unit here = x_units[u];
    const std::string_view words = text(here);
    const std::size_t comma = words.find(',');
    if (comma == std::string_view::npos || comma + 2 >= words.size()) return false;
    const std::vector<Match> found = ask(words.substr(0, comma));
    const Match* organization = find(found, Emit::organization);
    if (!organization || organization->rule->weight < 0.6) return false;
    const auto split = static_cast<std::uint32_t>(comma + 1);
    const Unit place{here.line, trimmed(w.text(here.line), {here.range.begin + split, here.range.end}), false};
    const std::string_view rest = text(place);
    const auto mode = w.grammar.look_up("place", rest.substr(0, rest.find(',')));
    if (!mode) return false;
    w.header.push_back(piece("organization", {here.line, {here.range.begin, here.range.begin + static_cast<std::uint32_t>(comma)}}, organization->rule, 0.95f));
    w.header.push_back(piece("headerLine", {here.line, {here.range.begin + static_cast<std::uint32_t>(comma), place.range.begin}}, nullptr, 0.9f));
    HeaderPiece venue = piece("venue", place, nullptr, 0.88f);
    venue.n = std::string(rest.substr(0, rest.find(',')));
    venue.mode = *mode;
    w.header.push_back(std::move(venue));
    x_units[u].taken = true;
    return true;
  }

  void symbol(std::size_t u, const Match& m) {
    const Unit here = x_units[u];
    const std::string_view words = text(here);
    const Span s = m.has(Capture::symbol) && !m.text(Capture::symbol, words).empty() ? m.span(Capture::symbol) : m.whole;
    if (s.begin > 0) w.header.push_back(piece("headerLine", {here.line, {here.range.begin, here.range.begin + s.begin}}, nullptr, 0.8f));
    HeaderPiece p = piece("docNumber", {here.line, {here.range.begin + s.begin, here.range.end}}, m.rule, 0.93f);
    // "(Rev. 1)" on the next line belongs to the symbol.
    if (u + 1 < x_units.size()) {
      const std::string_view next = text(x_units[u + 1]);
      if (next.size() <= 12 && (next.starts_with("(Rev") || next.starts_with("Rev") || next.starts_with("(Add") || next.starts_with("(Corr") || next.starts_with("(REV"))) {
        p.text.push_back({x_units[u + 1].line, x_units[u + 1].range});
        x_units[u + 1].taken = true;
      }
    }
    w.header.push_back(std::move(p));
    x_units[u].taken = true;
  }

  /// "29th November" / "1968" on two lines.
  bool split_date_over_lines(std::size_t u) {
    if (u + 1 >= x_units.size() || text(x_units[u + 1]).size() > 6) return false;
    const std::string first(text(x_units[u])), second(text(x_units[u + 1]));
    const std::string joined = first + " " + second;
    for (const Match& m : ask_inline(joined)) {
      if (m.rule->emit != Emit::date || m.whole.end <= first.size() + 1 || m.whole.begin > first.size()) continue;
      const IsoDate date = iso_date(w.grammar, m, joined);
      if (date.when.empty()) continue;
      Unit& a = x_units[u];
      if (m.whole.begin > 0) w.header.push_back(piece("headerLine", {a.line, {a.range.begin, a.range.begin + m.whole.begin}}, nullptr, 0.8f));
      HeaderPiece p = piece("docDate", {a.line, {a.range.begin + m.whole.begin, a.range.end}}, m.rule, 0.85f);
      p.text.push_back({x_units[u + 1].line, x_units[u + 1].range});
      p.when = date.when;
      p.to = date.to;
      w.header.push_back(std::move(p));
      a.taken = x_units[u + 1].taken = true;
      return true;
    }
    return false;
  }

  /// "Distr.: General 10 October 2018 Original: English" in one cell.
  bool split_around_date(std::size_t u) {
    const Unit here = x_units[u];
    const std::string_view words = text(here);
    if (!find(ask(words), Emit::distribution)) return false;
    for (const Match& m : ask_inline(words)) {
      if (m.rule->emit != Emit::date) continue;
      const IsoDate date = iso_date(w.grammar, m, words);
      if (date.when.empty() || !date.to.empty()) continue;
      const auto part = [&](Span s) { return Unit{here.line, trimmed(w.text(here.line), {here.range.begin + s.begin, here.range.begin + s.end}), false}; };
      if (m.whole.begin > 0) w.header.push_back(piece("distribution", part({0, m.whole.begin}), nullptr, 0.9f));
      HeaderPiece p = piece("docDate", part(m.whole), m.rule, 0.93f);
      p.when = date.when;
      w.header.push_back(std::move(p));
      const Span rest{m.whole.end, static_cast<std::uint32_t>(words.size())};
      if (!part(rest).range.empty()) w.header.push_back(piece("distribution", part(rest), nullptr, 0.9f));
      x_units[u].taken = true;
      return true;
    }
    return false;
  }

  // -- which of several --

  /// Of all lines that name an organisation one is the issuer: the grammar's own name first, in the text's language.
  void choose_issuer() {
    HeaderPiece* best = nullptr;
    const auto rank = [&](const HeaderPiece& p) {
      const bool own = p.rule && p.rule->weight >= 0.6;
      const bool language = own && (p.rule->type.empty() || p.rule->type == w.language);
      return (own ? 2 : 0) + (language ? 4 : 0) + (p.rule ? 1 : 0);
    };
    for (HeaderPiece& p : w.header)
      if (p.type == "organization" && (!best || rank(p) > rank(*best))) best = &p;
    if (!best || rank(*best) <= 5) {  // no grammar knows the body: the line at the head of the paper names it
      HeaderPiece* head = at_the_head();
      if (head) {
        head->type = "organization";
        best = head;
      }
    }
    for (HeaderPiece& p : w.header) {
      if (p.type != "organization") continue;
      if (&p == best) p.role = "issuer";
      else if (p.rule && p.rule->weight >= 0.6) p.role = "translation";
      else p.type = p.n.empty() ? "headerLine" : "dropped";
    }
    std::erase_if(w.header, [](const HeaderPiece& p) { return p.type == "dropped"; });
  }

  /// The first line of the masthead, where it reads as a name and stands above the title.
  HeaderPiece* at_the_head() {
    std::uint32_t title = w.header_end;
    for (const HeaderPiece& p : w.header)
      if (p.type == "docTitle") title = std::min(title, p.line);
    HeaderPiece* head = nullptr;
    for (HeaderPiece& p : w.header) {
      if (p.text.empty() || p.line >= title || (p.type != "headerLine" && p.type != "organization")) continue;
      const auto& [line, range] = p.text[0];
      const Facts f = facts_of(w.text(line).substr(range.begin, range.size()));
      const bool name = f.words >= 2 && f.words <= 14 && f.starts_upper && f.digits == 0 && f.end == LineEnd::open && (f.mostly_capitals() || f.titled > 0);
      if (name && (!head || std::pair(line, range.begin) < std::pair(head->line, head->text[0].second.begin))) head = &p;
    }
    return head;
  }

  /// One document date; a lone date beside a place is the meeting's. Dates of the title count only where no other is.
  /// No place or date in the header: the first paragraphs tell where and when ("met in Oslo from 9 to 20 June 1975").
  void ask_the_opening() {
    const auto has = [&](std::string_view type) {
      return std::any_of(w.header.begin(), w.header.end(), [&](const HeaderPiece& p) { return p.type == type; });
    };
    if (has("docDate") || has("meetingDate") || w.header_end == 0) return;
    std::uint32_t asked = 0;
    for (std::uint32_t i = w.header_end; i < w.size() && asked < 3; ++i) {
      if (w.plans[i].claim != Claim::paragraph && !(w.plans[i].free() && w.prose(i))) continue;
      ++asked;
      const auto extent = w.extent(i);
      std::string text;
      for (std::uint32_t j = i; j <= extent.last; ++j) (text += w.text(j)) += ' ';
      for (const Match& m : ask_inline(text)) {
        if (m.rule->emit != Emit::date) continue;
        const IsoDate date = iso_date(w.grammar, m, text);
        const bool opens = asked == 1 && (text.find(" held") != std::string::npos || text.find(" met ") != std::string::npos || text.find("convened") != std::string::npos);
        if (date.when.empty() || (date.to.empty() && !opens)) continue;
        HeaderPiece p = derived("meetingDate", i, text.substr(m.whole.begin, m.whole.size()), 0.75f);
        p.when = date.when;
        p.to = date.to;
        w.header.push_back(std::move(p));
        return;
      }
    }
  }

  /// A place and date inside a longer line ("Report of the group, Utrecht, 29 April - 3 May 1996").
  void ask_long_lines() {
    for (const HeaderPiece& p : w.header)
      if (p.type == "venue") return;
    for (const HeaderPiece& p : std::vector<HeaderPiece>(w.header)) {
      if (p.type != "headerLine" && p.type != "docTitle") continue;
      for (const auto& [line, range] : p.text) {
        const std::string text(w.text(line).substr(range.begin, range.size()));
        for (const Match& m : ask_inline(text))
          if (m.rule->emit == Emit::date && m.whole.begin > 8) {
            const std::size_t before = w.header.size();
            place_before(text, m.whole.begin, line);
            if (w.header.size() > before) return;
          }
      }
    }
  }

  void choose_dates() {
    bool has_date = false, has_venue = false, printed = false, printed_venue = false;
    for (const HeaderPiece& p : w.header) {
      printed |= (p.type == "docDate" || p.type == "meetingDate") && !p.text.empty();
      printed_venue |= p.type == "venue" && !p.text.empty();
    }
    // A place that stands with the meeting's dates says more than a town alone in the masthead; a span more than a day.
    const auto dated_venue = [](const HeaderPiece& p) { return p.type == "venue" && !p.n.empty() && !p.text.empty(); };
    const bool any_dated = std::any_of(w.header.begin(), w.header.end(), dated_venue);
    const bool any_span = std::any_of(w.header.begin(), w.header.end(), [](const HeaderPiece& p) { return p.type == "meetingDate" && !p.to.empty() && !p.text.empty(); });
    for (HeaderPiece& p : w.header) {
      if (p.type == "docDate") {
        if (has_date) p.type = "headerLine";
        has_date = true;
      }
      if (p.type == "meetingDate" && any_span && p.to.empty() && !p.text.empty()) p.type = "headerLine";
      if (p.type == "venue" && !p.text.empty()) {
        if ((has_venue || (any_dated && !dated_venue(p)))) p.type = "headerLine";
        else has_venue = true;
      }
      if (!p.when.empty() && w.year == 0) w.year = std::stoi(p.when.substr(0, 4));
    }
    std::erase_if(w.header, [&](const HeaderPiece& p) { return p.text.empty() && ((p.type == "venue" && printed_venue) || (p.type == "meetingDate" && printed)); });
  }
};

}  // namespace

void find_header_end(Work& work) {
  std::uint32_t end = work.size(), title = Work::none, first_heading = Work::none;
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    const Claim claim = work.plans[i].claim;
    if (claim == Claim::contents_head || claim == Claim::annex) {
      end = i;
      break;
    }
    if (claim != Claim::text || work.line(i).kind == LineKind::rule) continue;
    const bool names_title = work.proposal(i, Emit::docTitle) != nullptr;
    if (work.prose(i) && !names_title && !work.proposal(i, Emit::docType) && work.line(i).kind == LineKind::text) {
      end = i;
      break;
    }
    if (title != Work::none && i > work.extent(title).last && work.line(i).block != work.line(title).block && !names_title && work.facts[i].words >= 5 &&
        !work.facts[i].mostly_capitals() && work.facts[i].digits == 0 && !work.line(i).look.bold && work.line(i).look.heading == 0 && !joins_on(last_word(work.text(i)))) {
      bool header = work.line(i).kind == LineKind::table_row;
      for (const Match& m : work.matches_of(i)) header |= m.rule->zones == zone_header && m.rule->emit != Emit::organization;
      if (!header && work.facts[i].end != LineEnd::open) {
        end = i;
        break;
      }
    }
    if (names_title && title == Work::none) title = i;
    const bool heading = work.line(i).look.heading > 0;
    if (heading && first_heading == Work::none) first_heading = i;
    else if (heading && (title != Work::none ? i > work.extent(title).last && work.line(i).block != work.line(title).block : i > first_heading)) {
      bool header_below = false;  // a masthead may have several headings; then a field follows
      for (std::uint32_t j = i; j < std::min(work.size(), i + 8) && !header_below; ++j) header_below = work.proposal(j, Emit::docNumber) || (title == Work::none && work.proposal(j, Emit::docTitle));
      if (!header_below) {
        end = i;
        break;
      }
    }
  }
  // Headings that stand right above the first prose belong to the text, not to the header.
  const std::uint32_t from = title == Work::none ? (first_heading == Work::none ? 0 : first_heading + 1) : work.extent(title).last + 1;
  for (std::uint32_t i = from; i < end; ++i) {
    if (!work.plans[i].free()) continue;
    bool labelled = false, named = false, header = false;
    for (const Match& m : work.matches_of(i)) {
      labelled |= m.rule->counts && (m.rule->emit == Emit::section || m.rule->emit == Emit::paragraph);
      named |= m.rule->emit == Emit::section && !m.rule->type.empty();
      header |= m.rule->emit == Emit::docNumber || m.rule->emit == Emit::docTitle || m.rule->emit == Emit::distribution;
    }
    for (std::uint32_t j = i + 1; labelled && named && title == Work::none && j < std::min(work.size(), i + 7); ++j)
      header |= !work.is_furniture(j) && (work.proposal(j, Emit::docNumber) || work.proposal(j, Emit::distribution) || work.proposal(j, Emit::docTitle));
    if (labelled && !header && work.facts[i].letters > 0 && work.facts[i].words >= 2) {
      end = i;
      break;
    }
  }
  if (end > from && end < work.size()) {
    const std::uint32_t above = work.before(end);
    const bool lone = above != Work::none && above >= from && work.plans[above].free() && work.facts[above].words <= 8 && work.facts[above].digits == 0 &&
                      work.line(above).kind == LineKind::text && work.facts[above].end == LineEnd::open && work.facts[above].starts_upper &&
                      (!work.facts[above].mostly_capitals() || (title != Work::none && above > work.extent(title).last + 1));
    if (lone) {
      const std::uint32_t higher = work.before(above);
      bool header = higher != Work::none && joins_on(last_word(work.text(higher)));
      for (const Match& m : work.matches_of(above)) header |= m.rule->zones == zone_header && (m.rule->emit != Emit::docTitle || work.facts[above].words > 2) && m.rule->emit != Emit::organization;
      if (!header && (title == Work::none || work.line(above).block != work.line(title).block)) end = above;
    }
  }
  work.header_end = end == work.size() && title == Work::none && first_heading == Work::none ? 0 : end;
}

/// The masthead comes back on later papers and pages: organisation, meeting, symbol, place. Nothing of it opens anything.
void find_repeated_masthead(Work& work) {
  // OCR reads 1 as l and 0 as O now and then.
  const auto running_letters = [](std::string_view text) {
    std::string key = words_key(text);
    for (char& c : key) c = c == 'o' ? '0' : c == 'l' || c == 'i' ? '1' : c;
    return key;
  };
  std::unordered_set<std::string> masthead;
  for (const Unit& u : units_of(work, work.header_end)) {
    const std::string_view text = work.text(u.line).substr(u.range.begin, u.range.size());
    const Facts& f = work.facts[u.line];
    if (work.proposal(u.line, Emit::docTitle) || f.words > 14) continue;
    const bool symbol = work.proposal(u.line, Emit::docNumber) != nullptr;
    if (std::string key = running_letters(text); key.size() >= (symbol ? 5u : 8u)) masthead.insert(std::move(key));
  }
  for (std::uint32_t i = work.header_end; i < work.size(); ++i) {
    const Facts& f = work.facts[i];
    if (!work.plans[i].free() || work.line(i).kind != LineKind::text || f.words > 14 || work.mid_sentence(i)) continue;
    if (f.words < 2 && !(i > 0 && work.is_furniture(i - 1) && work.plans[i - 1].type == "header")) continue;
    std::vector<Unit> columns;
    add_columns(work, i, {0, static_cast<std::uint32_t>(work.text(i).size())}, columns);
    bool all = true, own = false;
    for (const Unit& u : columns) {
      const std::string_view text = work.text(i).substr(u.range.begin, u.range.size());
      all &= masthead.count(running_letters(text)) > 0;
    }
    for (const Match& m : work.matches_of(i))
      own |= m.rule->zones == zone_header && m.rule->weight >= 0.9 && (m.rule->emit == Emit::organization || m.rule->emit == Emit::session) && m.whole.size() + 1 >= work.text(i).size();
    if (!(all && !columns.empty()) && !own) continue;
    work.plans[i].claim = Claim::furniture;
    work.plans[i].type = "header";
    work.plans[i].confidence = own ? 0.9f : 0.8f;
  }
}

void find_header(Work& work) {
  HeaderReader(work).read();
  for (std::uint32_t i = 0; i < work.header_end; ++i)
    if (work.plans[i].free() && work.line(i).kind != LineKind::rule && work.line(i).kind != LineKind::raw) work.plans[i].claim = Claim::field;
}

}  // namespace rapporteur
