// Stage recognition: where the header of the document ends and the running text begins.
//
// It ends at the first prose, contents list, annex, second heading or numbered heading; but a masthead has long lines and
// numbers of its own (a date, a session, who submitted the paper), and what stands right above the first prose belongs to
// the text.

#include <algorithm>

#include "recognition/masthead.h"

namespace rapporteur {

namespace {

class HeaderEnd {
 public:
  explicit HeaderEnd(Work& work) : w(work) {}

  std::uint32_t find() {
    std::uint32_t end = 0;
    while (end < w.size() && !ends_at(end)) ++end;
    // The first line that is numbered like a heading or a paragraph belongs to the text.
    const std::uint32_t from = x_title == Work::none ? (x_first_heading == Work::none ? 0 : x_first_heading + 1) : w.extent(x_title).last + 1;
    for (std::uint32_t i = from; i < end; ++i)
      if (numbered(i)) end = i;
    if (end > from && end < w.size()) end = with_heading_above(from, end);
    return end == w.size() && x_title == Work::none && x_first_heading == Work::none ? 0 : end;
  }

 private:
  Work& w;
  std::uint32_t x_title = Work::none, x_first_heading = Work::none;

  bool below_title(std::uint32_t i) const { return i > w.extent(x_title).last && w.line(i).block != w.line(x_title).block; }

  /// A heading by its format, or in the manner of plain text: underlined, or with hashes before it.
  bool heading(std::uint32_t i) const {
    if (w.line(i).kind != LineKind::text) return false;
    if (w.line(i).look.heading > 0 || underlined(w, i)) return true;
    const std::string_view text = w.text(i);
    const std::size_t hashes = std::min(text.find_first_not_of('#'), text.size());
    return hashes > 0 && hashes < 7 && hashes < text.size() && text[hashes] == ' ';
  }

  /// A date opens the line or stands beside a place: no number of a heading, no sentence.
  bool dated(std::uint32_t i) const {
    const Facts& f = w.facts[i];
    if (f.digits == 0 || f.words > 20) return false;
    std::vector<Match> found;
    w.matcher.match_inline(w.text(i), zone_header, found);
    for (const Match& m : found)
      if (m.rule->emit == Emit::date) return m.whole.begin == 0 || (!w.labelled(i) && (m.whole.begin < 12 || f.titled * 3 >= f.long_words * 2));
    return false;
  }

  /// "A house, Lindhaven, Ruritania."
  bool placed(std::uint32_t i) const {
    if (w.facts[i].words > 14) return false;
    std::string_view text = w.text(i);
    while (!text.empty() && (text.back() == '.' || text.back() == ')')) text.remove_suffix(1);
    const std::size_t comma = text.rfind(',');
    if (comma == std::string_view::npos || comma + 2 >= text.size()) return false;
    return w.grammar.party(text.substr(comma + 2)) || w.grammar.look_up("place", text.substr(comma + 2));
  }

  /// Where the date stands that is the first thing found in a heading of a few words; empty where none is.
  Span leading_date(std::uint32_t i, std::uint32_t most_words) const {
    if (w.facts[i].digits == 0 || w.facts[i].words > most_words) return {};
    std::vector<Match> found;
    w.matcher.match_inline(w.text(i), zone_header, found);
    return !found.empty() && found[0].rule->emit == Emit::date ? found[0].whole : Span{};
  }

  /// A heading that is nothing but a date ("29 January 2015" below the title).
  bool date_alone(std::uint32_t i) const {
    const Span date = leading_date(i, 6);
    return !date.empty() && date.size() + 5 >= w.text(i).size();  // "den", "du"
  }

  bool begins_with_date(std::uint32_t i) const {
    const Span date = leading_date(i, 12);
    return !date.empty() && date.begin == 0;
  }

  /// Several meetings in one file: each has its date for a heading.
  bool one_of_several_dates(std::uint32_t i) const {
    for (std::uint32_t j = i + 1; j < w.size(); ++j)
      if (w.line(j).look.heading == w.line(i).look.heading && date_alone(j) && w.text(j) != w.text(i)) return true;
    return false;
  }

  bool header_rule(std::uint32_t i) const {
    return std::any_of(w.fields_of(i).begin(), w.fields_of(i).end(), [](const Match& m) { return m.rule->emit != Emit::organization; });
  }

  /// Words below the title that read like the text's, short though they are.
  bool speaks_below_title(std::uint32_t i) const {
    const Facts& f = w.facts[i];
    const Look& look = w.line(i).look;
    return x_title != Work::none && below_title(i) && f.words >= 5 && !f.mostly_capitals() && f.digits == 0 && !look.bold && look.heading == 0 &&
           !joins_on(last_word(w.text(i))) && w.line(i).kind != LineKind::table_row && !header_rule(i) && f.end != LineEnd::open && !placed(i) && !keyed_field(i);
  }

  /// "AGENDA" below the title, its items below.
  bool opens_agenda(std::uint32_t i) const {
    if (x_title == Work::none || !below_title(i)) return false;
    if (names_agenda(x_title) && w.line(i).kind == LineKind::table_row) return true;
    const std::uint32_t next = w.after(i);
    return names_agenda(i) && next != Work::none && (w.labelled(next) || w.line(next).kind == LineKind::table_row);
  }

  /// "THURSDAY, OCTOBER 9" right above "Opening session": a part of the minutes; the date of the meeting stands alone.
  bool opens_sitting(std::uint32_t i) const {
    if (x_title == Work::none || !below_title(i) || !w.names_part(i)) return false;
    const std::uint32_t next = w.after(i);
    return next != Work::none && (w.names_part(next) || w.prose(next));
  }

  bool names_agenda(std::uint32_t i) const {
    return w.facts[i].words <= 16 && w.heads_agenda(i);
  }

  /// "title: Minutes of ..." in the front matter of a file.
  bool keyed_title(std::uint32_t i) const {
    const std::optional<Key> key = w.line(i).look.indent == 0 ? key_of(w, w.text(i)) : std::nullopt;
    return key && key->kind == "docTitle";
  }

  bool of_file(std::uint32_t title) const { return title != Work::none && w.line(title).kind == LineKind::code; }

  /// The one heading of the first level heads the text as a whole, whatever the front matter of its file says besides.
  bool only_first_level(std::uint32_t i) const {
    if (w.line(i).look.heading != 1) return false;
    for (std::uint32_t j = 0; j < w.size(); ++j)
      if (j != i && w.line(j).look.heading == 1) return false;
    return true;
  }

  /// "Place: at the town hall, ...": a field, long as it may be.
  bool keyed_field(std::uint32_t i) const {
    const std::optional<Key> key = w.facts[i].words <= 40 ? key_of(w, w.text(i)) : std::nullopt;
    return key && key->kind != "docTitle";
  }

  bool ends_at(std::uint32_t i) {
    const Claim claim = w.plans[i].claim;
    const LineKind kind = w.line(i).kind;
    if (claim == Claim::contents_head || claim == Claim::annex) return true;
    if (claim != Claim::text || kind == LineKind::rule) return false;
    if (kind == LineKind::code && x_title == Work::none && keyed_title(i)) x_title = i;
    const bool names_title = w.proposal(i, Emit::docTitle) != nullptr;
    // A title goes on below "Report on the", long as it may be.
    if (i > 0 && x_title != Work::none && i == w.extent(x_title).last + 1 && joins_on(last_word(w.text(i - 1)))) return false;
    if (kind == LineKind::text && w.prose(i) && !names_title && !w.proposal(i, Emit::docType) && !dated(i) && !keyed_field(i)) return true;
    if (!names_title && (speaks_below_title(i) || opens_agenda(i) || opens_sitting(i))) return true;
    // An agenda that is no part of minutes has no other title.
    if (x_title == Work::none && (names_title || (i > 0 && names_agenda(i) && w.facts[i].mostly_capitals() && w.line(i).look.bold))) x_title = i;
    if (of_file(x_title) && x_first_heading == Work::none && heading(i) && (names_title || only_first_level(i) || begins_with_date(i))) return x_first_heading = i, false;
    if (!heading(i) || keyed_field(i) || (date_alone(i) && !(w.line(i).look.heading > 0 && one_of_several_dates(i)))) return false;
    if (x_first_heading == Work::none) {
      x_first_heading = i;
      return x_title != Work::none && x_title != i && below_title(i) && !header_below(i);
    }
    return (x_title != Work::none ? below_title(i) : i > x_first_heading) && !header_below(i);
  }

  /// A masthead may have several headings; then a field follows, before any prose.
  bool header_below(std::uint32_t i) const {
    for (std::uint32_t j = i; j < std::min(w.size(), i + 8) && !(j > i && w.prose(j)); ++j)
      if (w.proposal(j, Emit::docNumber) || (x_title == Work::none && w.proposal(j, Emit::docTitle))) return true;
    return false;
  }

  bool field(std::uint32_t i) const {
    return w.proposal(i, Emit::docNumber) || w.proposal(i, Emit::docTitle) || w.proposal(i, Emit::distribution) || w.proposal(i, Emit::session);
  }

  /// "1" on a line of its own, and a sentence below it.
  bool numbers_what_follows(std::uint32_t i) const {
    if (!w.plans[i].free() || !w.lone_number(i)) return false;
    const std::uint32_t next = w.after(i);
    return next != Work::none && w.facts[next].starts_upper && w.may_be_numbered_text(next) && !dated(next);
  }

  bool numbered(std::uint32_t i) const {
    if (numbers_what_follows(i)) return true;
    if (!w.plans[i].free() || w.facts[i].letters == 0 || w.facts[i].words < 2) return false;
    if (of_file(x_title) && only_first_level(i)) return false;
    bool labelled = false, named = false;
    for (const Match& m : w.matches_of(i)) {
      labelled |= m.rule->counts && (m.rule->emit == Emit::section || m.rule->emit == Emit::paragraph);
      named |= m.rule->emit == Emit::section && !m.rule->type.empty();
    }
    if (!labelled || field(i) || dated(i) || placed(i)) return false;
    if (named && x_title != Work::none && i == w.extent(x_title).last + 1 && w.line(i).block == w.line(x_title).block) return false;  // "Part Two" of the report
    for (std::uint32_t j = i + 1; named && x_title == Work::none && j < std::min(w.size(), i + 7); ++j)
      if (!w.is_furniture(j) && (w.proposal(j, Emit::docNumber) || w.proposal(j, Emit::distribution) || w.proposal(j, Emit::docTitle) || w.proposal(j, Emit::docType))) return false;
    return true;
  }

  /// A short line of its own right above the first prose is that text's heading.
  std::uint32_t with_heading_above(std::uint32_t from, std::uint32_t end) const {
    const std::uint32_t above = w.before(end);
    if (above == Work::none || above < from || !w.plans[above].free() || w.line(above).kind != LineKind::text) return end;
    const Facts& f = w.facts[above];
    const bool announces = f.end == LineEnd::colon && w.line(above).look.bold;  // "Agenda:" in bold
    if (placed(above) || f.words > 8 || f.digits > 0 || (f.end != LineEnd::open && !announces) || !f.starts_upper) return end;
    const bool begins_text = x_title == Work::none && w.before(above) == Work::none && w.names_part(above);  // a part of a report, without its masthead
    if (f.mostly_capitals() && !begins_text && (x_title == Work::none || above <= w.extent(x_title).last + 1)) return end;
    const std::uint32_t higher = w.before(above);
    if (higher != Work::none && joins_on(last_word(w.text(higher)))) return end;
    for (const Match& m : w.fields_of(above))
      if ((m.rule->emit != Emit::docTitle || f.words > 2) && m.rule->emit != Emit::organization) return end;
    return x_title == Work::none || w.line(above).block != w.line(x_title).block ? above : end;
  }
};

}  // namespace

void find_header_end(Work& work) { work.header_end = HeaderEnd(work).find(); }

}  // namespace rapporteur
