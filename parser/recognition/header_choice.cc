// Stage recognition: which of several lines of the header is the issuer, the date, the place; and what to do where none is.

#include <algorithm>

#include "recognition/masthead.h"

namespace rapporteur {

namespace {

/// The first line of the masthead, where it reads as a name and stands above the title.
HeaderPiece* at_the_head(Masthead& desk) {
  std::uint32_t title = desk.work.header_end;
  for (const HeaderPiece& p : desk.work.header)
    if (p.type == "docTitle") title = std::min(title, p.line);
  HeaderPiece* head = nullptr;
  for (HeaderPiece& p : desk.work.header) {
    if (p.text.empty() || p.line >= title || desk.work.line(p.line).kind == LineKind::code || (p.type != "headerLine" && p.type != "organization")) continue;
    const auto& [line, range] = p.text[0];
    const std::string_view words = desk.work.text(line).substr(range.begin, range.size());
    const Facts f = facts_of(words);
    const bool quoted = words[0] == '"' || words.starts_with("“") || words.starts_with("«");  // the motto of a conference
    const bool name = !quoted && f.words >= 2 && f.words <= 14 && f.starts_upper && f.digits == 0 && f.end == LineEnd::open && (f.mostly_capitals() || f.titled * 5 >= f.long_words * 3) && words.find(':') == std::string_view::npos;
    const bool person = f.words <= 4 && words.find('.') != std::string_view::npos;  // "A. B. Osk" has approved the minutes below
    if (name && !person && (!head || std::pair(line, range.begin) < std::pair(head->line, head->text[0].second.begin))) head = &p;
  }
  return head;
}

/// What says the title's words again names nobody.
void drop_repeated_title(Masthead& desk) {
  const auto key_of = [&](const HeaderPiece& p) {
    std::string key;
    for (const auto& [line, range] : p.text) key += words_key(desk.work.text(line).substr(range.begin, range.size()));
    return key;
  };
  std::vector<std::string> titles;
  for (const HeaderPiece& p : desk.work.header)
    if (p.type == "docTitle") titles.push_back(key_of(p));
  for (HeaderPiece& p : desk.work.header)
    if (p.type == "organization" && !p.text.empty() && std::find(titles.begin(), titles.end(), key_of(p)) != titles.end()) p.type = "headerLine";
}

/// How much speaks for a line as the issuer's name: that a grammar knows it, that it is in the text's language (of the
/// several names of one masthead only one is), that it stands at the head, that its words say that it is a body.
int issuer_rank(const Masthead& desk, const HeaderPiece& p, bool head) {
  if (p.rule && p.rule->weight >= 0.6 && p.rule->emit == Emit::organization) return 10 + (p.rule->type.empty() || p.rule->type == desk.work.language ? 5 : 0);
  if (!p.n.empty()) return p.confidence >= 0.6f ? 5 : 1;  // read out of the title
  const auto& [line, range] = p.text[0];
  const std::string language = desk.organization_language(desk.work.text(line).substr(range.begin, range.size()));
  const int named = language.empty() ? 0 : language == desk.work.language ? 4 : language == "any" || desk.work.language.empty() ? 3 : 1;
  return named + (head ? 2 : 0) + (p.confidence >= 0.9f ? 4 : 0);
}

/// Of all lines that name an organisation one is the issuer.
void choose_issuer(Masthead& desk) {
  drop_repeated_title(desk);
  const HeaderPiece* head = at_the_head(desk);
  HeaderPiece* best = nullptr;
  int most = 0;
  for (HeaderPiece& p : desk.work.header) {
    if (p.type != "organization" && &p != head) continue;
    if (const int rank = issuer_rank(desk, p, &p == head); rank > most) {
      best = &p;
      most = rank;
    }
  }
  if (best) best->type = "organization";
  for (HeaderPiece& p : desk.work.header) {
    if (p.type != "organization") continue;
    if (&p == best) p.role = "issuer";
    else if (p.rule && p.rule->weight >= 0.6) p.role = "translation";
    else p.type = p.n.empty() ? "headerLine" : "dropped";
  }
  std::erase_if(desk.work.header, [](const HeaderPiece& p) { return p.type == "dropped"; });
}

/// "Date: 3 May 2011" below a first heading ("Where and when"), where minutes tell such things among who was there.
bool ask_keys_below(Masthead& desk) {
  constexpr std::uint32_t kReach = 30;  // lines
  const std::size_t before = desk.work.header.size();
  bool placed = std::any_of(desk.work.header.begin(), desk.work.header.end(), [](const HeaderPiece& p) { return p.type == "venue"; }), dated = false;
  for (std::uint32_t i = desk.work.header_end; i < std::min(desk.work.size(), desk.work.header_end + kReach); ++i) {
    const std::string_view text = desk.work.text(i);
    const std::optional<Key> key = desk.work.line(i).kind == LineKind::text && desk.work.facts[i].words <= 14 ? key_of(desk.work, text) : std::nullopt;
    const Span value = key ? trimmed(text, {key->colon + 1, static_cast<std::uint32_t>(text.size())}) : Span{};
    if (value.empty()) continue;
    const std::string_view words = text.substr(value.begin, value.size());
    if (key->kind == "venue" && !placed) {
      desk.work.header.push_back(desk.derived("venue", i, std::string(words), 0.75f));
      desk.work.header.back().mode = desk.mode_of(words);
      placed = true;
    }
    if (key->kind != "docDate" || dated) continue;
    for (const Match& m : desk.ask_inline(words)) {
      if (m.rule->emit != Emit::date || dated) continue;
      const IsoDate date = iso_date(desk.work.grammar, m, words, desk.work.language);
      if (date.when.empty()) continue;
      HeaderPiece p = desk.derived(date.to.empty() ? "docDate" : "meetingDate", i, std::string(words.substr(m.whole.begin, m.whole.size())), 0.75f);
      p.when = date.when;
      p.to = date.to;
      desk.work.header.push_back(std::move(p));
      dated = true;
    }
  }
  if (!dated) desk.work.header.resize(before);  // without a date it is no such list of keys
  return dated;
}

/// No place or date in the header: the first paragraphs tell where and when ("met in Arvon from 3 to 5 May 1975").
void ask_the_opening(Masthead& desk) {
  const auto has = [&](std::string_view type) {
    return std::any_of(desk.work.header.begin(), desk.work.header.end(), [&](const HeaderPiece& p) { return p.type == type; });
  };
  if (has("docDate") || has("meetingDate")) return;
  if (ask_keys_below(desk) || desk.work.header_end == 0) return;
  std::uint32_t asked = 0;
  for (std::uint32_t i = desk.work.header_end; i < desk.work.size() && asked < 3; ++i) {
    if (desk.work.plans[i].claim != Claim::paragraph && !(desk.work.plans[i].free() && desk.work.prose(i))) continue;
    ++asked;
    const auto extent = desk.work.extent(i);
    std::string text;
    for (std::uint32_t j = i; j <= extent.last; ++j) (text += desk.work.text(j)) += ' ';
    for (const Match& m : desk.ask_inline(text)) {
      if (m.rule->emit != Emit::date) continue;
      const IsoDate date = iso_date(desk.work.grammar, m, text, desk.work.language);
      const bool opens = asked == 1 && (text.find(" held") != std::string::npos || text.find(" met ") != std::string::npos || text.find("convened") != std::string::npos);
      if (date.when.empty() || (date.to.empty() && !opens)) continue;
      HeaderPiece p = desk.derived("meetingDate", i, text.substr(m.whole.begin, m.whole.size()), 0.75f);
      p.when = date.when;
      p.to = date.to;
      desk.work.header.push_back(std::move(p));
      return;
    }
  }
}

/// A place inside a longer line: "held in ..." wherever it stands, or one before a date ("Report of the group, Utrecht,
/// 29 April - 3 May 1996").
void ask_long_lines(Masthead& desk) {
  for (const HeaderPiece& p : desk.work.header)
    if (p.type == "venue") return;
  for (const HeaderPiece& p : std::vector<HeaderPiece>(desk.work.header)) {
    if (p.type != "headerLine" && p.type != "docTitle") continue;
    for (const auto& [line, range] : p.text) {
      const std::string text(desk.work.text(line).substr(range.begin, range.size()));
      const std::size_t before = desk.work.header.size();
      bool held = false;
      std::uint32_t end = 0;
      const std::vector<Match>& inside = desk.asked_inline({line, range});
      for (const Match& m : inside) {
        if (m.rule->emit == Emit::date && m.whole.begin > 8 && end == 0) end = m.whole.begin;
        held |= m.rule->emit == Emit::venue;
      }
      if (held || end > 0) desk.place_inside(text, inside, end > 0 ? end : static_cast<std::uint32_t>(text.size()), line);
      if (desk.work.header.size() > before) return;
    }
  }
}

/// The front matter of a file dates the page; where the text itself prints a date, that is the report's.
void drop_date_of_file(Masthead& desk) {
  const auto dates = [](const HeaderPiece& p) { return (p.type == "docDate" || p.type == "meetingDate") && !p.text.empty(); };
  const auto of_file = [&](const HeaderPiece& p) { return desk.work.line(p.line).kind == LineKind::code; };
  if (std::none_of(desk.work.header.begin(), desk.work.header.end(), [&](const HeaderPiece& p) { return dates(p) && !of_file(p); })) return;
  for (HeaderPiece& p : desk.work.header)
    if (dates(p) && of_file(p)) p.type = "headerLine";
}

void choose_dates(Masthead& desk) {
  bool has_date = false, has_venue = false, printed = false, printed_venue = false;
  for (const HeaderPiece& p : desk.work.header) {
    printed |= (p.type == "docDate" || p.type == "meetingDate") && !p.text.empty();
    printed_venue |= p.type == "venue" && !p.text.empty();
  }
  // A place that stands with the meeting's dates says more than a town alone in the masthead; a span more than a day.
  float venue = 0;
  for (const HeaderPiece& p : desk.work.header)
    if (p.type == "venue" && !p.text.empty()) venue = std::max(venue, p.confidence);
  const bool any_span = std::any_of(desk.work.header.begin(), desk.work.header.end(), [](const HeaderPiece& p) { return p.type == "meetingDate" && !p.to.empty() && !p.text.empty(); });
  const bool any_keyed = std::any_of(desk.work.header.begin(), desk.work.header.end(), [](const HeaderPiece& p) { return p.type == "docDate" && p.confidence >= 0.95f; });
  for (HeaderPiece& p : desk.work.header) {
    if (p.type == "docDate") {
      if (has_date || (any_keyed && p.confidence < 0.95f)) p.type = "headerLine";
      else has_date = true;
    }
    if (p.type == "meetingDate" && any_span && p.to.empty() && !p.text.empty()) p.type = "headerLine";
    if (p.type == "venue" && !p.text.empty()) {
      if (has_venue || p.confidence < venue) p.type = "headerLine";
      else has_venue = true;
    }
    if (!p.when.empty() && desk.work.year == 0) desk.work.year = std::stoi(p.when.substr(0, 4));
    if (p.type == "headerLine") p.when.clear(), p.to.clear(), p.mode.clear();
  }
  std::erase_if(desk.work.header, [&](const HeaderPiece& p) { return p.text.empty() && ((p.type == "venue" && printed_venue) || (p.type == "meetingDate" && printed)); });
}

}  // namespace

void choose_fields(Masthead& desk) {
  choose_issuer(desk);
  ask_long_lines(desk);
  ask_the_opening(desk);
  drop_date_of_file(desk);
  choose_dates(desk);
}

}  // namespace rapporteur
