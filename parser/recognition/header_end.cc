// Stage recognition: where the header of the document ends and the running text begins.

#include "recognition/work.h"

namespace rapporteur {

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

}  // namespace rapporteur
