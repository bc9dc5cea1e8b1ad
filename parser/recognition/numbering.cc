// Stage recognition: from lines that begin with a label to numbered paragraphs, numbered headings and list items.
//
// For each such line this pass weighs what the line itself says (does it read as a heading, as a sentence, as an item of
// a list that was just announced?), hands all of them to the numbering solver, and writes down what it chose.

#include <algorithm>
#include <cstring>
#include <string>
#include <unordered_set>
#include <utility>

#include "recognition/chains.h"
#include "recognition/flat_index.h"
#include "recognition/work.h"
#include "text/labels.h"

namespace rapporteur {

namespace {

/// What a line proposes, rule by rule.
struct Proposal {
  NumberCandidate candidate;
  const Match* paragraph = nullptr;
  const Match* section = nullptr;
  const Match* list = nullptr;
  std::vector<Evidence> why_paragraph, why_section, why_list;
  Work::Extent extent;
};

/// Log odds with their reasons.
class Weight {
 public:
  explicit Weight(std::vector<Evidence>* sink) : x_sink(sink) {}
  void add(float weight, const char* why) {
    x_sum += weight;
    if (x_sink && weight != 0) x_sink->push_back({why, weight});
  }
  float sum() const { return x_sum; }

 private:
  float x_sum = 0;
  std::vector<Evidence>* x_sink;
};

Capture counted(const Match& match) { return match.rule->counts.value_or(Capture::number); }

const Match* best(const Match* a, const Match* b) { return !a || b->rule->weight > a->rule->weight ? b : a; }

/// "(Agenda item 3)" stands below the line, among its further lines, or at its very end.
bool agenda_mark_at(Work& work, std::uint32_t i, std::uint32_t last, std::uint32_t next) {
  for (std::uint32_t j = i + 1; j <= last; ++j)
    if (work.proposal(j, Emit::sectionMark)) return true;
  if (next != Work::none && work.proposal(next, Emit::sectionMark)) return true;
  const std::string_view text = work.text(last);
  const std::size_t open = text.ends_with(')') ? text.find('(') : std::string_view::npos;
  if (open == std::string_view::npos) return false;
  std::vector<Match> found;
  work.matcher.match_block(text.substr(open), zone_any, found);
  return std::any_of(found.begin(), found.end(), [](const Match& m) { return m.rule->emit == Emit::sectionMark; });
}

/// How much a line looks like a heading. `after_label` says of its words what facts say of the line.
float heading_look(Work& work, std::uint32_t i, const Work::Extent& extent, const Facts& words, bool named, std::vector<Evidence>* why) {
  Weight w(why);
  const Line& line = work.line(i);
  if (line.look.heading > 0) w.add(4.0f, "is marked up as a heading");
  if (line.look.bold) w.add(1.8f, "is bold");
  if (line.look.centred) w.add(0.8f, "is centred");
  if (extent.words <= 12) w.add(0.7f, "is short");
  else if (extent.words > 60) w.add(-6.0f, "is far too long for a heading");
  else if (extent.words > 32) w.add(-3.5f, "is too long for a heading");
  else if (extent.words > 22) w.add(-1.2f, "is long for a heading");
  if (extent.capitals && words.letters >= 4) w.add(2.5f, "is in capitals");
  else if (words.long_words >= 2 && words.titled * 10 >= words.long_words * 8) w.add(0.9f, "its words begin with capitals");
  switch (extent.end) {
    case LineEnd::sentence: w.add(extent.words <= 6 ? -0.6f : extent.words <= 14 || extent.capitals ? -1.6f : -2.6f, "ends like a sentence"); break;
    case LineEnd::colon: w.add(extent.words <= 8 ? -0.2f : -1.2f, "ends in a colon"); break;
    case LineEnd::semicolon: w.add(-1.8f, "ends in a semicolon"); break;
    case LineEnd::comma: w.add(-2.5f, "ends in a comma"); break;
    case LineEnd::hyphen: w.add(-1.5f, "ends in a hyphen"); break;
    case LineEnd::open: w.add(0.8f, "does not end like a sentence"); break;
  }
  if (words.starts_lower) w.add(-2.0f, "begins in lower case");
  if (const Match* list = extent.end == LineEnd::colon ? work.proposal(i, Emit::agendaList) : nullptr; list && list->rule->type == "sentence") w.add(-2.0f, "announces the agenda in a sentence");
  const std::uint32_t next = work.after(extent.last);
  if (extent.end == LineEnd::open && extent.words > 12 && next != Work::none && work.facts[next].starts_lower && !work.labelled(next)) w.add(-3.0f, "its sentence goes on behind the end of the page");
  if (agenda_mark_at(work, i, extent.last, next)) w.add(3.5f, "an agenda mark belongs to it");
  if (next != Work::none && extent.words <= 30) {
    const bool paragraph = work.proposal(next, Emit::paragraph) != nullptr;
    if (work.prose(next) && (paragraph || !work.labelled(next))) w.add(1.3f, "prose stands below it");
  }
  if (!named && words.letters == 0 && extent.words <= 2) w.add(-1.5f, "has no words");
  return w.sum();
}

float list_look(const Work&, const Work::Extent& extent, const Facts& words, std::vector<Evidence>* why) {
  Weight w(why);
  if (extent.end == LineEnd::semicolon || extent.end == LineEnd::comma) w.add(extent.words <= 15 || words.starts_lower ? 1.6f : 0.4f, "ends like an item of a list");
  if (words.starts_lower) w.add(1.2f, "begins in lower case");
  if (extent.words <= 25 && extent.end == LineEnd::open) w.add(0.3f, "is short, without a stop");
  if (extent.words > 60) w.add(-0.3f, "is long for an item");
  return w.sum();
}

/// Facts about the words behind the label, and where the label stands alone on its line, about the line below.
Facts words_behind(const Work& work, std::uint32_t i, const Match& match) {
  const std::string_view text = work.text(i);
  const Span number = match.span(counted(match));
  std::size_t at = number.end;
  while (at < text.size() && (text[at] == ')' || text[at] == ']' || text[at] == '.' || text[at] == ' ' || text[at] == '\t' || text[at] == ':')) ++at;
  Facts facts = facts_behind(work.facts[i], text, at);
  if (facts.words == 0 && i + 1 < work.size() && work.line(i + 1).block == work.line(i).block) facts = work.facts[i + 1];
  return facts;
}

/// Where the last sentence of a line begins; 0 where the line holds no other.
std::size_t last_sentence(std::string_view text) {
  std::size_t size = text.empty() ? 0 : text.size() - 1;  // nothing stands behind the last sign
  while (const void* const found = ::memrchr(text.data(), '.', size)) {
    size = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    if (size == 0) break;
    if (const std::size_t begin = text[size + 1] == ' ' ? sentence_behind(text, size, 3) : std::string_view::npos; begin != std::string_view::npos) return begin;
  }
  return 0;
}

/// The sentence itself announces an agenda, not one before it: "... the agenda was adopted. The documents are listed below."
bool announces_agenda(Work& work, std::string_view sentence) {
  std::vector<Match> found;
  work.matcher.match_block(sentence, zone_any, found);
  return std::any_of(found.begin(), found.end(), [](const Match& m) { return m.rule->emit == Emit::agendaList; });
}

/// Whether the words before a line announce a list, and an agenda among lists.
void note_announcement(Work& work, std::uint32_t i, NumberCandidate& c) {
  const std::uint32_t before = work.before(i);
  if (before == Work::none) return;
  const Match* heading = work.proposal(before, Emit::section);
  c.announced = work.facts[before].end == LineEnd::colon && !(heading && !heading->rule->counts);
  const Match* formula = work.proposal(before, Emit::none);
  const Match* clause = work.proposal(i, Emit::none);
  c.behind_preamble = clause && clause->rule->type == "operative" && work.facts[before].end == LineEnd::comma;
  c.operative = c.behind_preamble || (formula && formula->rule->type == "clause");
  if (heading && heading->rule->type == "agendaItem") return;  // "Item 1. Opening, and adoption of the agenda" heads what follows
  // A long paragraph that ends as a sentence has said what it has to say.
  if (work.facts[before].end == LineEnd::sentence && work.facts[before].words > 40) return;
  // The announcing sentence may wrap: its lines are asked back to where it begins.
  for (std::uint32_t j = before, steps = 0; steps < 5 && !work.proposal(j, Emit::sectionMark); --j, ++steps) {
    const std::size_t sentence = c.announced ? 0 : last_sentence(work.text(j));
    if (work.proposal(j, Emit::agendaList) && (sentence == 0 || announces_agenda(work, work.text(j).substr(sentence)))) c.agenda_announced = true;
    if (j == 0 || sentence > 0 || work.line(j - 1).block != work.line(before).block || work.labelled(j) || work.facts[j - 1].end == LineEnd::sentence) break;
  }
  c.announced |= c.agenda_announced;
}

/// A heading without a number is looked for only later; where prose starts again at 1 below a line that reads like one,
/// it tells as much as a numbered heading would.
bool headed(const Work& work, const Proposal& p, std::uint32_t i) {
  if (p.extent.words < 15 || p.extent.end != LineEnd::sentence) return false;
  const std::uint32_t above = work.before(i);
  if (above == Work::none || !work.plans[above].free() || work.labelled(above) || work.mid_sentence(above)) return false;
  const Facts& f = work.facts[above];
  const bool own_line = !work.manner.wrapped || work.line(above).block != work.line(i).block;
  return own_line && f.end == LineEnd::open && f.starts_upper && f.words >= 1 && f.words <= 16;
}

/// A line in capitals, in bold or marked up as a heading stands right above a numbered sentence.
bool under_heading(const Work& work, const Proposal& p, std::uint32_t i) {
  if (p.extent.words < 4 || (p.extent.end != LineEnd::sentence && p.extent.end != LineEnd::colon)) return false;
  const std::uint32_t above = work.before(i);
  if (above == Work::none || !work.plans[above].free() || work.labelled(above) || work.line(above).block == work.line(i).block) return false;
  const Facts& f = work.facts[above];
  const Look& look = work.line(above).look;
  return f.words <= 14 && f.letters >= 4 && f.end == LineEnd::open && (look.heading > 0 || look.bold || f.mostly_capitals());
}

bool has_columns(const Work& work, std::uint32_t i) {
  if (!work.facts[i].gaps) return false;
  const std::string_view text = work.text(i);
  const std::size_t words = text.find_first_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
  if (words == std::string_view::npos) return false;
  const std::size_t gap = text.find("   ", words);
  return gap != std::string_view::npos && text.find_first_not_of(' ', gap) != std::string_view::npos;
}

/// The nearest line above that is bold and no row itself has columns: the head of a table that the line is a row of.
bool below_table_head(const Work& work, std::uint32_t i) {
  for (std::uint32_t j = i, steps = 0; has_columns(work, i) && j-- > 0 && steps < 80; ++steps)
    if (work.line(j).look.bold && !(work.labelled(j) && has_columns(work, j))) return has_columns(work, j);
  return false;
}

/// The line has columns, and so has a line near it: a table without rules. Its rows may take several lines.
bool in_table(const Work& work, std::uint32_t i) {
  if (!has_columns(work, i)) return false;
  const std::uint32_t last = std::min(work.size() - 1, i + 4);
  for (std::uint32_t j = i < 4 ? 0 : i - 4; j <= last; ++j)
    if (j != i && has_columns(work, j)) return true;
  return false;
}

/// "D. Bergson", "D. Pedro Marín Vega": one capital with a stop and words that may be a name.
bool may_be_initial(const Work& work, std::uint32_t i, const Match& section, const Facts& words) {
  const Span number = section.span(counted(section));
  const std::string_view text = work.text(i);
  const bool capital = number.size() == 1 && text[number.begin] >= 'A' && text[number.begin] <= 'Z' && number.end < text.size() && text[number.end] == '.';
  return capital && !work.line(i).look.bold && work.line(i).look.heading == 0 && (words.words <= 2 || (words.words <= 4 && words.capitals == words.words)) && words.starts_upper && !words.mostly_capitals() && words.end == LineEnd::open;
}

void weigh(Work& work, Proposal& p, std::uint32_t i) {
  NumberCandidate& c = p.candidate;
  const bool explain = work.options.explain;
  const Match& shown = p.paragraph ? *p.paragraph : p.section ? *p.section : *p.list;
  const bool named = p.section && !p.section->rule->type.empty();
  const Facts words = named ? facts_of(p.section->text(Capture::title, work.text(i))) : words_behind(work, i, shown);
  const float title = heading_look(work, i, p.extent, words, named, explain ? &p.why_section : nullptr);
  note_announcement(work, i, c);
  const bool middle = work.mid_sentence(i) && !c.operative;  // a resolution is one sentence: "Recalling ...," 1. "Decides ...;"
  const bool table = work.line(i).look.quote_depth > 0;
  c.text = 0;
  if (p.paragraph) {
    Weight w(explain ? &p.why_paragraph : nullptr);
    w.add(p.paragraph->rule->log_odds, "the rule's own weight");
    w.add(std::clamp(-0.5f * title, -2.5f, 1.0f), "reads more or less as a sentence");
    if (words.starts_lower) w.add(-1.5f, "begins in lower case");
    if (c.behind_preamble) w.add(1.0f, "opens the clauses of a resolution");
    else if (p.extent.end == LineEnd::semicolon) w.add(p.extent.words <= 15 || words.starts_lower ? -1.0f : -0.3f, "ends like an item of a list");
    if (middle) w.add(-4.0f, "goes on in the middle of a sentence");
    if (table) w.add(-1.5f, "stands in a quotation");
    if (work.line(i).look.heading > 0) w.add(-3.0f, "is marked up as a heading");
    if (work.lone_number(i) && p.extent.words < 12 && p.extent.end == LineEnd::open) w.add(-3.0f, "no sentence stands below its number");
    c.paragraph = w.sum();
  }
  if (p.section) {
    c.section = p.section->rule->log_odds + title;
    if (middle) c.section -= 4.0f;
    if (may_be_initial(work, i, *p.section, words)) c.section -= words.words <= 2 ? 1.5f : 2.5f;
    if (p.section->rule->type.empty() && p.extent.words > 80) c.section -= 4.0f;
  }
  if (p.list) {
    Weight w(explain ? &p.why_list : nullptr);
    w.add(p.list->rule->log_odds, "the rule's own weight");
    if (c.behind_preamble) w.add(-1.5f, "opens the clauses of a resolution");
    if (c.frame.open == 0 && c.frame.close == 0 && p.extent.end == LineEnd::sentence && p.extent.words >= 8) w.add(-0.9f, "is a sentence behind nothing but a number");
    const float look = list_look(work, p.extent, words, explain ? &p.why_list : nullptr);
    c.list = w.sum() + look + (middle ? -3.0f : 0.0f);
    if (work.line(i).look.heading > 0) c.list -= 4.0f;
  }
  c.headed = headed(work, p, i);
  c.under_heading = under_heading(work, p, i);
  if (in_table(work, i)) {
    c.paragraph -= 3.0f;
    c.section -= 3.0f;
  }
}

bool eligible(const Work& work, std::uint32_t i) {
  const Line& line = work.line(i);
  if (!work.plans[i].free() || line.kind != LineKind::text) return false;
  return i >= work.header_end;
}

/// Where the signs that close a label end; blanks may stand before the first: "7.", "(4 )", "[12]", "3 .".
std::uint32_t end_of_label(std::string_view text, std::uint32_t number_end) {
  constexpr std::string_view kClosing = ")].:";
  std::size_t at = std::min(text.find_first_not_of(' ', number_end), text.size());
  if (at == text.size() || kClosing.find(text[at]) == std::string_view::npos) return number_end;
  while (at < text.size() && kClosing.find(text[at]) != std::string_view::npos) ++at;
  return static_cast<std::uint32_t>(at);
}

/// One candidate a line: the rules that match it, best for each track.
bool propose(Work& work, std::uint32_t i, Proposal& p) {
  for (const Match& match : work.matches_of(i)) {
    if (!match.rule->counts || !match.has(counted(match))) continue;
    switch (match.rule->emit) {
      case Emit::paragraph: p.paragraph = best(p.paragraph, &match); break;
      case Emit::section: p.section = best(p.section, &match); break;
      case Emit::point: p.list = best(p.list, &match); break;
      default: break;
    }
  }
  const Match* named = p.section && !p.section->rule->type.empty() ? p.section : nullptr;
  if (named) p.paragraph = p.list = nullptr;  // "AGENDA ITEM 3" says what it is
  p.candidate.named = named != nullptr;
  if (p.section) {  // "3) (a) Safety" is headed 3(a); that it begins with "3)" says nothing
    const auto cut_short = [&](const Match* m) { return m && m->span(counted(*m)).begin == p.section->span(counted(*p.section)).begin && m->span(counted(*m)).end < p.section->span(counted(*p.section)).end; };
    if (cut_short(p.paragraph)) p.paragraph = nullptr;
    if (cut_short(p.list)) p.list = nullptr;
  }
  if (p.paragraph && work.lone_number(i)) {  // its text must stand below
    const std::uint32_t next = work.after(i);
    if (next == Work::none || (!work.may_be_numbered_text(next) && work.line(next).block != work.line(i).block)) p.paragraph = nullptr;
  }
  const Match* shown = p.paragraph ? p.paragraph : p.section ? p.section : p.list;
  if (!shown) return false;
  const Span number = shown->span(counted(*shown));
  const std::string_view text = work.text(i);
  p.candidate.readings = read_label(text.substr(number.begin, number.end - number.begin));
  if (p.candidate.readings.count == 0) return false;
  p.candidate.line = i;
  p.candidate.frame = frame_of(text.substr(0, number.begin), text.substr(number.end, 3));
  p.candidate.indent = work.line(i).look.indent;
  p.extent = work.extent(i);
  if (p.paragraph && p.extent.words <= 1) {  // the number stands alone, its text in the block below
    const std::uint32_t next = work.after(p.extent.last);
    if (next != Work::none && work.may_be_numbered_text(next) && !work.labelled(next)) {
      const std::uint32_t last = p.extent.last;
      p.extent = work.extent(next);
      p.extent.last = last;
    }
  }
  weigh(work, p, i);
  return true;
}

/// A heading's words and, behind a stop or a dash, what was done: "II. Minutes. Moved and passed.", "VI. Other reports - none".
bool says_more(const Work& work, const Proposal& p) {
  if (p.extent.lines != 1 || !p.section) return false;
  const std::string_view text = work.text(p.candidate.line);
  const std::size_t title = p.section->span(counted(*p.section)).end + 2;
  const auto letter = [&](std::size_t at, char first, char last) { return at < text.size() && text[at] >= first && text[at] <= last; };
  if (p.extent.end == LineEnd::sentence)
    for (std::size_t at = text.find(". ", title); at != std::string_view::npos; at = text.find(". ", at + 2))
      if (letter(at + 2, 'A', 'Z')) return true;
  for (const std::string_view dash : {"- ", "\u2013 ", "\u2014 "})
    if (const std::size_t at = text.find(dash, title); at != std::string_view::npos && letter(at + dash.size(), 'a', 'z')) return true;
  return false;
}

/// Notes what lies between candidates: annexes that open, and whether anything but headings stands there.
/// "I. Approval of the agenda. Moved and passed." / "II. ...": the next number of the same kind right below goes on where
/// the line above left off; nothing was announced.
bool goes_on_from(const NumberCandidate& above, const NumberCandidate& c) {
  if (!(above.frame == c.frame) || above.indent != c.indent) return false;
  for (std::uint8_t a = 0; a < above.readings.count; ++a)
    for (std::uint8_t b = 0; b < c.readings.count; ++b)
      if (above.readings.number[a].system == c.readings.number[b].system && gap_between(above.readings.number[a], c.readings.number[b]) == 0) return true;
  return false;
}

/// The same label, dressed and set like the first of a list.
bool begins_again(const NumberCandidate& first, const NumberCandidate& c) {
  return first.frame == c.frame && first.readings.number[0] == c.readings.number[0] && c.indent <= first.indent;
}

/// Prose, or a sentence below a title, stands below a line in a block of its own: items of a list that is merely given have none.
bool told_below(const Work& work, const Proposal& p) {
  const std::uint32_t below = work.after(p.extent.last);
  if (below == Work::none || !work.begins_block(below) || work.labelled(below)) return false;
  return work.prose(below) || (p.extent.end == LineEnd::open && work.reads_as_text(below) && work.extent(below).end == LineEnd::sentence);
}

/// Lines whose words stood in another line before. Words are compared only where as many letters and digits stood before.
class Repeats {
 public:
  Repeats(const Work& work, std::size_t most) : x_work(work), x_index(most) {}

  bool stood_before(std::uint32_t i) {
    const Facts& f = x_work.facts[i];
    const auto same = [&](std::uint32_t at) { return x_work.facts[x_first[at].line].letters == f.letters && x_work.facts[x_first[at].line].digits == f.digits; };
    const auto fresh = static_cast<std::uint32_t>(x_first.size());
    const std::uint32_t at = x_index.find_or_put(mixed(std::uint64_t{f.letters} << 32 | f.digits), fresh, same);
    if (at == fresh) return x_first.push_back({i}), false;
    First& first = x_first[at];
    if (!std::exchange(first.known, true)) x_words.insert(words_key(x_work.text(first.line)));
    return !x_words.insert(words_key(x_work.text(i))).second;
  }

 private:
  const Work& x_work;
  struct First {
    std::uint32_t line;
    bool known = false;  // its words are among those below
  };
  FlatIndex x_index;
  std::vector<First> x_first;  // the first line of so many letters and digits
  std::unordered_set<std::string> x_words;
};

/// "1." right below "1.", as Markdown lets one write lists that it counts itself.
bool numbered_alike(const Work& work, const Proposal& p, const Proposal& above) {
  const NumberCandidate &a = above.candidate, &b = p.candidate;
  const auto in_list = [&](const NumberCandidate& c) { return work.line(c.line).look.list_depth > 0 && work.line(c.line).look.heading == 0; };
  return b.bare && b.line == a.line + 1 && work.line(b.line).look.blank_before == 0 && a.frame == b.frame && a.readings.number[0] == b.readings.number[0] && a.readings.number[0].last() == 1 &&
         above.extent.lines == 1 && above.extent.end != LineEnd::colon && in_list(a) && in_list(b);
}

/// The block that ends at this line is prose without a number. `first` is the first line of the block asked about before: in a
/// block of many lines each is asked about, and it begins where it began.
bool behind_prose(const Work& work, std::uint32_t last, std::uint32_t& first) {
  if (last == Work::none || !work.plans[last].free()) return false;
  if (work.line(first).block != work.line(last).block) first = last;
  while (first > 0 && work.line(first - 1).block == work.line(last).block) --first;
  return !work.labelled(first) && work.prose(first);
}

void note_neighbours(Work& work, std::vector<Proposal>& proposals) {
  Proposal* above = nullptr;
  bool alike = false;  // the one above has the number of the one before it
  std::uint32_t last_end = Work::none;
  std::uint32_t annex_before = 0;
  std::vector<std::uint32_t> annexes;
  bool agenda_annex = false;
  std::uint32_t agenda_heading = Work::none;  // a heading that says "Agenda" and has nothing but items below it
  const NumberCandidate* agenda_first = nullptr;  // the first of these items: where its label comes back, the items are dealt with
  std::uint32_t asked = 0, block_before = 0;
  for (std::uint32_t i = 0; i < work.size(); ++i)
    if (work.plans[i].claim == Claim::annex) annexes.push_back(i);
  Repeats repeats(work, proposals.size());  // of the lines above that could be headings
  std::size_t next_annex = 0;
  for (Proposal& p : proposals) {
    NumberCandidate& c = p.candidate;
    bool opened = false;
    while (next_annex < annexes.size() && annexes[next_annex] < c.line) {
      opened = true;
      annex_before = annexes[next_annex++];
      agenda_annex = false;
      for (std::uint32_t t = annex_before; t < c.line && t <= annex_before + 6; ++t)
        if (t == annex_before || work.plans[t].claim == Claim::more_title) {
          const std::string_view title = work.text(t);
          std::vector<Match> found;
          work.matcher.match_block(title.substr(std::min<std::size_t>(title.size(), t == annex_before ? work.plans[t].title.begin : 0)), zone_any, found);
          for (const Match& m : found) agenda_annex |= m.rule->emit == Emit::agendaList && m.rule->type == "heading";
        }
    }
    c.fresh = opened;
    if (agenda_annex) {  // an annex that is the agenda holds a list
      c.list += 3.0f;
      c.paragraph -= 3.0f;
      c.section -= 2.0f;
    }
    for (; asked < c.line; ++asked)
      if (agenda_heading != Work::none && work.prose(asked) && work.extent(asked).words > 60) agenda_heading = Work::none;
      else if (work.plans[asked].free() && work.facts[asked].words <= 16)
        if (work.heads_agenda(asked) && work.line(asked).look.heading == 0) {
          agenda_heading = asked;
          agenda_first = nullptr;
        }
    if (agenda_heading != Work::none && (opened || p.extent.words > 60 || told_below(work, p) || (agenda_first && begins_again(*agenda_first, c)))) agenda_heading = Work::none;
    if (agenda_heading != Work::none && !agenda_first && c.readings.number[0].last() > 1) agenda_heading = Work::none;  // an agenda begins at 1
    if (agenda_heading != Work::none && !agenda_first) agenda_first = &c;
    if (agenda_heading != Work::none && !agenda_annex && (!p.section || p.section->rule->type.empty())) {
      c.list += 2.0f;
      c.paragraph -= 2.0f;
      c.section -= 2.5f;
    }
    if (p.section && p.extent.words >= 4 && repeats.stood_before(c.line)) c.again = true;
    const std::uint32_t before = work.before(c.line);
    c.behind_prose = behind_prose(work, before, block_before);
    c.bare = last_end != Work::none && before == last_end && !opened;
    c.told = c.bare && above && says_more(work, *above);
    if (c.agenda_announced && above && before == above->extent.last && work.facts[before].end != LineEnd::colon && goes_on_from(above->candidate, c))
      c.announced = c.agenda_announced = false;
    if (above && numbered_alike(work, p, *above)) {
      constexpr float kAlike = 3;
      for (NumberCandidate* item : {&c, alike ? nullptr : &above->candidate})
        if (item) item->paragraph -= kAlike, item->section -= kAlike, item->list += kAlike;
      alike = true;
    } else alike = false;
    above = &p;
    last_end = p.extent.last;
    // A title on the next line belongs to the heading.
    if (p.section && p.section->text(Capture::title, work.text(c.line)).empty() && !p.section->rule->type.empty()) {
      const std::uint32_t next = work.after(p.extent.last);
      if (next != Work::none && !work.labelled(next) && !work.prose(next)) last_end = work.extent(next).last;
    }
  }
}

/// Labels that follow one another right below an announcement are items of a list, even where they say what they are
/// ("adopted the following: IX-1 Minerals, IX-2 Seals"): headings have text between them.
void note_listed(std::vector<Proposal>& proposals) {
  bool listed = false;
  for (std::size_t k = 0; k < proposals.size(); ++k) {
    NumberCandidate& c = proposals[k].candidate;
    const auto alike = [&](std::size_t other) { return proposals[other].candidate.frame == c.frame; };
    listed = (listed && c.bare && alike(k - 1)) || (c.announced && k + 1 < proposals.size() && proposals[k + 1].candidate.bare && alike(k + 1));
    if (listed) c.section -= c.named ? 8.0f : 2.0f;
  }
}

const char* track_name(Track track) {
  switch (track) {
    case Track::paragraph: return "paragraph ";
    case Track::section: return "heading ";
    case Track::list: return "list item ";
    case Track::text: return "text";
  }
  return "text";
}

const Match* match_for(const Proposal& p, Track track) {
  return track == Track::paragraph ? p.paragraph : track == Track::section ? p.section : track == Track::list ? p.list : nullptr;
}

Candidate candidate_for(const Proposal& p, Track track, std::string_view label, const std::vector<Evidence>& chain) {
  static constexpr Role kRoles[] = {Role::text, Role::paragraph, Role::section, Role::point};
  Candidate out;
  out.role = kRoles[static_cast<int>(track)];
  if (const Match* match = match_for(p, track)) out.rule = match->rule->index;
  out.reading = track_name(track) + (track == Track::text ? std::string() : std::string(label));
  const auto& own = track == Track::paragraph ? p.why_paragraph : track == Track::section ? p.why_section : p.why_list;
  if (track != Track::text) out.evidence = own;
  out.evidence.insert(out.evidence.end(), chain.begin(), chain.end());
  for (const Evidence& e : out.evidence) out.score += e.weight;
  return out;
}

/// Confidence from the margin, flattened: calibrated on scored reports.
float confidence_of(const NumberChoice& choice) {
  const float slope = choice.track == Track::section ? 0.55f : 0.75f;
  return std::clamp(probability(slope * choice.margin + 0.6f), 0.05f, 0.995f);
}

void write_down(Work& work, const Proposal& p, const NumberChoice& choice, const ChainTrace* trace) {
  const std::uint32_t i = p.candidate.line;
  LinePlan& plan = work.plans[i];
  const Match* match = match_for(p, choice.track);
  const std::string_view text = work.text(i);
  if (trace) {
    const Match& shown = match ? *match : p.paragraph ? *p.paragraph : p.section ? *p.section : *p.list;
    const std::string_view label = shown.text(counted(shown), text);
    Decision decision{i, candidate_for(p, choice.track, label, trace->chosen), {candidate_for(p, choice.runner_up, label, trace->other)}, confidence_of(choice)};
    plan.decision = static_cast<std::uint32_t>(work.decisions.size());
    work.decisions.push_back(std::move(decision));
  }
  if (!match) return;
  const Span number = match->span(counted(*match));
  plan.rule = match->rule;
  plan.confidence = confidence_of(choice);
  plan.depth = choice.level;
  plan.starts_chain = choice.starts;
  plan.label = {0, end_of_label(text, number.end)};
  const std::string label = normalise_label(text.substr(number.begin, number.end - number.begin));
  switch (choice.track) {
    case Track::paragraph:
      plan.claim = Claim::paragraph;
      plan.n = label;
      break;
    case Track::list:
      plan.claim = Claim::point;
      plan.n = label;
      break;
    case Track::section: {
      plan.claim = Claim::section;
      plan.type = match->rule->type.empty() ? "heading" : match->rule->type;
      if (plan.type == "agendaItem") {
        plan.agenda = normalise_items(text.substr(number.begin, number.end - number.begin));
      } else plan.n = label;
      plan.title = match->has(Capture::title) ? match->span(Capture::title) : Span{plan.label.end, static_cast<std::uint32_t>(text.size())};
      if (plan.title.begin > plan.label.end) plan.label.end = plan.title.begin;
      break;
    }
    case Track::text: break;
  }
}

}  // namespace

void find_numbering(Work& work) {
  std::vector<Proposal> proposals;
  std::size_t most = 0;
  for (std::uint32_t i = 0; i < work.size(); ++i) most += work.labelled(i);
  proposals.reserve(most);
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    if (!work.labelled(i) || !eligible(work, i)) continue;
    Proposal p;
    if (propose(work, i, p)) proposals.push_back(std::move(p));
  }
  if (proposals.empty()) return;
  note_neighbours(work, proposals);
  note_listed(proposals);
  std::vector<NumberCandidate> candidates;
  candidates.reserve(proposals.size());
  for (const Proposal& p : proposals) candidates.push_back(p.candidate);
  std::vector<ChainTrace> trace;
  const auto choices = solve_numbering(candidates, work.options.explain ? &trace : nullptr);
  for (std::size_t i = 0; i < proposals.size(); ++i)
    if (choices[i].track != Track::paragraph || !below_table_head(work, proposals[i].candidate.line))  // numbered rows stay rows
      write_down(work, proposals[i], choices[i], work.options.explain ? &trace[i] : nullptr);
}

}  // namespace rapporteur
