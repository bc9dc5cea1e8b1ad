// Stage recognition: who took part, where a line announces participants and names follow one per line.

#include "recognition/work.h"

namespace rapporteur {

namespace {

bool contains(const std::string& folded, std::string_view word) { return folded.find(word) != std::string::npos; }

/// What kind of participants a sentence announces.
const char* type_of(std::string_view sentence) {
  const std::string words = words_key(sentence);
  if (contains(words, "relatedbod")) return "relatedBodies";
  if (contains(words, "observer") || contains(words, "observateur") || contains(words, "observador") || contains(words, "beobachter") || contains(words, "наблюдател")) return "observers";
  if (contains(words, "state") || contains(words, "état") || contains(words, "estado") || contains(words, "staat") || contains(words, "государств") || contains(words, "countries")) return "memberStates";
  if (contains(words, "organi")) return "organizations";
  if (contains(words, "secretariat")) return "secretariat";
  return "mixed";
}

/// How long the bullet is that the line begins with, or the letter or number of an item of the list.
std::uint32_t label_of(const Work& work, std::uint32_t i) {
  if (work.plans[i].claim == Claim::point) return work.plans[i].label.end;
  const Match* bullet = work.proposal(i, Emit::point);
  if (!bullet || bullet->rule->counts) return 0;
  return (bullet->has(Capture::label) ? bullet->span(Capture::label) : bullet->whole).end;
}

/// The name that a line gives: without bullet, and without what parts it from the next.
Span name_in(const Work& work, std::uint32_t i) {
  const std::string_view text = work.text(i);
  std::size_t begin = label_of(work, i), end = text.size();
  while (begin < end && (text[begin] == ' ' || text[begin] == '\t')) ++begin;
  while (end > begin && (text[end - 1] == ' ' || text[end - 1] == ',' || text[end - 1] == ';' || text[end - 1] == '.')) --end;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// "Parliamentary Assembly of the Union (PAU)": the capitals in brackets at the end.
std::string acronym_of(std::string_view name) {
  const std::size_t open = name.rfind('(');
  if (open == std::string_view::npos || !name.ends_with(')')) return {};
  const std::string_view inside = name.substr(open + 1, name.size() - open - 2);
  for (char c : inside)
    if (!((c >= 'A' && c <= 'Z') || c == '-' || c == '&')) return {};
  return inside.size() >= 2 && inside.size() <= 12 ? std::string(inside) : std::string();
}

/// The words that begin at a line. A numbered paragraph goes on, over lines of its block that nothing else has claimed, to
/// the colon behind which the names stand.
Work::Extent announcement_at(const Work& work, std::uint32_t i) {
  constexpr std::uint32_t kLines = 4;
  const Work::Extent e = work.extent(i);
  if (work.plans[i].claim != Claim::paragraph || e.end == LineEnd::colon) return e;
  Work::Extent longer = e;
  for (std::uint32_t j = e.last + 1; j < work.size() && j <= e.last + kLines; ++j) {
    if (work.line(j).block != work.line(i).block || !work.plans[j].free() || work.labelled(j) || work.facts[j - 1].end == LineEnd::sentence) return e;
    longer.last = j;
    longer.words += work.facts[j].words;
    longer.end = work.facts[j].end;
    if (longer.end == LineEnd::colon) return longer;
  }
  return e;
}

/// Claims the lines below an announcement as parties while they read as names.
void parties_below(Work& work, std::uint32_t announcement, std::string_view type) {
  struct Taken {
    std::uint32_t line;
    Span name;
    std::optional<Party> party;
  };
  std::uint32_t i = announcement_at(work, announcement).last, known = 0;
  std::vector<Taken> taken;
  while ((i = work.after(i)) != Work::none) {
    const Facts& f = work.facts[i];
    const bool item = work.plans[i].claim == Claim::point;
    if (!(work.plans[i].free() || item) || work.line(i).kind != LineKind::text || f.words == 0 || f.words > 14 || f.end == LineEnd::colon || (f.starts_lower && !item)) break;
    const Span name = name_in(work, i);
    auto party = work.grammar.party(work.text(i).substr(name.begin, name.size()), work.year);
    if (item && !party) break;  // a list of other things
    if (!party && (f.words > 10 || f.end == LineEnd::sentence)) break;
    const bool same_block = taken.empty() || work.line(i).block == work.line(taken.back().line).block;
    if (!party && !taken.empty() && !same_block) break;
    known += party.has_value();
    taken.push_back({i, name, std::move(party)});
  }
  const bool bodies = type == "relatedBodies" || type == "observers" || type == "organizations";
  if (taken.empty() || (known == 0 && !bodies && taken.size() < 2)) return;
  for (const auto& [line, name, party] : taken) {
    LinePlan& plan = work.plans[line];
    plan.label = {0, name.begin};
    plan.claim = Claim::party;
    plan.title = name;
    plan.n = acronym_of(work.text(line).substr(name.begin, name.size()));
    plan.agenda = party ? party->code : std::string();  // the ISO code travels in the event's `code`
    plan.type = party ? party->kind : type == "memberStates" ? "state" : type == "relatedBodies" ? "body" : "organization";
    plan.confidence = party ? 0.98f : 0.8f;
    plan.head = announcement;
  }
}

}  // namespace

void find_participants(Work& work) {
  std::uint32_t colon = work.header_end;  // the next line that ends in one: no announcement is without, and few lines have it
  for (std::uint32_t i = work.header_end; i < work.size(); ++i) {
    while (colon < work.size() && (colon < i || work.facts[colon].end != LineEnd::colon)) ++colon;
    if (colon == work.size()) return;
    if (work.line(colon).block != work.line(i).block) continue;
    const Claim claim = work.plans[i].claim;
    if (claim != Claim::text && claim != Claim::paragraph) continue;
    const auto extent = announcement_at(work, i);
    if (extent.end != LineEnd::colon || extent.words > 80) continue;
    // The announcement may wrap: its first and its last line are both asked, and the words of all.
    std::string sentence;
    for (std::uint32_t j = i; j <= extent.last; ++j) (sentence += work.text(j)) += ' ';
    std::vector<Match> found;
    const std::size_t words_from = claim == Claim::paragraph ? work.plans[i].label.end : 0;
    std::string_view words = std::string_view(sentence).substr(std::min(words_from, sentence.size()));
    while (!words.empty() && words.front() == ' ') words.remove_prefix(1);
    while (!words.empty() && words.back() == ' ') words.remove_suffix(1);
    work.matcher.match_block(words, zone_body, found);
    for (const Match& m : found)
      if (m.rule->emit == Emit::participants) {
        const std::string type = m.rule->type.empty() ? type_of(words) : m.rule->type;
        parties_below(work, i, type);
        // The participants element begins at the first party; its type waits on the announcing line.
        if (claim == Claim::text) work.plans[i].rule = m.rule;
        for (std::uint32_t j = extent.last + 1; j < work.size() && j < extent.last + 400; ++j)
          if (work.plans[j].claim == Claim::party && work.plans[j].head == i) work.plans[j].rule = m.rule;
        work.plans[i].type = type;
        break;
      }
  }
}

}  // namespace rapporteur
