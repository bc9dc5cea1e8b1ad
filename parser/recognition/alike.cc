// Stage recognition: what looks like the document's own numbered headings is one.
//
// The numbering solver looks at numbers. A document that goes back to "a." where nothing but unnumbered lines came
// between leaves it in doubt, and it says "a list". A reader sees that the items look like the headings before them, label
// for label and column for column, and takes them for what those are.

#include <map>
#include <tuple>

#include "recognition/work.h"

namespace rapporteur {

namespace {

constexpr std::uint32_t kHabit = 2;       // headings of one look that make it the document's manner
constexpr std::uint32_t kLongTitle = 24;  // words

/// What a reader sees of a label and its line: kind of figures, what stands around them, column, depth of the list, type.
using Likeness = std::tuple<char, char, char, std::uint16_t, std::uint8_t, bool, bool>;

Likeness likeness_of(const Work& work, std::uint32_t i) {
  const std::string_view text = work.text(i);
  const Look& look = work.line(i).look;
  const Span label = work.plans[i].label;
  const std::string_view printed = text.substr(label.begin, label.size());
  const std::size_t figure = printed.find_first_not_of(" (\t");
  const char first = figure == std::string_view::npos ? ' ' : printed[figure];
  const char kind = first >= '0' && first <= '9' ? '1' : first >= 'a' && first <= 'z' ? 'a' : 'A';
  const std::size_t last = printed.find_last_not_of(" \t");
  const char close = last == std::string_view::npos ? ' ' : printed[last];
  return {printed.starts_with('(') ? '(' : ' ', kind, close == '.' || close == ')' || close == ':' ? close : ' ', look.indent, look.list_depth, look.bold, look.italic};
}

bool may_be_title(const Work& work, std::uint32_t i) {
  const auto extent = work.extent(i);
  const Facts words = facts_of(work.text(i).substr(work.plans[i].label.end));
  return extent.words <= kLongTitle && extent.words >= 2 && extent.end == LineEnd::open && words.starts_upper;
}

struct Run {
  std::uint32_t first = 0;
  std::vector<std::uint32_t> items;
  bool titles = true;
};

void promote(Work& work, const Run& run, std::uint8_t depth) {
  for (const std::uint32_t i : run.items) {
    LinePlan& plan = work.plans[i];
    plan.claim = Claim::section;
    plan.type = "heading";
    plan.depth = depth;
    plan.title = {plan.label.end, static_cast<std::uint32_t>(work.text(i).size())};
    plan.confidence = 0.8f;
    if (plan.decision >= work.decisions.size()) continue;
    Decision& d = work.decisions[plan.decision];
    d.others.insert(d.others.begin(), d.chosen);
    d.chosen.role = Role::section;
    d.chosen.reading = "heading " + plan.n;
    d.chosen.evidence = {{"looks like other headings of this document, and so do the items beside it", 3.0f}};
    d.chosen.score = 3.0f;
    d.confidence = plan.confidence;
  }
}

}  // namespace

void find_alike(Work& work) {
  std::map<Likeness, std::pair<std::uint32_t, std::uint8_t>> headings;  // how many, and how deep
  for (std::uint32_t i = work.header_end; i < work.size(); ++i) {
    const LinePlan& plan = work.plans[i];
    if (plan.claim != Claim::section || plan.type != "heading" || plan.label.empty() || work.line(i).look.list_depth == 0) continue;
    auto& [count, depth] = headings[likeness_of(work, i)];
    if (may_be_title(work, i)) ++count;
    depth = plan.depth;
  }
  std::map<Likeness, Run> open;  // runs of items by their look; another number that starts again opens another run
  const auto close = [&](const Likeness& look, Run& run) {
    const auto found = headings.find(look);
    if (run.titles && found != headings.end() && found->second.first >= kHabit) promote(work, run, found->second.second);
    run = {};
  };
  for (std::uint32_t i = work.header_end; i < work.size(); ++i) {
    const LinePlan& plan = work.plans[i];
    if (plan.claim != Claim::point || plan.label.empty() || work.line(i).look.list_depth == 0) continue;
    const Likeness look = likeness_of(work, i);
    if (!headings.count(look)) continue;
    Run& run = open[look];
    if (plan.starts_chain && !run.items.empty()) close(look, run);
    if (run.items.empty()) {
      const std::uint32_t before = work.before(i);
      run.titles = before == Work::none || work.facts[before].end != LineEnd::colon;
    }
    run.items.push_back(i);
    run.titles &= may_be_title(work, i);
  }
  for (auto& [look, run] : open) close(look, run);
}

}  // namespace rapporteur
