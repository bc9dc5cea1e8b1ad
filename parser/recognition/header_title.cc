// Stage recognition: the title of the document, over several lines, and what it names besides: place, dates, organisation.

#include <algorithm>
#include <set>
#include <string>

#include "recognition/masthead.h"

namespace rapporteur {

namespace {

/// The unit that begins the title: "Title:" before it, or a rule of some weight, or the format's first heading, or any
/// other rule.
std::size_t title_unit(Masthead& desk) {
  const std::size_t none = desk.units.size();
  std::size_t heading = none, weak = none, agenda = none;
  bool bold_above = false;
  const auto data = [&](const Unit& u) { return desk.work.line(u.line).kind == LineKind::code; };
  std::size_t of_file = none;  // what the front matter of the file calls it: of the page that it makes, not of the report
  for (std::size_t u = 0; u < none; ++u)
    if (desk.units[u].key == "docTitle") {
      if (!data(desk.units[u])) return u;
      of_file = std::min(of_file, u);
    }
  for (std::size_t u = 0; u < none; ++u) {
    if (data(desk.units[u])) continue;
    const std::vector<Match>& found = desk.asked(desk.units[u]);
    if (const Match* m = proposed(found, Emit::docTitle); m && !desk.work.is_furniture(desk.units[u].line)) {
      const Facts& f = desk.work.facts[desk.units[u].line];
      const bool told = bold_above && f.end == LineEnd::sentence && f.words > 6 && !f.mostly_capitals();  // "Report finalised on ... by ..."
      if (m->rule->weight >= 0.7 && !told) return u;
      if (weak == none) weak = u;
    }
    if (const Match* m = proposed(found, Emit::agendaList); m && m->rule->type == "heading" && agenda == none && u > 0) agenda = u;
    const std::uint32_t line = desk.units[u].line;
    bold_above |= desk.work.line(line).look.bold;
    if (heading == none && (desk.work.line(line).look.heading == 1 || (u == 0 && underlined(desk.work, line)))) heading = u;
  }
  if (of_file != none) return weak != none ? weak : of_file;
  if (heading == none && weak == none) return agenda;
  return heading != none && (weak == none || heading < weak) ? heading : weak;
}

/// "for Thursday, 17 December 2020 from 2.30 to 3.30 p.m."
bool begins_with_date(const Masthead& desk, const Unit& u) {
  for (const Match& m : desk.asked_inline(u))
    if (m.rule->emit == Emit::date) return m.whole.begin < 12;
  return false;
}

/// "du 12 juillet 2023" below "Réunion du conseil": the title says of which day.
bool of_date(const Masthead& desk, const Unit& u) {
  const std::string_view words = desk.text(u);
  static constexpr std::string_view kOf[] = {"of ", "du ", "de ", "del ", "vom ", "do ", "от "};
  for (std::string_view of : kOf)
    if (words.starts_with(of)) return begins_with_date(desk, u);
  return false;
}

bool title_goes_on(Masthead& desk, const Unit& last, const Unit& next) {
  const Line& a = desk.work.line(last.line);
  const Line& b = desk.work.line(next.line);
  const std::string_view before = desk.text(last), words = desk.text(next);
  if (a.look.heading > 0 && a.look.heading == b.look.heading && of_date(desk, next)) return true;
  const bool cut = a.block == b.block && next.line == last.line + 1 && joins_on(last_word(before));  // "Report on the"
  const Facts f = facts_of(before);
  const bool bare = f.words <= 2 || f.long_words == 0;  // "Minutes", "N i e d e r s c h r i f t"
  const bool of_what = bare && facts_of(words).starts_lower && joins_on(words.substr(0, words.find(' ')));
  if (!cut && !of_what && desk.work.prose(next.line) && !desk.work.facts[next.line].mostly_capitals() && !b.look.bold) return false;
  const bool open = joins_on(last_word(before)) || before.ends_with(',');
  const std::size_t blank_at = std::min(words.find(' '), words.size());
  const bool upper = words[0] >= 'A' && words[0] <= 'Z';
  const bool begins = upper && a.block != b.block && !facts_of(before).mostly_capitals() && words.size() > 1 && words[1] >= 'a' && words[1] <= 'z';  // "La ceremonia ..."
  const bool capital = (blank_at < 2 && upper) || begins;  // "E (PD) (37)" begins with no "e"
  const bool on = (!capital && joins_on(words.substr(0, blank_at))) || ((before.ends_with(',') || facts_of(before).words <= 2) && facts_of(words).starts_lower);
  if (a.kind != b.kind || desk.is_other_field(next)) return false;
  const std::size_t colon = words.find(':');
  if (colon != std::string_view::npos && colon == words.find_first_of(" :") && !joins_on(last_word(before))) return false;  // "Present: ..."
  if (a.block != b.block && begins_with_date(desk, next)) return false;
  if (a.look.heading != b.look.heading && !open && !on) return false;
  if (a.block == b.block) return next.line == last.line + 1 || b.look.broken_before;
  return open || on;
}

/// No line says "report", but the pages say again and again what one line of the masthead says.
std::size_t title_on_pages(const Masthead& desk) {
  constexpr std::uint32_t kTelling = 16;  // letters
  const auto words_of = [](std::string_view text) {
    std::string key = words_key(text);
    key.erase(0, std::min(key.find_first_not_of("0123456789"), key.size()));
    return key.substr(0, key.find_last_not_of("0123456789") + 1);
  };
  std::set<std::string> said;
  for (std::uint32_t i = desk.work.header_end; i < desk.work.size(); ++i)
    if (desk.work.is_furniture(i) && (desk.work.plans[i].type == "header" || desk.work.plans[i].type == "footer") && desk.work.facts[i].letters >= kTelling)
      said.insert(words_of(desk.work.text(i)));
  for (std::size_t u = 0; u < desk.units.size(); ++u) {
    const Unit& unit = desk.units[u];
    if (desk.work.facts[unit.line].words >= 3 && said.count(words_of(desk.text(unit))) > 0 && !desk.is_other_field(unit) && desk.organization_language(desk.text(unit)).empty()) return u;
  }
  return desk.units.size();
}

/// What stands above in capitals and breaks off there is the beginning ("... SESSION OF THE GENERAL" / "ASSEMBLY, ...").
bool begins_above(const Masthead& desk, const Unit& above, const Unit& unit) {
  constexpr std::uint32_t kLines = 60;  // code points of full lines: of a schedule or a form nothing is known of them
  const Line& a = desk.work.line(above.line);
  const Line& b = desk.work.line(unit.line);
  const Facts& f = desk.work.facts[above.line];
  return a.block == b.block && above.line + 1 == unit.line && f.mostly_capitals() && desk.work.facts[unit.line].mostly_capitals() && f.end == LineEnd::open &&
         desk.work.manner.full_line >= kLines && !desk.work.fits_above(unit.line, 70) && !desk.is_other_field(above);
}

/// No line says "report": the last block in capitals, bold or centred that is no other field.
std::size_t fallback_title(Masthead& desk) {
  std::size_t best = desk.units.size();
  for (std::size_t u = 0; u < desk.units.size(); ++u) {
    const Unit& unit = desk.units[u];
    const Facts& f = desk.work.facts[unit.line];
    const Look& look = desk.work.line(unit.line).look;
    if (f.words < 3 || f.words > 40 || desk.is_other_field(unit)) continue;
    const std::vector<Match>& found = desk.asked(unit);
    const Match* organization = proposed(found, Emit::organization);
    if ((organization && organization->rule->weight > 0.5) || proposed(found, Emit::session) || !desk.organization_language(desk.text(unit)).empty()) continue;
    if (!(f.mostly_capitals() || look.bold || look.heading > 0)) continue;
    if (best != desk.units.size() && desk.work.line(desk.units[best].line).block == desk.work.line(unit.line).block) continue;
    if (best != desk.units.size() && words_key(desk.text(desk.units[best])) == words_key(desk.text(unit))) continue;
    best = u;
  }
  return best;
}

/// Nor does any stand out: the block of several words below the symbol and the date, which is no other field.
std::size_t title_below_fields(Masthead& desk) {
  bool below = false;
  for (std::size_t u = 0; u < desk.units.size(); ++u) {
    const Unit& unit = desk.units[u];
    const std::vector<Match>& found = desk.asked(unit);
    const bool symbol = proposed(found, Emit::docNumber) || proposed(found, Emit::distribution);
    below |= symbol;
    const Facts f = facts_of(desk.text(unit));
    if (!below || symbol || f.words < 3 || f.words > 40 || !f.starts_upper || f.starts_digit || f.end == LineEnd::colon) continue;
    if (!desk.work.begins_block(unit.line) || desk.is_other_field(unit) || proposed(found, Emit::session)) continue;
    if (const Match* item = proposed(found, Emit::section); item && item->rule->type == "agendaItem") continue;  // a paper says for which item it is
    return u;
  }
  return desk.units.size();
}

std::size_t sessions(const Masthead& desk) {
  return static_cast<std::size_t>(std::count_if(desk.units.begin(), desk.units.end(), [&](const Unit& u) {
    const std::vector<Match>& found = desk.asked(u);
    return proposed(found, Emit::session) != nullptr;
  }));
}

/// What the header prints twice, at the top of the file and on the title page (there on several lines perhaps), is the
/// title. The unit that begins it there; none where the header says nothing twice.
std::size_t printed_twice(Masthead& desk) {
  constexpr std::size_t kShortest = 16, kLines = 3;  // letters; lines that a title page parts it into
  const std::size_t none = desk.units.size();
  if (none < 3) return none;
  const std::string first = words_key(desk.text(desk.units[0]));
  if (first.size() < kShortest || desk.is_other_field(desk.units[0])) return none;
  for (std::size_t u = 1; u < none; ++u) {
    std::string joined;
    for (std::size_t k = u; k < none && k < u + kLines && joined.size() < first.size(); ++k) joined += words_key(desk.text(desk.units[k]));
    if (joined == first) return 0;
  }
  return none;
}

/// "FINAL REPORT" alone: what it reports on stands above it, past a place and date perhaps.
void take_title_before(Masthead& desk, std::size_t u, HeaderPiece& p) {
  const std::size_t next = u + 1;
  if (next < desk.units.size() && title_goes_on(desk, desk.units[u], desk.units[next])) return;
  for (std::size_t above = u; above-- > 0 && (u - above <= 3 || p.text.size() > 1);) {
    Unit& unit = desk.units[above];
    if (desk.is_other_field(unit)) continue;
    const std::vector<Match>& found = desk.asked(unit);
    const Match* organization = proposed(found, Emit::organization);
    if (organization && organization->rule->weight >= 0.6) return;
    if (proposed(found, Emit::session) && sessions(desk) > 1) return;  // of several only a title could tell which is meant
    if (!desk.work.facts[unit.line].mostly_capitals() || desk.work.facts[unit.line].words < 3) return;
    unit.taken = true;
    p.text.insert(p.text.begin(), {unit.line, unit.range});
    p.line = unit.line;
    if (above == 0 || desk.work.line(desk.units[above - 1].line).block != desk.work.line(unit.line).block) return;
  }
}

/// "Chairs' Report" alone, and in the block below it what it reports on.
bool told_below(Masthead& desk, std::size_t u) {
  const Unit& next = desk.units[u + 1];
  if (title_goes_on(desk, desk.units[u], next)) return false;  // taken as every further line is
  const std::string_view words = desk.text(next);
  const Facts f = facts_of(words);
  if (f.words < 4 || f.words > 40 || !f.starts_upper || f.starts_digit || f.end != LineEnd::open || words.find(':') != std::string_view::npos) return false;
  const std::vector<Match>& found = desk.asked(next);
  if (proposed(found, Emit::docTitle) || proposed(found, Emit::section) || proposed(found, Emit::session) || desk.is_other_field(next)) return false;
  return f.mostly_capitals() || f.titled * 3 >= f.long_words * 2;
}

/// The organisation that a rule finds in the words of a title. True where there is one.
bool name_body(Masthead& desk, std::uint32_t line, const std::vector<Match>& found, std::string_view words) {
  bool named = false;
  for (const Match& m : found) {
    if (m.rule->emit != Emit::docTitle || !m.has(Capture::organization) || m.text(Capture::organization, words).empty()) continue;
    desk.work.header.push_back(desk.derived("organization", line, std::string(m.text(Capture::organization, words)), m.rule->weight >= 0.5 ? 0.7f : 0.55f));
    named = true;
  }
  return named;
}

/// "... held in Lindhaven from 3 to 7 May 2021": place, dates and the organisation that a title names.
void read_out_of_title(Masthead& desk, const HeaderPiece& p, const std::vector<Match>& found, const std::string& whole) {
  const std::string_view first = desk.work.text(p.line).substr(p.text[0].second.begin, p.text[0].second.size());
  if (!name_body(desk, p.line, found, first) && p.text.size() > 1) name_body(desk, p.line, desk.ask(whole), whole);
  const std::vector<Match> inside = desk.ask_inline(whole);
  for (const Match& m : inside) {
    if (m.rule->emit != Emit::date) continue;
    const IsoDate date = iso_date(desk.work.grammar, m, whole, desk.work.language);
    if (date.when.empty()) continue;
    HeaderPiece d = desk.derived("meetingDate", p.line, whole.substr(m.whole.begin, m.whole.size()), 0.85f);
    d.when = date.when;
    d.to = date.to;
    desk.work.header.push_back(std::move(d));
    const std::size_t before = desk.work.header.size();
    desk.place_inside(whole, inside, m.whole.begin, p.line);
    if (desk.work.header.size() == before) desk.place_behind(whole, m.whole.end, p.line);
    return;
  }
  desk.place_inside(whole, inside, static_cast<std::uint32_t>(whole.size()), p.line);
}

}  // namespace

void read_title(Masthead& desk) {
  std::size_t u = title_unit(desk);
  if (u == desk.units.size() || facts_of(desk.text(desk.units[u])).words <= 2)
    if (const std::size_t twice = printed_twice(desk); twice != desk.units.size()) u = twice;
  if (u == desk.units.size()) u = title_on_pages(desk);
  if (u == desk.units.size()) u = fallback_title(desk);
  if (u == desk.units.size()) u = title_below_fields(desk);
  if (u == desk.units.size()) return;
  if (const Match* said = proposed(desk.asked(desk.units[u]), Emit::docTitle); !said || said->rule->weight < 0.7)
    while (u > 0 && begins_above(desk, desk.units[u - 1], desk.units[u])) --u;
  const std::vector<Match>& found = desk.asked(desk.units[u]);
  const Match* m = proposed(found, Emit::docTitle);
  HeaderPiece p = desk.piece("docTitle", desk.units[u], m ? m->rule : nullptr, m ? 0.93f : 0.7f);
  desk.units[u].taken = true;
  std::uint32_t words = desk.work.facts[desk.units[u].line].words;
  if (m && words <= 2 && !proposed(found, Emit::agendaList)) take_title_before(desk, u, p);
  std::size_t last = u;
  if (m && words <= 3 && p.text.size() == 1 && u + 1 < desk.units.size() && told_below(desk, u)) {
    last = u + 1;
    desk.units[last].taken = true;
    p.text.push_back({desk.units[last].line, desk.units[last].range});
    words += desk.work.facts[desk.units[last].line].words;
  }
  for (std::size_t next = last + 1; next < desk.units.size() && words < 90; ++next) {
    if (!title_goes_on(desk, desk.units[last], desk.units[next])) break;
    desk.units[next].taken = true;
    p.text.push_back({desk.units[next].line, desk.units[next].range});
    words += desk.work.facts[desk.units[next].line].words;
    last = next;
  }
  std::string whole;
  for (const auto& [line, range] : p.text) whole += std::string(desk.work.text(line).substr(range.begin, range.size())) + ' ';
  read_out_of_title(desk, p, found, whole);
  desk.work.header.push_back(std::move(p));
}

}  // namespace rapporteur
