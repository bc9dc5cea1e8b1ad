// Stage recognition: what each unit of the header is, the title apart. What nothing recognises is kept as a header line.

#include <algorithm>

#include "recognition/masthead.h"

namespace rapporteur {

namespace {

void dated(Masthead& desk, std::size_t u, const Dated& d) {
  const Unit whole = desk.units[u];
  const std::string_view words = desk.text(whole);
  const auto part = [&](const char* type, Span s, float confidence) {
    const Span inside = trimmed(words, s);
    HeaderPiece p = desk.piece(type, {whole.line, {whole.range.begin + inside.begin, whole.range.begin + inside.end}}, nullptr, confidence);
    if (!inside.empty()) desk.work.header.push_back(p);
  };
  const std::string_view name = words.substr(d.place.begin, d.place.size());
  const std::string_view behind_date = words.substr(d.date.end);
  const std::vector<Match> behind_it = desk.ask(behind_date.substr(std::min(behind_date.find_first_not_of(" ,"), behind_date.size())));
  const bool of_document = proposed(behind_it, Emit::distribution) != nullptr;  // "Arvon, 3 May 2011  Original: English": where it was issued
  const bool placed = !name.empty() && !d.keyed && d.plausible && !of_document;
  if (placed) {
    part("headerLine", {d.before.begin, d.place.begin}, 0.8f);
    part("venue", d.place, d.known ? 0.93f : 0.75f);
    desk.work.header.back().mode = desk.mode_of(name);
    part("headerLine", {d.place.end, d.before.end}, 0.8f);
  } else {
    part("headerLine", d.before, 0.8f);
    if (!name.empty() && !d.keyed && !of_document) desk.place_inside(std::string(words), desk.asked_inline(whole), d.date.begin, whole.line);
  }
  part(!d.iso.to.empty() || (!d.keyed && placed) ? "meetingDate" : "docDate", d.date, d.keyed ? 0.95f : 0.85f);
  desk.work.header.back().when = d.iso.when;
  desk.work.header.back().to = d.iso.to;
  // "3rd May 2001, Harbour House"
  Span rest{d.date.end, static_cast<std::uint32_t>(words.size())};
  const std::size_t behind = words.find_first_not_of(" ,", rest.begin);
  if (const Span place = behind < words.size() ? desk.place_with_country(words.substr(behind)) : Span{}; !placed && !place.empty()) {  // "3-5 May 2001, Lindhaven, Ruritania"
    const auto at = static_cast<std::uint32_t>(behind);
    part("headerLine", {rest.begin, at + place.begin}, 0.8f);
    part("venue", {at + place.begin, at + place.end}, 0.88f);
    desk.work.header.back().mode = desk.mode_of(words.substr(at + place.begin, place.size()));
    rest.begin = at + place.end;
  } else if (name.empty() && !rest.empty()) {
    desk.place_behind(words, rest.begin, whole.line);
  }
  part("headerLine", rest, 0.8f);
  desk.units[u].taken = true;
}

/// "A town hall, Lindhaven, Ruritania": a country at the end, a place before it, perhaps the body whose house it is.
bool place_in_list(Masthead& desk, std::size_t u) {
  const Unit here = desk.units[u];
  const std::string_view words = desk.text(here);
  const Span place = desk.place_with_country(words);
  if (place.empty() || facts_of(words).words > 16) return false;
  const auto part = [&](Span s) { return Unit{here.line, trimmed(desk.work.text(here.line), {here.range.begin + s.begin, here.range.begin + s.end})}; };
  if (place.begin > 0) {
    const Unit before = part({0, place.begin - 1});
    const bool body = !desk.organization_language(desk.text(before)).empty();
    desk.work.header.push_back(desk.piece(body ? "organization" : "headerLine", before, nullptr, body ? 0.6f : 0.8f));
  }
  HeaderPiece venue = desk.piece("venue", part(place), nullptr, 0.88f);
  venue.mode = desk.mode_of(desk.text(part(place)));
  desk.work.header.push_back(std::move(venue));
  if (place.end < words.size())
    if (const Unit rest = part({place.end, static_cast<std::uint32_t>(words.size())}); !rest.range.empty()) desk.work.header.push_back(desk.piece("headerLine", rest, nullptr, 0.8f));
  desk.units[u].taken = true;
  return true;
}

/// "Venue: the town hall", "Reference: ANT 50": the key says what it is.
bool keyed(Masthead& desk, std::size_t u) {
  const Unit here = desk.units[u];
  const std::string_view words = desk.text(here);
  const Facts f = facts_of(words);
  if (here.key == "docNumber" && f.digits > 0 && words.size() <= 40) {
    desk.give(u, "docNumber", nullptr, 0.9f);
    return true;
  }
  if (here.key == "organization" && f.words <= 14) {
    desk.give(u, "organization", nullptr, 0.9f);
    return true;
  }
  if (here.key != "venue" || desk.place_and_date(here)) return false;
  desk.give(u, "venue", nullptr, 0.95f);
  desk.work.header.back().mode = desk.mode_of(words);
  constexpr std::uint32_t kName = 8;  // words of a place; behind a comma more is told about it
  const std::size_t comma = words.find(',');
  const bool linked = comma != std::string_view::npos && words.substr(comma).starts_with(", http");  // "Zoom, https://..."
  if (comma != std::string_view::npos && (linked || (f.words > kName && f.end == LineEnd::sentence))) {
    const auto end = here.range.begin + static_cast<std::uint32_t>(comma);
    desk.work.header.back().text[0].second.end = end;
    desk.work.header.push_back(desk.piece("headerLine", {here.line, {end, here.range.end}}, nullptr, 0.8f));
  }
  return true;
}

/// "UNITED" / "NATIONS": a name that a grammar knows, on two lines.
bool organization_over_lines(Masthead& desk, std::size_t u) {
  if (u + 1 >= desk.units.size() || desk.units[u + 1].taken) return false;
  Unit& a = desk.units[u];
  Unit& b = desk.units[u + 1];
  if (desk.work.line(a.line).block != desk.work.line(b.line).block || desk.text(a).size() > 60 || desk.text(b).size() > 60) return false;
  const std::string joined = std::string(desk.text(a)) + ' ' + std::string(desk.text(b));
  const std::vector<Match> found = desk.ask(joined);
  const Match* m = proposed(found, Emit::organization);
  if (!m || m->rule->weight < 0.6 || m->whole.size() + 1 < joined.size()) return false;
  HeaderPiece p = desk.piece("organization", a, m->rule, static_cast<float>(m->rule->weight));
  p.text.push_back({b.line, b.range});
  desk.work.header.push_back(std::move(p));
  a.taken = b.taken = true;
  return true;
}

void symbol(Masthead& desk, std::size_t u, const Match& m) {
  const Unit here = desk.units[u];
  const std::string_view words = desk.text(here);
  const Span s = m.has(Capture::symbol) && !m.text(Capture::symbol, words).empty() ? m.span(Capture::symbol) : m.whole;
  if (s.begin > 0) desk.work.header.push_back(desk.piece("headerLine", {here.line, {here.range.begin, here.range.begin + s.begin}}, nullptr, 0.8f));
  const bool bracket = s.begin > 0 && words[s.begin - 1] == '(' && words.substr(s.end) == ")";  // "(GLC/CONF.8/2)"
  HeaderPiece p = desk.piece("docNumber", {here.line, {here.range.begin + s.begin, bracket ? here.range.end - 1 : here.range.end}}, m.rule, 0.93f);
  if (bracket) desk.work.header.push_back(desk.piece("headerLine", {here.line, {here.range.end - 1, here.range.end}}, nullptr, 0.8f));
  // "(Rev. 1)" on the next line belongs to the symbol.
  if (u + 1 < desk.units.size()) {
    const std::string_view next = desk.text(desk.units[u + 1]);
    if (next.size() <= 12 && (next.starts_with("(Rev") || next.starts_with("Rev") || next.starts_with("(Add") || next.starts_with("(Corr") || next.starts_with("(REV"))) {
      p.text.push_back({desk.units[u + 1].line, desk.units[u + 1].range});
      desk.units[u + 1].taken = true;
    }
  }
  desk.work.header.push_back(std::move(p));
  desk.units[u].taken = true;
}

/// "29th November" / "1968", "3 de Mayo al" / "7 de Junio de 1990": a date on two lines.
bool split_date_over_lines(Masthead& desk, std::size_t u) {
  if (u + 1 >= desk.units.size() || desk.text(desk.units[u + 1]).size() > 30 || desk.text(desk.units[u]).size() > 60) return false;
  const std::string_view first = desk.text(desk.units[u]), second = desk.text(desk.units[u + 1]);
  if (!has_digit(first) && !has_digit(second)) return false;  // no year
  const std::string joined = std::string(first).append(" ").append(second);
  for (const Match& m : desk.ask_inline(joined)) {
    if (m.rule->emit != Emit::date || m.whole.end <= first.size() + 1 || m.whole.begin > first.size()) continue;
    if (joined.size() - m.whole.end > 2) continue;
    if (desk.is_place(first)) return false;  // "PORTO DE JANEIRO" / "1987" is no January
    const IsoDate date = iso_date(desk.work.grammar, m, joined, desk.work.language);
    if (date.when.empty()) continue;
    Unit& a = desk.units[u];
    if (m.whole.begin > 0) desk.work.header.push_back(desk.piece("headerLine", {a.line, {a.range.begin, a.range.begin + m.whole.begin}}, nullptr, 0.8f));
    HeaderPiece p = desk.piece(date.to.empty() ? "docDate" : "meetingDate", {a.line, {a.range.begin + m.whole.begin, a.range.end}}, m.rule, 0.85f);
    p.text.push_back({desk.units[u + 1].line, desk.units[u + 1].range});
    p.when = date.when;
    p.to = date.to;
    desk.work.header.push_back(std::move(p));
    a.taken = desk.units[u + 1].taken = true;
    return true;
  }
  return false;
}

/// "Distr.: General 3 May 2011 Original: English" in one cell; "GLC/CP/7 3 May 2011" on one line.
bool split_around_date(Masthead& desk, std::size_t u) {
  const Unit here = desk.units[u];
  const std::string_view words = desk.text(here);
  const bool distribution = proposed(desk.asked(here), Emit::distribution) != nullptr;
  const auto symbol_before = [&](std::uint32_t end) {
    const Span s = trimmed(words, {0, end});
    const std::vector<Match> found = desk.ask(words.substr(s.begin, s.size()));
    const Match* m = proposed(found, Emit::docNumber);
    return m && m->whole.size() + 1 >= s.size() && words.substr(0, end).find('/') != std::string_view::npos;
  };
  for (const Match& m : desk.asked_inline(here)) {
    if (m.rule->emit != Emit::date) continue;
    const IsoDate date = iso_date(desk.work.grammar, m, words, desk.work.language);
    if (date.when.empty() || !date.to.empty()) continue;
    const bool symbol = !distribution && symbol_before(m.whole.begin);
    if (!distribution && !symbol) continue;
    const auto part = [&](Span s) { return Unit{here.line, trimmed(desk.work.text(here.line), {here.range.begin + s.begin, here.range.begin + s.end}), false}; };
    if (m.whole.begin > 0) desk.work.header.push_back(desk.piece(symbol ? "docNumber" : "distribution", part({0, m.whole.begin}), nullptr, 0.9f));
    HeaderPiece p = desk.piece("docDate", part(m.whole), m.rule, 0.93f);
    p.when = date.when;
    desk.work.header.push_back(std::move(p));
    const Span rest{m.whole.end, static_cast<std::uint32_t>(words.size())};
    if (!part(rest).range.empty()) desk.work.header.push_back(desk.piece(symbol ? "headerLine" : "distribution", part(rest), nullptr, 0.9f));
    desk.units[u].taken = true;
    return true;
  }
  return false;
}

/// A few capitalised words on a line of their own right above a line that is nothing but a date: most likely a town that no
/// list knows.
bool above_a_date(Masthead& desk, std::size_t u) {
  const Unit& here = desk.units[u];
  const Facts f = facts_of(desk.text(here));
  if (f.words > 3 || f.letters < 4 || f.digits > 0 || f.titled < f.long_words || !f.starts_upper || f.end != LineEnd::open || u + 1 >= desk.units.size()) return false;
  const Unit& next = desk.units[u + 1];
  if (next.taken || next.line == here.line) return false;
  const auto& date = desk.place_and_date(next);
  return date && date->before.empty() && date->date.size() + 1 >= desk.text(next).size() && here.range.size() == desk.work.text(here.line).size();
}

void unit(Masthead& desk, std::size_t u) {
  const Unit here = desk.units[u];
  const std::string_view words = desk.text(here);
  if (!here.key.empty() && keyed(desk, u)) return;
  if (here.key == "docTitle") return desk.give(u, "headerLine", nullptr, 0.8f);  // another title says more
  const std::vector<Match>& found = desk.asked(here);
  if (const Match* m = proposed(found, Emit::docNumber); m && m->whole.size() + 4 >= words.size()) return symbol(desk, u, *m);
  if (split_date_over_lines(desk, u)) return;
  if (split_around_date(desk, u)) return;
  if (const auto& d = desk.place_and_date(here)) return dated(desk, u, *d);
  if (const Match* m = proposed(found, Emit::distribution)) return desk.give(u, "distribution", m->rule, 0.9f);
  if (const Match* m = proposed(found, Emit::docType)) return desk.give(u, "docType", m->rule, 0.85f);
  if (const Match* m = proposed(found, Emit::session)) return desk.give(u, "session", m->rule, 0.85f);
  if (const Match* m = proposed(found, Emit::body)) return desk.give(u, "body", m->rule, 0.85f);
  if (place_in_list(desk, u)) return;
  const Match* organization = desk.work.facts[here.line].starts_digit ? nullptr : proposed(found, Emit::organization);
  if (organization && (organization->rule->weight >= 0.6 || !desk.named_as_place(words))) return desk.give(u, "organization", organization->rule, static_cast<float>(organization->rule->weight));
  if (organization_over_lines(desk, u)) return;
  if (desk.is_place(words) || desk.named_as_place(words)) {
    std::string_view name = words;
    while (!name.empty() && (name.back() == '.' || name.back() == ',')) name.remove_suffix(1);
    desk.give(u, "venue", nullptr, 0.85f);
    desk.work.header.back().mode = desk.mode_of(name);
    return;
  }
  const Facts f = facts_of(words);
  const bool initial = words.size() > 2 && words[1] == '.' && words[2] == ' ';  // "S. Landau, Department of Harbours": a person
  const bool name = !initial && f.words <= 14 && f.starts_upper && !f.starts_digit && f.end == LineEnd::open && words.find(':') == std::string_view::npos;
  if (const Match* m = proposed(found, Emit::contact); m && m->rule->type == "address" && words.find(',') != std::string_view::npos && f.words <= 14) return desk.give(u, "venue", m->rule, 0.6f);
  const auto held = [&] {
    const std::vector<Match>& inside = desk.asked_inline(here);
    return std::any_of(inside.begin(), inside.end(), [](const Match& m) { return m.rule->emit == Emit::venue; }) || words.starts_with("Held");
  };
  if (name && !proposed(found, Emit::docTitle) && !desk.organization_language(words).empty() && !held()) return desk.give(u, "organization", nullptr, 0.5f);
  if (name && above_a_date(desk, u)) {
    desk.give(u, "venue", nullptr, 0.59f);  // an address says more
    desk.work.header.back().mode = "inPerson";
    return;
  }
  desk.give(u, "headerLine", nullptr, 0.6f);
}

}  // namespace

void read_fields(Masthead& desk) {
  for (std::size_t u = 0; u < desk.units.size(); ++u)
    if (!desk.units[u].taken) unit(desk, u);
}

}  // namespace rapporteur
