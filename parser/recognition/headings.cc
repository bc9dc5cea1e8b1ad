// Stage recognition: headings without a number, and the further lines of titles.

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "recognition/agenda_marks.h"
#include "recognition/work.h"

namespace rapporteur {

namespace {

/// "IX. Adjournment. _Motion made and seconded._": where the look changes behind a stop, the title ends.
void run_in_titles(Work& work) {
  for (std::uint32_t i = work.header_end; i < work.size(); ++i) {
    LinePlan& plan = work.plans[i];
    const Line& line = work.line(i);
    if (plan.claim != Claim::section || plan.title.empty() || line.marks.empty() || line.content.size() != line.match.size()) continue;
    for (const Mark& mark : line.marks) {
      const bool look = mark.kind == MarkKind::strong || mark.kind == MarkKind::emph;
      if (!look || mark.begin < plan.title.begin + 4 || mark.end + 2 < line.content.size()) continue;
      const std::size_t last = line.content.find_last_not_of(' ', mark.begin - 1);
      if (last == std::string_view::npos || line.content[last] != '.' || last <= plan.title.begin) continue;
      plan.title.end = static_cast<std::uint32_t>(last + 1);
      plan.run_in = true;
      break;
    }
  }
}

void extend(Work& work, std::uint32_t head, std::uint32_t i) {
  work.plans[i].claim = Claim::more_title;
  work.plans[i].head = head;
  work.plans[i].title = {0, static_cast<std::uint32_t>(work.text(i).size())};
}

/// Further lines of a heading that wraps, and the title of one whose own line has none ("Item 5", title below).
void titles(Work& work, std::uint32_t from, std::uint32_t to) {
  for (std::uint32_t head = from; head < to; ++head) {
    LinePlan& plan = work.plans[head];
    if (plan.claim != Claim::section) continue;
    std::uint32_t i = head, words = work.facts[head].words;
    if (plan.title.empty()) {
      const std::uint32_t next = work.after(head);
      const bool may = next != Work::none && work.plans[next].free() && work.line(next).kind == LineKind::text && !work.labelled(next) && !work.proposal(next, Emit::none) &&
                       !(work.prose(next) && !work.facts[next].mostly_capitals()) && work.facts[next].words <= 30;
      if (!may) continue;
      extend(work, head, next);
      words += work.facts[next].words;
      i = next;
    }
    const bool capitals = work.facts[i].mostly_capitals();
    for (std::uint32_t j = i + 1; j < work.size() && j < head + 12; ++j) {
      const LinePlan& next = work.plans[j];
      const Line& line = work.line(j);
      if (!next.free() || line.kind != LineKind::text || line.block != work.line(j - 1).block || words + work.facts[j].words > 70) break;
      if (line.look.heading != work.line(i).look.heading || (line.look.bold != work.line(i).look.bold)) break;
      if (work.proposal(j, Emit::sectionMark) || (work.labelled(j) && !work.mid_sentence(j))) break;
      const bool same_capitals = capitals && work.facts[j].mostly_capitals();
      const bool goes_on = line.look.broken_before || work.facts[j].starts_lower || work.mid_sentence(j) || work.facts[j - 1].end == LineEnd::hyphen ||
                           work.facts[j - 1].end == LineEnd::comma || joins_on(last_word(work.text(j - 1))) ||
                           (plan.type == "agendaItem" && j == i + 1 && work.facts[i].end == LineEnd::colon && work.facts[j].words <= 8);
      const bool cut = joins_on(last_word(work.text(j - 1)));
      // "FINAL REPORT" / "of the" / "TENTH MEETING": nothing but such words between two lines in capitals.
      const bool joint = capitals && work.facts[j].words <= 3 && work.facts[j].starts_lower && joins_on(last_word(work.text(j))) &&
                         j + 1 < work.size() && work.line(j + 1).block == line.block && work.facts[j + 1].mostly_capitals();
      if (cut || joint) {
        extend(work, head, j);
        words += work.facts[j].words;
        continue;
      }
      if (!same_capitals && (capitals ? true : !goes_on)) break;
      if (!same_capitals && !work.manner.wrapped && !line.look.broken_before && !work.facts[j].starts_lower) break;
      extend(work, head, j);
      words += work.facts[j].words;
    }
    // A title in capitals may go on below a blank line ("REPORT OF THE / MINING GROUP"); nothing but capitals may.
  }
}

bool opens_something(const Work& work, std::uint32_t i) {
  const Claim claim = work.plans[i].claim;
  return claim == Claim::paragraph || claim == Claim::section || claim == Claim::annex;
}

bool tabular(std::string_view text) {
  const std::size_t gap = text.find("   ");
  return gap != std::string_view::npos && gap > 0;
}

/// Its type alone tells a line from the one above.
bool set_off(const Work& work, std::uint32_t i) { return i > 0 && work.line(i).look.bold && !work.line(i - 1).look.bold; }

/// Words that begin near the right margin of the text stand in a column of it, or are a field set to the right.
bool in_right_column(const Work& work, std::uint32_t i) {
  const Look& look = work.line(i).look;
  return !(look.centred && work.begins_block(i)) && look.indent * 10u > work.manner.full_line * 6u;
}

/// "END OF TERMS. NOTHING HERE ...": several sentences, not one title.
/// Abbreviations of three letters end no sentence, except where the whole is one.
bool several_sentences(std::string_view text) {
  const std::size_t shortest = text.ends_with('.') ? 3 : 4;
  for (std::size_t stop = text.find(". "); stop != std::string_view::npos; stop = text.find(". ", stop + 1))
    if (sentence_behind(text, stop, shortest) != std::string_view::npos) return true;
  return false;
}

/// The words of several lines, put together in `joined` where there is more than one.
std::string_view words_of(const Work& work, std::uint32_t first, std::uint32_t last, std::string& joined) {
  if (first == last) return work.text(first);
  joined = work.text(first);
  for (std::uint32_t i = first + 1; i <= last && i < work.size(); ++i) (joined += ' ') += work.text(i);
  return joined;
}

/// "Hedge trimming 235.75", "TOTAL £600.00".
bool ends_in_amount(std::string_view text) {
  const std::size_t size = text.size();
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (size < 5 || !digit(size - 1) || !digit(size - 2) || (text[size - 3] != '.' && text[size - 3] != ',') || !digit(size - 4)) return false;
  const std::size_t begin = text.find_last_of(" \t");
  return begin != std::string_view::npos && text.find_first_of(".,", begin) + 3 >= size - 4;
}

bool open_bracket(std::string_view text) {
  return std::count(text.begin(), text.end(), '(') > std::count(text.begin(), text.end(), ')');
}

/// A date begins within the first bytes of a text.
bool date_within(Work& work, std::string_view text, std::size_t bytes) {
  std::vector<Match> found;
  work.matcher.match_inline(text, zone_header, found);
  return std::any_of(found.begin(), found.end(), [&](const Match& m) { return m.rule->emit == Emit::date && m.whole.begin < bytes; });
}

bool dated(Work& work, std::uint32_t i) { return work.facts[i].digits > 0 && date_within(work, work.text(i), work.text(i).size()); }

/// "Date of convocation: 24 August 2015".
bool key_and_date(Work& work, std::uint32_t i) {
  constexpr std::size_t kShortest = 12, kNear = 12;  // bytes of a date, and before it
  const std::string_view text = work.text(i);
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && colon + kShortest <= text.size() && work.facts[i].digits > 0 && date_within(work, text.substr(colon + 1), kNear);
}

/// "Voting result: 5 in favour", "Decision: the budget is approved": a key of one to three words, and what is said of it. What
/// begins with a capital behind a colon may be a title ("Session: New Moorings"); "Point 2 : budget" numbers its key.
bool key_and_value(std::string_view text) {
  constexpr std::uint32_t kLongestKey = 3;  // words
  const std::size_t colon = text.find(": ");
  if (colon == std::string_view::npos) return false;
  const Facts key = facts_of(text.substr(0, colon)), value = facts_of(text.substr(colon + 2));
  const char first = text[std::min(text.find_first_not_of(' ', colon + 1), text.size() - 1)];
  return key.words <= kLongestKey && key.digits == 0 && (value.starts_lower || (first >= '0' && first <= '9'));
}

bool below_annex_title(const Work& work, std::uint32_t i) {
  const std::uint32_t above = work.before(i);
  if (above == Work::none) return false;
  const LinePlan& plan = work.plans[above];
  return plan.claim == Claim::annex || (plan.claim == Claim::more_title && work.plans[plan.head].claim == Claim::annex);
}

/// "Anna, Ben, C. Voss": names of one to four words between commas, as attendance is told.
bool lists_names(std::string_view text) {
  if (std::count(text.begin(), text.end(), ',') < 2) return false;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    const Facts f = facts_of(text.substr(at, comma - at));
    if (f.words < 1 || f.words > 4 || f.titled != f.long_words || f.digits > 0 || !f.starts_upper) return false;
    at = comma + 1;
  }
  return true;
}

/// Headings 6(ii) and 6(iii): what stands between them is the text of the first, were it one word.
bool numbered_siblings(const Work& work, std::uint32_t before, std::uint32_t next) {
  if (before == Work::none || next == Work::none) return false;
  const LinePlan &above = work.plans[before], &below = work.plans[next];
  return above.claim == Claim::section && below.claim == Claim::section && !above.n.empty() && !below.n.empty() && above.depth == below.depth;
}

/// Log odds for a heading whose words the table of contents has: as an entry, or as the first words of one that goes on
/// (a title of two lines, a title and its author).
float announced(const Work& work, std::uint32_t i) {
  if (work.contents_keys.empty()) return 0;
  const std::string key = words_key(work.text(i));
  const auto entry = work.contents_keys.lower_bound(key);
  if (entry == work.contents_keys.end()) return 0;
  constexpr std::size_t kTelling = 12;  // letters that no other entry begins with by chance
  const float length = key.size() < kTelling ? 0 : std::min(3.0f, static_cast<float>(key.size() - kTelling) / 10);
  return *entry == key ? 4.5f + length : key.size() >= kTelling && entry->starts_with(key) ? 3.0f + length : 0;
}

/// The document marks its headings as its format can. OCR marks those of some pages and not those of others: where most
/// of the numbered ones have no mark, its absence says nothing.
bool marks_headings(const Work& work) {
  std::uint32_t marked = 0, plain = 0;
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    if (work.line(i).look.heading > 0) ++marked;
    else if (work.plans[i].claim == Claim::section && !work.line(i).look.bold) ++plain;
  }
  return marked >= 3 && marked >= plain;
}

/// "The fifth session is planned for the autumn.": a whole sentence, too short for prose.
bool short_sentence(const Work& work, std::uint32_t i) {
  const auto extent = work.extent(i);
  return extent.words >= 5 && extent.end == LineEnd::sentence && work.facts[i].starts_upper && !extent.capitals && work.begins_block(i);
}

/// "Proposed steps:", word for word above list after list: how often each such line stands in the document. Names of
/// speakers come back too, but each of their words begins with a capital.
class Calls {
 public:
  explicit Calls(const Work& work) {
    for (std::uint32_t i = work.header_end; i < work.size(); ++i)
      if (may_call(work, i)) ++x_times[work.text(i)];
  }
  bool has(const Work& work, std::uint32_t i) const {
    constexpr std::uint32_t kComesBack = 3;
    if (!may_call(work, i)) return false;
    const auto found = x_times.find(work.text(i));
    return found != x_times.end() && found->second >= kComesBack;
  }

 private:
  std::unordered_map<std::string_view, std::uint32_t> x_times;

  /// "The group agreed:", "Комитет решил:" say who did something: the words of a call are common ones, without an article.
  static bool tells(std::string_view text) {
    static constexpr std::string_view kArticles[] = {"The ", "El ", "La ", "Le ", "Los ", "Les ", "O ", "A ", "Os "};
    const bool article = std::any_of(std::begin(kArticles), std::end(kArticles), [&](std::string_view word) { return text.starts_with(word); });
    return article || text.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ\xD0\xD1", 1) != std::string_view::npos;
  }

  static bool may_call(const Work& work, std::uint32_t i) {
    const Facts& f = work.facts[i];
    const bool form = f.end == LineEnd::colon && f.words >= 2 && f.words <= 4 && f.starts_upper && f.digits == 0 && f.titled < f.long_words;
    if (!form || work.line(i).kind != LineKind::text || !work.begins_block(i) || tells(work.text(i))) return false;
    const std::uint32_t next = work.after(i), before = work.before(i);
    if (before != Work::none && work.lone_number(before)) return false;  // its text
    return next != Work::none && (work.labelled(next) || work.proposal(next, Emit::point));
  }
};

/// Log odds from which on a line without a label is a heading.
constexpr float kHeading = 0.4f;

/// Log odds that an unlabelled line is a heading. `reach`: the last line, with the lines of its block, that has a say in it.
float heading_score(Work& work, std::uint32_t i, const Calls& calls, std::vector<Evidence>* why, std::uint32_t& reach) {
  float sum = -1.5f;
  const auto add = [&](float weight, const char* reason) {
    sum += weight;
    if (why && weight != 0) why->push_back({reason, weight});
  };
  const Line& line = work.line(i);
  const Facts& f = work.facts[i];
  const auto extent = work.extent(i);
  const std::uint32_t before = work.before(i), next = work.after(extent.last);
  const bool above_prose = next != Work::none && work.prose(next);
  reach = next == Work::none ? Work::none : work.after(next);
  if (line.look.heading > 0) add(6.5f, "is marked up as a heading");
  if (work.marks_headings && line.look.heading == 0 && !line.look.bold) add(extent.capitals ? -1.2f : -2.5f, "other headings are marked up, this line is not");
  if (line.look.bold && extent.words <= 30) add(2.5f, "is bold");
  if (line.look.italic && extent.words <= 20) add(0.8f, "is italic");
  if (line.look.centred) add(0.8f, "is centred");
  if (extent.capitals && f.letters >= 5 && extent.words <= 40) add(2.6f, "is in capitals");
  else if (f.long_words >= 2 && f.titled * 10 >= f.long_words * 8) add(0.6f, "its words begin with capitals");
  if (extent.words <= 10) add(0.6f, "is short");
  else if (extent.words > 40) add(-6.0f, "is far too long");
  else if (extent.words > 25) add(extent.capitals ? -1.2f : -3.5f, "is too long");
  else if (extent.words > 16) add(extent.capitals ? -0.4f : -1.5f, "is long");
  if (work.names_part(i)) add(1.5f, "names a sitting or a part of minutes");
  const bool names_agenda = work.heads_agenda(i) && next != Work::none && work.labelled(next);
  if (names_agenda) add(2.0f, "names the agenda, and its items follow");
  const bool call = calls.has(work, i);
  const float echo = announced(work, i);
  add(echo, "the table of contents announces it");
  switch (extent.end) {
    case LineEnd::sentence: add(echo > 0 ? -0.6f : extent.words <= 3 ? -1.0f : -2.6f, "ends like a sentence"); break;
    case LineEnd::colon: {
      const bool list = next != Work::none && (work.labelled(next) || work.facts[next].starts_lower || work.proposal(next, Emit::point) != nullptr);
      if (list && names_agenda) break;
      if (call) {
        add(1.0f, "comes back word for word above other lists");
        break;
      }
      add(list && !line.look.bold ? -4.0f : f.mostly_capitals() ? -0.4f : extent.words > 4 ? -2.6f : -1.4f, "ends in a colon");
      break;
    }
    case LineEnd::comma:
    case LineEnd::semicolon: add(-4.0f, "ends in the middle"); break;
    case LineEnd::hyphen: add(-2.0f, "ends in a hyphen"); break;
    case LineEnd::open: add(0.5f, "does not end like a sentence"); break;
  }
  if (!f.starts_upper && line.look.heading == 0) add(-3.0f, "does not begin with a capital");
  if (work.manner.spaced) {
    const bool alone = i == 0 || line.look.blank_before > 0 || line.look.page_begins || (before != Work::none && before + 1 != i) ||
                       (work.begins_afresh(i) && next != Work::none && (above_prose || work.line(next).look.blank_before > 0));
    const bool whole = work.manner.unbroken && next != Work::none && (above_prose || work.labelled(next) || work.proposal(next, Emit::point));
    const bool apart = next == Work::none || next != extent.last + 1 || work.line(next).look.blank_before > 0 || whole;
    if (alone && apart) add(work.manner.all_apart && !line.look.bold ? 0.5f : 1.4f, work.manner.all_apart ? "stands alone, as all lines do" : "stands alone between blank lines");
    else if (!alone && !set_off(work, i)) add(-2.5f, "is not set apart from what stands before");
    else if (!extent.capitals && !line.look.bold) add(-1.0f, "is not set apart from what follows");
    if (alone && next == i + 1 && work.fits_above(next) && work.facts[next].starts_upper && above_prose) add(work.document.paged ? 1.6f : 0.8f, "its line stops short of the margin, and prose begins below");
  }
  if (next == Work::none) add(-3.0f, "nothing stands below it");
  else if (work.plans[next].claim == Claim::annex) add(line.look.heading > 0 ? 0.0f : -0.8f, "nothing stands between it and an annex");
  else if (opens_something(work, next)) add(1.6f, "a numbered paragraph or heading follows");
  else if (above_prose || work.speech(next)) add(1.5f, "prose follows");
  else if (work.plans[next].claim == Claim::point || work.line(next).kind == LineKind::table_row || tabular(work.text(next)) || work.proposal(next, Emit::point)) add(0.5f, "a list or table follows");
  else if (f.digits == 0 && short_sentence(work, next)) add(0.0f, "a sentence follows");
  else if (line.look.heading == 0 && echo == 0) add(-1.6f, "only a few words follow");
  if (before != Work::none && work.facts[before].end == LineEnd::colon && line.look.heading == 0) add(-1.6f, "the line before announces something");
  if (before != Work::none && work.facts[before].end == LineEnd::comma && line.look.heading == 0 && !line.look.bold && !extent.capitals)
    add(-2.0f, "the line before is not finished");  // "Respectfully submitted," and a name
  if (before != Work::none && work.plans[before].claim == Claim::point && !extent.capitals && line.look.heading == 0 && !line.look.bold) add(-0.6f, "stands behind a list item");
  if (f.long_words >= 3 && f.titled == f.long_words && std::count(line.match.begin(), line.match.end(), ',') >= 3) add(-2.5f, "is a list of names");
  if (work.proposal(i, Emit::contact)) add(-3.0f, "is an address");
  std::string joined;
  const std::string_view words = line.look.heading == 0 ? words_of(work, i, extent.last, joined) : std::string_view();
  if (open_bracket(words)) add(-2.0f, "opens a bracket that it does not close");
  if (below_annex_title(work, i) && dated(work, i)) add(-4.0f, "tells the date of the paper whose title stands above it");
  if (several_sentences(words)) add(-2.5f, "holds more than one sentence");
  if (line.look.heading > 0 && extent.words > 16 && extent.end == LineEnd::sentence && several_sentences(line.match)) add(-6.0f, "is marked up as a heading, but holds several sentences");
  if (line.look.heading == 0 && work.facts[extent.last].cut) add(-2.5f, "breaks off behind a word that something must follow");
  if (line.look.heading == 0 && f.digits > 2 && ends_in_amount(line.match)) add(-2.5f, "ends in an amount");
  if (line.look.heading == 0 && !extent.capitals && lists_names(work.text(i))) add(-4.0f, "is a list of names");
  if (line.look.heading == 0 && !call) add(-work.speaks(i), "names who speaks, as other lines do");
  if (work.proposal(i, Emit::none)) add(-5.0f, "is a formula that opens nothing");
  if (before != Work::none && line.look.heading == 0 && !line.look.bold && !extent.capitals) {
    const Claim claim = work.plans[before].claim;
    if ((claim == Claim::section || claim == Claim::more_title) && (line.look.blank_before == 0 || !work.manner.spaced)) add(!work.manner.spaced && next != Work::none && opens_something(work, next) ? -0.7f : -2.2f, "stands right below a heading");
    else if (echo == 0 && (claim == Claim::section || claim == Claim::more_title)) add(-1.0f, "has nothing between it and the heading above");
    if (numbered_siblings(work, before, next)) add(-2.5f, "is all that stands between two headings of one chain");
    if (claim == Claim::section && work.text(i).find('(') != std::string_view::npos) add(-0.8f, "has brackets, like the name of a speaker");
  }
  if (tabular(work.text(i))) add(line.look.bold ? -5.0f : -2.5f, "has columns");  // in bold: the head of a table
  if (in_right_column(work, i)) add(-4.0f, "stands in a column at the right");
  const auto short_line = [&](std::uint32_t j) {
    return j != Work::none && work.plans[j].claim != Claim::paragraph && !work.prose(j) && !work.speech(j) && work.facts[j].words <= 24 && work.line(j).kind == LineKind::text &&
           work.plans[j].claim != Claim::mark && work.plans[j].depth == 0;
  };
  const bool run = short_line(before) && short_line(next) && short_line(reach);
  if (run && line.look.heading == 0) add(line.look.bold ? -1.5f : -3.0f, "stands in a run of short lines");
  if (next != Work::none && work.facts[next].starts_lower && work.plans[next].claim != Claim::section && line.look.heading == 0 && !line.look.bold) add(-3.0f, "what follows goes on in lower case");
  if (f.digits * 3 > f.letters) add(f.digits * 2 > f.letters ? -3.0f : -1.5f, "is mostly figures");
  if (work.mid_sentence(i)) add(-3.0f, "goes on in the middle of a sentence");
  if (echo == 0 && !line.match.empty() && (line.match[0] == '"' || line.match.starts_with("“") || line.match[0] == '(' || line.match[0] == '[' || line.match[0] == '*')) add(-2.0f, "begins with a quote or bracket");
  if (line.look.bold && line.match.starts_with("(") && before != Work::none && work.plans[before].claim == Claim::section) add(-2.2f, "is a remark right below a heading");
  if (line.look.quote_depth > 0) add(-1.5f, "stands in a quotation");
  // Asked last, and only where it decides: what a line may be in a masthead is dear.
  if ((why || sum >= kHeading) && work.proposal(i, Emit::docType)) add(-3.0f, "says who submitted a paper");
  if ((why || sum >= kHeading) && line.look.heading == 0 && !line.look.bold && key_and_date(work, i)) add(-4.0f, "is a key and a date");
  else if (line.look.heading == 0 && !line.look.bold && !extent.capitals && echo == 0 && key_and_value(line.match)) add(-2.5f, "is a key and what is said of it");
  return sum;
}

/// "ARGENTINA" above the names of its delegates.
bool names_party(const Work& work, std::uint32_t i) {
  const std::uint32_t next = work.after(i);
  if (work.facts[i].words > 8 || (next != Work::none && (work.prose(next) || opens_something(work, next)))) return false;
  return work.grammar.party(work.text(i), work.year).has_value();
}

/// The lines of an agenda that is merely listed open nothing, until prose, a numbered heading, or a line that looks like
/// the heading of the agenda itself.
class ListedAgenda {
 public:
  bool holds(const Work& work, std::uint32_t i) {
    const LinePlan& plan = work.plans[i];
    if (x_head != Work::none && (work.prose(i) || opens_something(work, i) || alike(work, i))) {
      if (plan.claim != Claim::section || plan.n.size() + plan.agenda.size() > 0 || alike(work, i)) x_head = Work::none;
    }
    if (work.facts[i].words <= 16 && work.heads_agenda(i) && work.line(i).look.heading == 0) {
      x_head = i;
      return false;
    }
    return x_head != Work::none && work.line(i).look.heading == 0;
  }

 private:
  std::uint32_t x_head = Work::none;
  bool alike(const Work& work, std::uint32_t i) const {
    return i != x_head && work.line(i).look.bold && work.line(i).look.bold == work.line(x_head).look.bold &&
           work.facts[i].mostly_capitals() == work.facts[x_head].mostly_capitals() && !work.labelled(i);
  }
};

/// Finds the headings that have no number. Runs twice: that a heading stands right above another is known only when the one
/// below was found. The second time asks again only where that can have changed something.
class Unnumbered {
 public:
  explicit Unnumbered(Work& work) : w(work), x_calls(work), x_reach(work.size(), kNotAsked) {}

  void run() {
    ListedAgenda agenda;
    const std::vector<std::uint32_t> found = std::exchange(x_found, {});
    auto below = found.begin();  // the next of those that the run before has found
    for (std::uint32_t i = w.header_end; i < w.size(); ++i) {
      while (below != found.end() && *below <= i) ++below;
      if (agenda.holds(w, i) || !may_be(i)) continue;
      if (x_reach[i] != kNotAsked && x_found.empty() && !w.options.explain && !(below != found.end() && reaches(i, *below))) continue;
      judge(i);
    }
  }

 private:
  static constexpr std::uint32_t kNotAsked = 0;  // no line reaches up to the first

  Work& w;
  Calls x_calls;
  std::vector<std::uint32_t> x_reach;  // of each line that was asked about
  std::vector<std::uint32_t> x_found;  // in this run

  bool may_be(std::uint32_t i) const {
    const Line& line = w.line(i);
    if (!w.plans[i].free() || line.kind != LineKind::text || w.facts[i].letters < 2) return false;
    if (!w.begins_afresh(i) && w.manner.spaced && line.look.heading == 0 && !set_off(w, i)) return false;
    return !w.proposal(i, Emit::point) || line.look.heading > 0;
  }

  bool reaches(std::uint32_t i, std::uint32_t below) const { return below <= x_reach[i] || w.line(below).block == w.line(x_reach[i]).block; }

  void judge(std::uint32_t i) {
    std::vector<Evidence> why;
    float score = heading_score(w, i, x_calls, w.options.explain ? &why : nullptr, x_reach[i]);
    if (score >= kHeading && w.line(i).look.heading == 0 && names_party(w, i)) {
      score -= 4.5f;
      why.push_back({"is the name of a party, with no prose below it", -4.5f});
    }
    if (score < kHeading - 2.0f && !w.options.explain) return;
    Decision decision{i, {Role::section, no_rule, "heading without a number", score, std::move(why)}, {}, probability(score)};
    if (score < kHeading) {
      if (score > -1.5f) {
        decision.others.push_back(std::move(decision.chosen));
        decision.chosen = {Role::text, no_rule, "text", 0, {}};
        decision.confidence = probability(-score);
        if (w.options.explain) w.decisions.push_back(std::move(decision));
      }
      return;
    }
    LinePlan& plan = w.plans[i];
    plan.claim = Claim::section;
    plan.type = "heading";
    plan.title = {0, static_cast<std::uint32_t>(w.text(i).size())};
    plan.confidence = probability(score);
    if (w.options.explain) {
      plan.decision = static_cast<std::uint32_t>(w.decisions.size());
      w.decisions.push_back(std::move(decision));
    }
    x_found.push_back(i);
    titles(w, i, i + 1);
  }
};

/// Lines of the same words that were taken for headings.
struct Refrain {
  std::uint32_t times = 0, with_text = 0;
  std::vector<std::uint32_t> heads;
};
using Refrains = std::unordered_map<std::string_view, Refrain>;

std::string_view first_two_words(std::string_view text) {
  const std::size_t first = text.find(' ');
  return text.substr(0, first == std::string_view::npos ? first : text.find(' ', first + 1));
}

/// "Moved, seconded, and passed with one abstention.": a short sentence that begins as others do, whatever its type.
template <class Drop>
void drop_formulas(const Work& work, const Refrains& refrains, const Drop& drop) {
  std::unordered_map<std::string_view, std::uint32_t> openings;
  const auto sentence = [&](std::uint32_t i) { return work.facts[i].end == LineEnd::sentence && work.facts[i].words >= 4 && work.facts[i].words <= 16; };
  for (std::uint32_t i = work.header_end; i < work.size(); ++i)
    if (sentence(i)) ++openings[first_two_words(work.text(i))];
  for (const auto& [text, refrain] : refrains)
    if (sentence(refrain.heads[0]) && announced(work, refrain.heads[0]) == 0 && openings[first_two_words(text)] >= 3)
      for (const std::uint32_t head : refrain.heads) drop(head, "is a formula: other sentences begin so");
}

/// What was taken for a heading by its look alone, but comes back word for word with nothing of its own below it, tells
/// what was done each time ("Motion moved and seconded") or is a word of a list.
void drop_refrains(Work& work) {
  Refrains refrains;
  const auto by_look = [&](std::uint32_t i) {
    const LinePlan& plan = work.plans[i];
    return plan.claim == Claim::section && plan.label.empty() && plan.agenda.empty() && !plan.rule && work.line(i).look.heading == 0;
  };
  for (std::uint32_t i = work.header_end; i < work.size(); ++i)
    if (by_look(i)) refrains[work.text(i)].heads.push_back(i);
  if (refrains.empty()) return;
  for (std::uint32_t i = work.header_end; i < work.size(); ++i) {
    if (work.facts[i].words == 0 || work.facts[i].words > 16 || work.line(i).kind != LineKind::text || work.plans[i].claim == Claim::contents_entry) continue;
    const auto found = refrains.find(work.text(i));
    if (found == refrains.end()) continue;
    const std::uint32_t next = work.after(i);
    ++found->second.times;
    if (next == Work::none) continue;
    const Claim below = work.plans[next].claim;
    found->second.with_text += below == Claim::paragraph || below == Claim::point || work.prose(next) || work.speech(next) ||
                               work.line(next).kind == LineKind::table_row || (work.plans[next].free() && work.proposal(next, Emit::point));
  }
  const auto drop = [&](std::uint32_t head, const char* why) {
    const std::uint32_t decision = work.plans[head].decision;
    if (decision < work.decisions.size()) {
      Decision& d = work.decisions[decision];
      d.others.insert(d.others.begin(), std::move(d.chosen));
      d.others.front().evidence.push_back({why, -5.0f});
      d.others.front().score -= 5.0f;
      d.chosen = {Role::text, no_rule, "text", 0, {}};
    }
    work.plans[head] = {};
    for (std::uint32_t j = head + 1; j < work.size() && work.plans[j].claim == Claim::more_title && work.plans[j].head == head; ++j) work.plans[j] = {};
  };
  drop_formulas(work, refrains, drop);
  for (const auto& [text, refrain] : refrains) {
    const Line& line = work.line(refrain.heads[0]);
    const bool sentence = work.facts[refrain.heads[0]].words >= 5 && !line.look.bold && !work.facts[refrain.heads[0]].mostly_capitals();
    const bool stop = work.facts[refrain.heads[0]].end == LineEnd::sentence;  // "No questions."
    if (refrain.times < (sentence ? 2u : stop ? 3u : 4u) || refrain.with_text * 2 >= refrain.times) continue;
    for (const std::uint32_t head : refrain.heads)
      if (work.plans[head].claim == Claim::section) drop(head, "comes back word for word");
  }
}

}  // namespace

void find_headings(Work& work) {
  work.note_speakers();
  work.marks_headings = marks_headings(work);
  titles(work, 0, work.size());
  agenda_marks(work);
  Unnumbered headings(work);
  headings.run();
  headings.run();
  drop_refrains(work);
  trailing_marks(work);
  run_in_titles(work);
}

}  // namespace rapporteur
