// Stage recognition: what each unit of the header is, the title apart. What nothing recognises is kept as a header line.

#include "recognition/masthead.h"

namespace rapporteur {

namespace {

void dated(Masthead& desk, std::size_t u, const Dated& d) {
  const Unit whole = desk.units[u];
  const std::string_view words = desk.text(whole);
  const std::string_view before = words.substr(d.place.begin, d.place.size());
  const bool range = !d.iso.to.empty();
  const std::string folded = words_key(before);
  const bool named_date = folded == "date" || folded == "fecha" || folded == "datum" || folded == "дата" || folded.ends_with("date") || folded == "data";
  const auto part = [&](const char* type, Span s) {
    HeaderPiece p = desk.piece(type, {whole.line, {whole.range.begin + s.begin, whole.range.begin + s.end}}, nullptr, 0.85f);
    return p;
  };
  if (!before.empty() && !named_date) {
    const std::size_t comma = before.find(',');
    const auto mode = desk.work.grammar.look_up("place", before);
    const auto town = desk.work.grammar.look_up("place", before.substr(0, comma));
    HeaderPiece venue = part("venue", {0, d.date.begin});
    if (mode || town) venue.mode = mode ? *mode : *town;
    const bool plausible = mode || town || facts_of(before).words <= 4;
    if (plausible) venue.n = std::string(before);
    else {
      venue.type = "headerLine";
      desk.place_before(std::string(words), d.date.begin, whole.line);
    }
    desk.work.header.push_back(std::move(venue));
  } else if (d.date.begin > 0) desk.work.header.push_back(part("headerLine", {0, d.date.begin}));
  HeaderPiece date = part(range || (!before.empty() && !named_date) ? "meetingDate" : "docDate", d.date);
  date.when = d.iso.when;
  date.to = d.iso.to;
  desk.work.header.push_back(std::move(date));
  if (d.date.end < words.size()) desk.work.header.push_back(part("headerLine", {d.date.end, static_cast<std::uint32_t>(words.size())}));
  desk.units[u].taken = true;
}

/// "World Health Organization, Geneva, Switzerland": a known name, then a known place.
bool organization_with_place(Masthead& desk, std::size_t u) {
  const Unit here = desk.units[u];
  const std::string_view words = desk.text(here);
  const std::size_t comma = words.find(',');
  if (comma == std::string_view::npos || comma + 2 >= words.size()) return false;
  const std::vector<Match> found = desk.ask(words.substr(0, comma));
  const Match* organization = proposed(found, Emit::organization);
  if (!organization || organization->rule->weight < 0.6) return false;
  const auto split = static_cast<std::uint32_t>(comma + 1);
  const Unit place{here.line, trimmed(desk.work.text(here.line), {here.range.begin + split, here.range.end}), false};
  const std::string_view rest = desk.text(place);
  const auto mode = desk.work.grammar.look_up("place", rest.substr(0, rest.find(',')));
  if (!mode) return false;
  desk.work.header.push_back(desk.piece("organization", {here.line, {here.range.begin, here.range.begin + static_cast<std::uint32_t>(comma)}}, organization->rule, 0.95f));
  desk.work.header.push_back(desk.piece("headerLine", {here.line, {here.range.begin + static_cast<std::uint32_t>(comma), place.range.begin}}, nullptr, 0.9f));
  HeaderPiece venue = desk.piece("venue", place, nullptr, 0.88f);
  venue.n = std::string(rest.substr(0, rest.find(',')));
  venue.mode = *mode;
  desk.work.header.push_back(std::move(venue));
  desk.units[u].taken = true;
  return true;
}

void symbol(Masthead& desk, std::size_t u, const Match& m) {
  const Unit here = desk.units[u];
  const std::string_view words = desk.text(here);
  const Span s = m.has(Capture::symbol) && !m.text(Capture::symbol, words).empty() ? m.span(Capture::symbol) : m.whole;
  if (s.begin > 0) desk.work.header.push_back(desk.piece("headerLine", {here.line, {here.range.begin, here.range.begin + s.begin}}, nullptr, 0.8f));
  HeaderPiece p = desk.piece("docNumber", {here.line, {here.range.begin + s.begin, here.range.end}}, m.rule, 0.93f);
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

/// "29th November" / "1968" on two lines.
bool split_date_over_lines(Masthead& desk, std::size_t u) {
  if (u + 1 >= desk.units.size() || desk.text(desk.units[u + 1]).size() > 6) return false;
  const std::string first(desk.text(desk.units[u])), second(desk.text(desk.units[u + 1]));
  const std::string joined = first + " " + second;
  for (const Match& m : desk.ask_inline(joined)) {
    if (m.rule->emit != Emit::date || m.whole.end <= first.size() + 1 || m.whole.begin > first.size()) continue;
    const IsoDate date = iso_date(desk.work.grammar, m, joined);
    if (date.when.empty()) continue;
    Unit& a = desk.units[u];
    if (m.whole.begin > 0) desk.work.header.push_back(desk.piece("headerLine", {a.line, {a.range.begin, a.range.begin + m.whole.begin}}, nullptr, 0.8f));
    HeaderPiece p = desk.piece("docDate", {a.line, {a.range.begin + m.whole.begin, a.range.end}}, m.rule, 0.85f);
    p.text.push_back({desk.units[u + 1].line, desk.units[u + 1].range});
    p.when = date.when;
    p.to = date.to;
    desk.work.header.push_back(std::move(p));
    a.taken = desk.units[u + 1].taken = true;
    return true;
  }
  return false;
}

/// "Distr.: General 10 October 2018 Original: English" in one cell.
bool split_around_date(Masthead& desk, std::size_t u) {
  const Unit here = desk.units[u];
  const std::string_view words = desk.text(here);
  if (!proposed(desk.ask(words), Emit::distribution)) return false;
  for (const Match& m : desk.ask_inline(words)) {
    if (m.rule->emit != Emit::date) continue;
    const IsoDate date = iso_date(desk.work.grammar, m, words);
    if (date.when.empty() || !date.to.empty()) continue;
    const auto part = [&](Span s) { return Unit{here.line, trimmed(desk.work.text(here.line), {here.range.begin + s.begin, here.range.begin + s.end}), false}; };
    if (m.whole.begin > 0) desk.work.header.push_back(desk.piece("distribution", part({0, m.whole.begin}), nullptr, 0.9f));
    HeaderPiece p = desk.piece("docDate", part(m.whole), m.rule, 0.93f);
    p.when = date.when;
    desk.work.header.push_back(std::move(p));
    const Span rest{m.whole.end, static_cast<std::uint32_t>(words.size())};
    if (!part(rest).range.empty()) desk.work.header.push_back(desk.piece("distribution", part(rest), nullptr, 0.9f));
    desk.units[u].taken = true;
    return true;
  }
  return false;
}

void unit(Masthead& desk, std::size_t u) {
  const Unit here = desk.units[u];
  const std::string_view words = desk.text(here);
  const std::vector<Match> found = desk.ask(words);
  if (const Match* m = proposed(found, Emit::docNumber); m && m->whole.size() + 4 >= words.size()) return symbol(desk, u, *m);
  if (split_date_over_lines(desk, u)) return;
  if (split_around_date(desk, u)) return;
  if (const auto d = desk.place_and_date(here)) return dated(desk, u, *d);
  if (const Match* m = proposed(found, Emit::distribution)) return desk.give(u, "distribution", m->rule, 0.9f);
  if (const Match* m = proposed(found, Emit::docType)) return desk.give(u, "docType", m->rule, 0.85f);
  if (const Match* m = proposed(found, Emit::session)) return desk.give(u, "session", m->rule, 0.85f);
  if (const Match* m = proposed(found, Emit::body)) return desk.give(u, "body", m->rule, 0.85f);
  if (organization_with_place(desk, u)) return;
  const Match* organization = desk.work.facts[here.line].starts_digit ? nullptr : proposed(found, Emit::organization);
  if (organization && (organization->rule->weight >= 0.6 || !desk.named_as_place(words))) return desk.give(u, "organization", organization->rule, static_cast<float>(organization->rule->weight));
  if (desk.is_place(words) || desk.named_as_place(words)) {
    HeaderPiece p = desk.piece("venue", here, nullptr, 0.85f);
    std::string_view name = words;
    while (!name.empty() && (name.back() == '.' || name.back() == ',')) name.remove_suffix(1);
    p.mode = std::string(desk.work.grammar.look_up("place", name).value_or("inPerson"));
    desk.work.header.push_back(std::move(p));
    desk.units[u].taken = true;
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
