// Stage recognition: tables of contents. Their lines repeat the headings and must open nothing.
//
// A contents list begins at a heading that says so and ends where the running text begins: at the first line that
// repeats the words of an entry (the heading that the entry announced), or at the first prose.

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "recognition/work.h"

namespace rapporteur {

namespace {

/// An entry's words without its label and its page number.
std::string entry_key(const Work& work, std::uint32_t i) {
  const std::string_view text = work.text(i);
  std::size_t end = text.size();
  if (work.facts[i].ends_in_leader) {
    const auto drop = [&](std::string_view of) { while (end > 0 && of.find(text[end - 1]) != std::string_view::npos) --end; };
    drop("0123456789. \t-");
    end = before_page_word(text.substr(0, end));
    drop(". \t-");
  }
  std::size_t begin = 0;
  for (const Match& match : work.matches_of(i))
    if (match.rule->emit == Emit::section && match.has(Capture::title) && !match.span(Capture::title).empty()) {
      if (match.span(Capture::title).begin < end) begin = match.span(Capture::title).begin;
      break;
    }
  // "OPENING (Agenda item 1)": the list has the words alone.
  if (const std::size_t mark = end > begin && text[end - 1] == ')' ? text.rfind('(', end) : 0; mark > begin + 4 && mark != std::string_view::npos) end = mark;
  const std::string_view words = text.substr(begin, end - begin);
  const std::size_t stop = std::min({words.find('\t', 4), words.find("...."), words.find(". . .")});
  return words_key(words.substr(0, stop));
}

/// An entry may read as a sentence (the title of a lecture, with its author) where entries with page numbers follow soon.
bool goes_on_below(const Work& work, std::uint32_t i) {
  constexpr std::uint32_t kReach = 14, kLongest = 30;  // lines; words of one entry
  if (work.extent(i).words > kLongest) return false;
  for (std::uint32_t j = i + 1; j < work.size() && j <= i + kReach; ++j)
    if (work.facts[j].ends_in_leader) return true;
  return false;
}

/// An entry of several lines has its page number at the end of the last.
bool ends_with_page(const Work& work, std::uint32_t i) {
  constexpr std::uint32_t kLines = 6;
  const auto extent = work.extent(i);
  return extent.last > i && extent.last - i < kLines && work.facts[extent.last].ends_in_leader;
}

/// The label of a line that may be a heading.
std::string label_of(const Work& work, std::uint32_t i) {
  const Match* match = work.proposal(i, Emit::section);
  return match && match->has(Capture::number) ? words_key(match->text(Capture::number, work.text(i))) : std::string();
}

/// "III", "Agenda item 3", "Chapter I": the label of a heading whose words stand on the next line.
bool label_alone(const Work& work, std::uint32_t i) {
  if (work.facts[i].words <= 1 && work.facts[i].chars <= 6) return true;
  const Match* match = work.proposal(i, Emit::section);
  return match && !match->rule->type.empty() && match->text(Capture::title, work.text(i)).empty();
}

/// "- I. Opening": an entry of a Markdown list.
bool bulleted(const Work& work, std::uint32_t i) {
  const Match* point = work.proposal(i, Emit::point);
  return work.bullet(i) > 0 || (point && !point->rule->counts);
}

struct Range {
  std::uint32_t begin, end;  // entries: [begin, end)
};

/// Walks the entries below a contents heading. `need_echo`: only the return of an entry's words ends it (a list headed
/// "Agenda" may be just that).
Range entries_below(const Work& work, std::uint32_t head, bool need_echo) {
  constexpr std::uint32_t kLongest = 600;  // entries; the longest contents list seen has about 250 lines
  std::unordered_map<std::string, std::uint32_t> seen;
  std::unordered_set<std::string> paged_keys;
  std::string first_label;
  std::uint32_t last_leader = head, entries = 0, paged_entries = 0, previous = head, stop = work.size();
  const std::uint32_t first = work.after(head);
  const bool bullets = first != Work::none && bulleted(work, first);
  for (std::uint32_t i = head + 1; i < work.size() && i < head + kLongest; ++i) {
    if (work.is_furniture(i) || work.line(i).kind == LineKind::rule) continue;
    if (bullets && entries >= 2 && work.begins_block(i) && !bulleted(work, i)) return {head + 1, i};  // a list ends where its items do
    const Facts& f = work.facts[i];
    const std::string key = entry_key(work, i);
    const auto again = seen.find(key);
    // In a list with page numbers, a line without one that repeats an entry is the heading itself.
    // A heading begins its block or carries a label; a further line of an entry may repeat by chance.
    const bool distinctive = key.size() >= 8 && f.words >= 1 && !f.starts_lower && (work.begins_block(i) || work.labelled(i) || work.labelled(i - 1));
    const bool paged = f.ends_in_leader || (i + 1 < work.size() && work.facts[i + 1].ends_in_leader && !work.labelled(i + 1));
    const std::uint32_t label_line = previous != head && label_alone(work, previous) ? previous : i;
    if (distinctive && again != seen.end() && again->second + 1 < i && !paged && paged_keys.count(key)) return {head + 1, std::min(label_line, stop)};
    if (distinctive && again != seen.end() && paged_entries == 0 && entries >= 3 && i > again->second + 2 && key.size() >= 12) return {head + 1, std::min(label_line, stop)};
    if (work.prose(i) && !f.ends_in_leader && !(paged_entries > 0 && ends_with_page(work, i))) {
      if (!work.labelled(i) && !(paged_entries > 0 && goes_on_below(work, i))) break;
      if (work.extent(i).words > 45) break;
    }
    if (work.line(i).kind == LineKind::table_row) break;
    const std::string label = need_echo || entries == 0 || work.begins_block(i) ? label_of(work, i) : std::string();
    if (!label.empty() && label == first_label) {  // its first label again begins the text
      if (need_echo) break;
      const std::uint32_t next = work.after(i);
      if (!paged && entries >= 3 && next != Work::none && work.reads_as_text(next)) return {head + 1, i};
    }
    if (first_label.empty() && (need_echo || entries == 0)) first_label = label;
    if (need_echo && !f.ends_in_leader && work.proposal(i, Emit::annex)) break;  // an agenda that is an annex ends where the next annex begins
    if (work.line(i).look.heading > 0 && entries > 0) break;
    // A line that looks like the list's own heading, below entries that do not, is the next heading.
    if (stop == work.size() && entries >= 2 && work.line(head).look.bold && work.line(i).look.bold && (!work.line(previous).look.bold || work.labelled(previous)) && !work.labelled(i) && !paged) stop = i;
    if (f.ends_in_leader) {
      last_leader = i;
      ++paged_entries;
    }
    if (paged && !key.empty()) paged_keys.insert(key);
    if (!key.empty()) seen.emplace(key, i);
    ++entries;
    previous = i;
  }
  if (need_echo || entries < 2) return {head + 1, head + 1};
  if (paged_entries * 3 >= entries) return {head + 1, last_leader + 1};
  // Neither echo nor page numbers: the list ends where its labels start again (I, II, III, then I above the text).
  first_label.clear();
  std::uint32_t i = head + 1;
  for (; i < work.size() && i <= previous; ++i) {
    const std::string label = label_of(work, i);
    if (label.empty()) {
      if (work.prose(i)) break;
      continue;
    }
    if (first_label.empty()) first_label = label;
    else if (label == first_label) return {head + 1, i};
  }
  return {head + 1, i};
}

void claim_entries(Work& work, std::uint32_t head, Range range, const Rule* rule, const char* type) {
  LinePlan& plan = work.plans[head];
  plan.claim = Claim::contents_head;
  plan.rule = rule;
  plan.type = type;
  plan.title = {0, static_cast<std::uint32_t>(work.text(head).size())};
  plan.confidence = 0.95f;
  for (std::uint32_t i = range.begin; i < range.end; ++i)
    if (work.plans[i].free()) {
      work.plans[i].claim = Claim::contents_entry;
      work.plans[i].type = type;
      work.plans[i].confidence = 0.93f;
      const bool names_a_heading = work.labelled(i) || (std::string_view(type) != "agenda" && !work.facts[i].starts_lower && !work.proposal(i, Emit::none));
      if (std::string key = entry_key(work, i); key.size() >= 6 && names_a_heading) work.contents_keys.insert(std::move(key));
    }
}

}  // namespace

void find_contents(Work& work) {
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    if (!work.plans[i].free()) continue;
    if (const Match* match = work.proposal(i, Emit::contents)) {
      const Range range = entries_below(work, i, false);
      if (range.end > range.begin) claim_entries(work, i, range, match->rule, "tableOfContents");
    } else if (work.heads_agenda(i) && work.line(i).look.heading == 0) {
      const Range range = entries_below(work, i, true);
      if (range.end > range.begin) claim_entries(work, i, range, work.proposal(i, Emit::agendaList)->rule, "agenda");
    }
  }
}

}  // namespace rapporteur
