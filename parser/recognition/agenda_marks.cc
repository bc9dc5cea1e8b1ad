// Stage recognition: "(Agenda item 3)" above, below or behind a heading says which item of the agenda the heading is about.

#include "recognition/agenda_marks.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "text/labels.h"

namespace rapporteur {

namespace {

/// What the end of a heading's own line says about the agenda.
struct MarkAtEnd {
  std::string agenda;
  std::uint32_t title_end;  ///< bytes of the line before it, without blanks
};

/// The mark in parentheses at the end of a title of line i: "ORGANIZATION OF THE MEETING (Agenda item 1)".
std::optional<MarkAtEnd> mark_at_end(Work& work, std::uint32_t i, Span title) {
  const std::string_view text = work.text(i).substr(0, title.end);
  if (!text.ends_with(')')) return std::nullopt;
  for (std::size_t open = text.rfind('('); open != std::string_view::npos && open > title.begin; open = text.rfind('(', open - 1)) {
    std::vector<Match> found;
    work.matcher.match_block(text.substr(open), zone_any, found, BlockRules::running);
    const auto mark = std::find_if(found.begin(), found.end(), [&](const Match& m) { return m.rule->emit == Emit::sectionMark && m.whole.end + 1 >= text.size() - open; });
    if (mark == found.end()) continue;
    return MarkAtEnd{normalise_items(mark->text(Capture::agenda, text.substr(open))), static_cast<std::uint32_t>(text.find_last_not_of(" \t", open - 1) + 1)};
  }
  return std::nullopt;
}

}  // namespace

void agenda_marks(Work& work) {
  for (std::uint32_t i = work.header_end; i < work.size(); ++i) {
    const Match* match = work.plans[i].free() ? work.proposal(i, Emit::sectionMark) : nullptr;
    if (!match) continue;
    const std::uint32_t above = work.before(i);
    std::uint32_t head = Work::none;
    if (above != Work::none) {
      LinePlan& plan = work.plans[above];
      if (plan.claim == Claim::section) head = above;
      else if (plan.claim == Claim::more_title) head = plan.head;
      else if (plan.free() && !work.prose(above) && work.facts[above].words <= 40) {
        // Unnumbered, but named by the mark. Its title may have begun a line or two earlier.
        head = above;
        while (head > 0 && work.line(head - 1).block == work.line(head).block && work.plans[head - 1].free() && work.mid_sentence(head)) --head;
        LinePlan& first = work.plans[head];
        first.claim = Claim::section;
        first.type = "heading";
        first.title = {0, static_cast<std::uint32_t>(work.text(head).size())};
        first.confidence = 0.95f;
        for (std::uint32_t j = head + 1; j <= above; ++j) {
          work.plans[j].claim = Claim::more_title;
          work.plans[j].head = head;
          work.plans[j].title = {0, static_cast<std::uint32_t>(work.text(j).size())};
        }
      }
    }
    bool first = false;
    if (head == Work::none) {
      const std::uint32_t below = work.after(i);
      if (below == Work::none || work.prose(below)) continue;
      head = below;
      first = true;
      if (work.plans[below].free()) {
        work.plans[below].claim = Claim::section;
        work.plans[below].type = "heading";
        work.plans[below].title = {0, static_cast<std::uint32_t>(work.text(below).size())};
      }
      if (work.plans[below].claim != Claim::section || mark_at_end(work, below, work.plans[below].title)) continue;
    }
    LinePlan& mark = work.plans[i];
    mark.claim = Claim::mark;
    mark.head = head;
    mark.rule = match->rule;
    mark.mark_first = first;
    LinePlan& section = work.plans[head];
    section.mark_first = first;
    section.agenda = normalise_items(match->text(Capture::agenda, work.text(i)));
    section.confidence = std::max(section.confidence, 0.97f);
  }
}

void trailing_marks(Work& work) {
  for (std::uint32_t i = work.header_end; i < work.size(); ++i) {
    LinePlan& plan = work.plans[i];
    if ((plan.claim != Claim::section && plan.claim != Claim::more_title) || plan.title.empty()) continue;
    const auto mark = mark_at_end(work, i, plan.title);
    if (!mark) continue;
    (plan.claim == Claim::section ? plan : work.plans[plan.head]).agenda = mark->agenda;
    plan.title.end = mark->title_end;
  }
}

}  // namespace rapporteur
