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
    if (p.text.empty() || p.line >= title || (p.type != "headerLine" && p.type != "organization")) continue;
    const auto& [line, range] = p.text[0];
    const Facts f = facts_of(desk.work.text(line).substr(range.begin, range.size()));
    const bool name = f.words >= 2 && f.words <= 14 && f.starts_upper && f.digits == 0 && f.end == LineEnd::open && (f.mostly_capitals() || f.titled > 0);
    if (name && (!head || std::pair(line, range.begin) < std::pair(head->line, head->text[0].second.begin))) head = &p;
  }
  return head;
}

/// Of all lines that name an organisation one is the issuer: the grammar's own name first, in the text's language.
void choose_issuer(Masthead& desk) {
  HeaderPiece* best = nullptr;
  const auto rank = [&](const HeaderPiece& p) {
    const bool own = p.rule && p.rule->weight >= 0.6;
    const bool language = own && (p.rule->type.empty() || p.rule->type == desk.work.language);
    return (own ? 2 : 0) + (language ? 4 : 0) + (p.rule ? 1 : 0);
  };
  for (HeaderPiece& p : desk.work.header)
    if (p.type == "organization" && (!best || rank(p) > rank(*best))) best = &p;
  if (!best || rank(*best) <= 5) {  // no grammar knows the body: the line at the head of the paper names it
    HeaderPiece* head = at_the_head(desk);
    if (head) {
      head->type = "organization";
      best = head;
    }
  }
  for (HeaderPiece& p : desk.work.header) {
    if (p.type != "organization") continue;
    if (&p == best) p.role = "issuer";
    else if (p.rule && p.rule->weight >= 0.6) p.role = "translation";
    else p.type = p.n.empty() ? "headerLine" : "dropped";
  }
  std::erase_if(desk.work.header, [](const HeaderPiece& p) { return p.type == "dropped"; });
}

/// No place or date in the header: the first paragraphs tell where and when ("met in Oslo from 9 to 20 June 1975").
void ask_the_opening(Masthead& desk) {
  const auto has = [&](std::string_view type) {
    return std::any_of(desk.work.header.begin(), desk.work.header.end(), [&](const HeaderPiece& p) { return p.type == type; });
  };
  if (has("docDate") || has("meetingDate") || desk.work.header_end == 0) return;
  std::uint32_t asked = 0;
  for (std::uint32_t i = desk.work.header_end; i < desk.work.size() && asked < 3; ++i) {
    if (desk.work.plans[i].claim != Claim::paragraph && !(desk.work.plans[i].free() && desk.work.prose(i))) continue;
    ++asked;
    const auto extent = desk.work.extent(i);
    std::string text;
    for (std::uint32_t j = i; j <= extent.last; ++j) (text += desk.work.text(j)) += ' ';
    for (const Match& m : desk.ask_inline(text)) {
      if (m.rule->emit != Emit::date) continue;
      const IsoDate date = iso_date(desk.work.grammar, m, text);
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

/// A place and date inside a longer line ("Report of the group, Utrecht, 29 April - 3 May 1996").
void ask_long_lines(Masthead& desk) {
  for (const HeaderPiece& p : desk.work.header)
    if (p.type == "venue") return;
  for (const HeaderPiece& p : std::vector<HeaderPiece>(desk.work.header)) {
    if (p.type != "headerLine" && p.type != "docTitle") continue;
    for (const auto& [line, range] : p.text) {
      const std::string text(desk.work.text(line).substr(range.begin, range.size()));
      for (const Match& m : desk.ask_inline(text))
        if (m.rule->emit == Emit::date && m.whole.begin > 8) {
          const std::size_t before = desk.work.header.size();
          desk.place_before(text, m.whole.begin, line);
          if (desk.work.header.size() > before) return;
        }
    }
  }
}

void choose_dates(Masthead& desk) {
  bool has_date = false, has_venue = false, printed = false, printed_venue = false;
  for (const HeaderPiece& p : desk.work.header) {
    printed |= (p.type == "docDate" || p.type == "meetingDate") && !p.text.empty();
    printed_venue |= p.type == "venue" && !p.text.empty();
  }
  // A place that stands with the meeting's dates says more than a town alone in the masthead; a span more than a day.
  const auto dated_venue = [](const HeaderPiece& p) { return p.type == "venue" && !p.n.empty() && !p.text.empty(); };
  const bool any_dated = std::any_of(desk.work.header.begin(), desk.work.header.end(), dated_venue);
  const bool any_span = std::any_of(desk.work.header.begin(), desk.work.header.end(), [](const HeaderPiece& p) { return p.type == "meetingDate" && !p.to.empty() && !p.text.empty(); });
  for (HeaderPiece& p : desk.work.header) {
    if (p.type == "docDate") {
      if (has_date) p.type = "headerLine";
      has_date = true;
    }
    if (p.type == "meetingDate" && any_span && p.to.empty() && !p.text.empty()) p.type = "headerLine";
    if (p.type == "venue" && !p.text.empty()) {
      if ((has_venue || (any_dated && !dated_venue(p)))) p.type = "headerLine";
      else has_venue = true;
    }
    if (!p.when.empty() && desk.work.year == 0) desk.work.year = std::stoi(p.when.substr(0, 4));
  }
  std::erase_if(desk.work.header, [&](const HeaderPiece& p) { return p.text.empty() && ((p.type == "venue" && printed_venue) || (p.type == "meetingDate" && printed)); });
}

}  // namespace

void choose_fields(Masthead& desk) {
  choose_issuer(desk);
  ask_long_lines(desk);
  ask_the_opening(desk);
  choose_dates(desk);
}

}  // namespace rapporteur
