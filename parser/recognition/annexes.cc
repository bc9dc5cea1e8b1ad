// Stage recognition: where annexes, appendices and attachments of the report begin.
//
// "ANNEX I" on a line of its own opens an annex; at the start of a wrapped line it is part of a sentence; beside a page
// number it is a running header; followed by "of the Protocol" it is somebody else's. Position, look, what follows, and
// the sequence of labels decide together.

#include <algorithm>
#include <unordered_set>

#include "recognition/number.h"
#include "recognition/work.h"
#include "text/labels.h"

namespace rapporteur {

namespace {

struct Found {
  std::uint32_t line;
  const Match* match;
  Span label, title, mark;
  float score;
  std::string n;
  std::vector<Evidence> evidence;
};

class Weigh {
 public:
  explicit Weigh(float start) : x_sum(start) {}
  void add(float weight, const char* why) {
    x_sum += weight;
    x_why.push_back({why, weight});
  }
  float sum() const { return x_sum; }
  std::vector<Evidence> take() { return std::move(x_why); }

 private:
  float x_sum;
  std::vector<Evidence> x_why;
};

/// The last column of a line whose columns stand wide apart ("ARVON 3 MAI 1975        ANNEX 2").
std::size_t last_column(std::string_view text) {
  std::size_t end = text.size();
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  for (std::size_t i = end; i >= 4; --i)
    if (text[i - 1] == ' ' && text[i - 2] == ' ' && text[i - 3] == ' ' && text[i - 4] == ' ') return i;
  return std::string_view::npos;
}

float score_of(const Work& work, std::uint32_t i, const Match& match, bool in_column, std::vector<Evidence>& why) {
  const Facts& f = work.facts[i];
  const Line& line = work.line(i);
  Weigh w(match.rule->log_odds);
  const std::string_view title = match.text(Capture::title, work.text(i));
  const auto extent = work.extent(i);
  if (title.empty()) w.add(1.5f, "stands alone on its line");
  if (f.mostly_capitals() || work.text(i).substr(match.whole.begin, 3) == "ANN") w.add(1.0f, "is in capitals");
  if (line.look.heading > 0) w.add(2.0f, "is marked up as a heading");
  if (line.look.bold) w.add(1.0f, "is bold");
  if (line.look.centred) w.add(0.8f, "is centred");
  if (work.mid_sentence(i)) w.add(-4.0f, "goes on in the middle of a sentence");
  if (line.look.blank_before > 0 || line.look.page_begins || work.manner.unbroken || work.begins_block(i)) w.add(0.6f, "is set apart from what stands before");
  else if (work.manner.spaced && !in_column) w.add(-0.5f, "is not set apart from what stands before");
  const Facts heard = facts_of(title);
  if (heard.starts_lower && heard.words > 3) w.add(-2.5f, "its words go on like a sentence");
  if (extent.words > 35) w.add(-2.5f, "is too long for a heading");
  else if (extent.end == LineEnd::sentence && heard.words > 4) w.add(-2.0f, "ends like a sentence");
  else if (extent.end == LineEnd::semicolon || extent.end == LineEnd::comma) w.add(-2.0f, "ends like an item of a list");
  if (f.ends_in_leader) w.add(-3.0f, "ends in a page number");
  const std::uint32_t next = work.after(extent.last);
  if (next == Work::none) w.add(-2.0f, "nothing stands below it");
  if (in_column) w.add(-0.5f, "stands in a column of its own");
  why = w.take();
  return w.sum();
}

/// "ANNEX IV, p. 1": a running header that opens the annex.
const Match* first_page(const Work& work, std::uint32_t i) {
  if (work.proposal(i, Emit::furniture) == nullptr) return nullptr;
  for (const Match& m : work.matches_of(i))
    if (m.rule->emit == Emit::furniture && m.has(Capture::label) && m.text(Capture::page, work.text(i)) == "1") return &m;
  return nullptr;
}

std::vector<Found> candidates(Work& work) {
  std::vector<Found> found;
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    if (!work.plans[i].free() || work.line(i).kind != LineKind::text) continue;
    const Match* match = first_page(work, i);
    if (!match) match = work.proposal(i, Emit::annex);
    std::vector<Match> column;
    std::size_t shift = 0;
    if (!match && work.facts[i].words <= 14 && work.facts[i].gaps && (shift = last_column(work.text(i))) != std::string_view::npos) {
      work.matcher.match_block(work.text(i).substr(shift), zone_any, column, BlockRules::running);
      for (const Match& m : column)
        if (m.rule->emit == Emit::annex && m.text(Capture::title, work.text(i).substr(shift)).empty() && work.text(i).substr(shift, 2) == "AN") match = &m;
    } else shift = 0;
    if (!match) continue;
    Found f{i, match, {}, {}, {}, 0, {}, {}};
    const auto at = static_cast<std::uint32_t>(shift == std::string_view::npos ? 0 : shift);
    const Match moved = match->behind(at);
    f.score = score_of(work, i, moved, at != 0, f.evidence);
    f.n = normalise_annex_label(moved.text(Capture::label, work.text(i)));
    f.title = moved.has(Capture::title) ? moved.span(Capture::title) : Span{};
    const std::uint32_t label_end = f.title.empty() ? moved.whole.end : f.title.begin;
    f.label = {moved.whole.begin, label_end};
    f.match = nullptr;
    work.plans[i].rule = match->rule;  // kept for the claim below; cleared where refused
    found.push_back(std::move(f));
  }
  return found;
}

bool wide(std::string_view text) { return text.find("        ") != std::string_view::npos; }

/// Lines below an annex heading that are its title: the first block that is no prose, and what goes on in capitals.
void claim_title(Work& work, std::uint32_t head) {
  LinePlan& plan = work.plans[head];
  std::uint32_t i = head, taken = 0;
  const bool same_line = !plan.title.empty();
  while ((i = work.after(i)) != Work::none && taken < 6) {
    if (!work.plans[i].free()) break;
    if (const Match* mark = work.proposal(i, Emit::annexMark)) {
      work.plans[i].claim = Claim::mark;
      work.plans[i].head = head;
      work.plans[i].rule = mark->rule;
      continue;
    }
    if (taken == 0 && (work.proposal(i, Emit::docType) || work.proposal(i, Emit::docNumber))) {
      // A paper's own number and who submitted it, all of its lines, stand between label and title.
      const bool submitted = work.proposal(i, Emit::docType) != nullptr;
      for (std::uint32_t j = i, end = i; j != Work::none && j <= end; j = work.after(j)) {
        work.plans[j].claim = Claim::mark;
        work.plans[j].head = head;
        const std::uint32_t below = work.after(j);
        if (submitted && below != Work::none && below < i + 4 && work.line(below).block == work.line(i).block && work.plans[below].free() && work.facts[below].words <= 12) end = below;
        i = j;
      }
      continue;
    }
    const Facts& f = work.facts[i];
    if ((taken > 0 || same_line) && (work.proposal(i, Emit::organization) || wide(work.text(i)))) break;  // an attached paper's own masthead, or a table
    const bool joined = work.line(i).block == work.line(i - 1).block && !work.is_furniture(i - 1);
    if (work.line(i).kind != LineKind::text || f.words == 0 || f.ends_in_leader) break;
    if (work.labelled(i) && !(joined && taken > 0)) break;
    if (work.prose(i) && !f.mostly_capitals()) {
      // A sentence may be a title too: short, and with longer prose below it in a block of its own.
      const auto extent = work.extent(i);
      const std::uint32_t below = work.after(extent.last);
      const bool headed = taken == 0 && extent.words <= 22 && below != Work::none && work.line(below).block != work.line(i).block && work.extent(below).words > extent.words;
      if (!headed) break;
    }
    if (same_line && !joined) break;
    if (same_line && !work.manner.wrapped && !f.mostly_capitals()) break;
    if (f.words > 30) break;
    if (taken > 0 && !joined) {
      // A second block belongs to the title only where the first cannot end ("REPORT OF THE / MINING GROUP").
      const std::uint32_t above = work.before(i);
      const bool named = words_key(work.text(above)).starts_with("annex");  // "Annex to Recommendation 5", then what it is about
      if (!f.mostly_capitals() || taken >= 4 || !(named || (work.facts[above].mostly_capitals() && joins_on(last_word(work.text(above)))))) break;
    }
    if (taken > 0 && joined && !work.manner.wrapped) break;
    work.plans[i].claim = Claim::more_title;
    work.plans[i].head = head;
    work.plans[i].title = {0, static_cast<std::uint32_t>(work.text(i).size())};
    ++taken;
    if (f.end == LineEnd::sentence) break;
  }
}

/// Annexes of annexes: their labels are of another kind than those of the report's own.
void nest(Work& work, const std::vector<std::uint32_t>& lines) {
  Number outer;
  bool has_outer = false;
  for (const std::uint32_t i : lines) {
    LinePlan& plan = work.plans[i];
    const Readings readings = read_label(plan.n);
    plan.depth = 1;
    if (readings.count == 0) continue;
    const Number& number = readings.number[0];
    if (has_outer && number.system != outer.system && number.last() <= 26 && gap_between(outer, number) < 0) plan.depth = 2;
    else {
      outer = number;
      has_outer = true;
    }
  }
}

bool has_title_below(const Work& work, std::uint32_t i) {
  const std::uint32_t below = work.after(i);
  return below != Work::none && work.facts[below].words > 0 && work.facts[below].words <= 20 && !work.prose(below) && !work.labelled(below);
}

/// "ANNEX I - Participants" with "ANNEX II - Agenda" in the lines right above or below it, and another line further on
/// that opens the annex: the list at the end of a report.
bool listed(const Work& work, const std::vector<Found>& found, std::size_t k) {
  const auto neighbours = [&](std::size_t other) {
    return other < found.size() && found[other].n != found[k].n && work.line(found[other].line).block == work.line(found[k].line).block;
  };
  if (found[k].title.empty() || !((k > 0 && neighbours(k - 1)) || neighbours(k + 1))) return false;
  return std::any_of(found.begin() + static_cast<std::ptrdiff_t>(k) + 1, found.end(), [&](const Found& later) { return later.n == found[k].n; });
}

/// Of two lines that name the same annex one is its heading: not that of a list, above other prose ("3) Annex III"), nor
/// that of a reference at the end of a paper ("Annex   VII"), where the other stands in capitals.
void weigh_doubles(const Work& work, std::vector<Found>& found) {
  std::unordered_set<std::string> in_capitals;
  const auto capitals = [&](const Found& f) { return facts_of(work.text(f.line).substr(f.label.begin, f.label.size())).mostly_capitals(); };
  for (std::size_t k = 0; k < found.size(); ++k)
    if (capitals(found[k]) && !listed(work, found, k)) in_capitals.insert(found[k].n);
  for (std::size_t k = 0; k < found.size(); ++k) {
    Found& f = found[k];
    if (!f.n.empty() && listed(work, found, k)) {
      f.score -= 4;
      f.evidence.push_back({"stands in a list of the annexes", -4});
      continue;
    }
    if (!f.title.empty() || f.n.empty()) continue;
    const bool next = k + 1 < found.size() && found[k + 1].n == f.n && !has_title_below(work, f.line) && has_title_below(work, found[k + 1].line);
    if (!next && (capitals(f) || !in_capitals.count(f.n))) continue;
    f.score -= 4;
    f.evidence.push_back({"another line of this label is more of a heading", -4});
  }
}

}  // namespace

void find_annexes(Work& work) {
  std::vector<std::uint32_t> lines;
  std::unordered_set<std::string> opened;
  std::vector<Found> all = candidates(work);
  weigh_doubles(work, all);
  for (Found& f : all) {
    LinePlan& plan = work.plans[f.line];
    const Rule* rule = plan.rule;
    const std::string key = std::string(rule->name) + "/" + f.n;
    if (opened.count(key) && f.title.empty()) f.score -= 1.5f;  // the same label again: a running header more likely
    Decision decision{f.line, {Role::annex, static_cast<RuleIndex>(rule->index), "annex " + f.n, f.score, std::move(f.evidence)}, {}, probability(f.score)};
    const bool beside_page = (f.line > 0 && work.is_furniture(f.line - 1)) || (f.line + 1 < work.size() && work.is_furniture(f.line + 1));
    if (opened.count(key) && f.title.empty() && beside_page) {
      plan.claim = Claim::furniture;
      plan.type = "header";
      plan.confidence = 0.9f;
      continue;
    }
    if (f.score < 1.0f) {
      plan.rule = nullptr;
      Candidate lost = std::move(decision.chosen);
      decision.chosen = {Role::text, no_rule, "text", 0, {}};
      decision.others.push_back(std::move(lost));
      decision.confidence = probability(-f.score);
      if (work.options.explain) work.decisions.push_back(std::move(decision));
      continue;
    }
    opened.insert(key);
    plan.claim = Claim::annex;
    plan.n = f.n;
    plan.label = f.label;
    plan.title = f.title;
    plan.confidence = decision.confidence;
    if (work.options.explain) {
      plan.decision = static_cast<std::uint32_t>(work.decisions.size());
      work.decisions.push_back(std::move(decision));
    }
    lines.push_back(f.line);
    claim_title(work, f.line);
  }
  nest(work, lines);
}

}  // namespace rapporteur
