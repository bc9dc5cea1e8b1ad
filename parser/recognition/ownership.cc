// Stage recognition: whose annex is it? "Annex V" may be the report's own, or that of a protocol under discussion.
//
// A mention counts as the report's own by what stands around it ("attached as", "see", in brackets), by an annex of that
// label in the file, and against it, by a mention elsewhere that names its owner ("Annex V of the Protocol"). The words
// around a mention are asked of the grammar: rules that emit annexRef with type "own" or "foreign".

#include <algorithm>
#include <span>
#include <unordered_map>

#include "recognition/pieces.h"
#include "recognition/work.h"
#include "text/labels.h"

namespace rapporteur {

namespace {

struct Known {
  bool included = false;    ///< an annex of this label opens in the file
  bool nested = false;      ///< one opens inside an annex: it is the annex's own
  std::uint32_t foreign = 0;  ///< mentions that name another owner
};

std::string key_of(std::string_view label) {
  std::string key;
  for (char c : label) key += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return key;
}

/// Words before and after a mention, close enough to belong to it.
constexpr std::uint32_t kBefore = 60, kAfter = 24;

class Ownership {
 public:
  Ownership(Work& work, Events& events) : w(work), x_events(events) {}

  void run() {
    for (const Event& e : x_events)
      if (e.role == Role::annex && e.depth <= 1) x_known[key_of(e.n)].included = true;
      else if (e.role == Role::annex) x_known[key_of(e.n)].nested = true;
    for (const Event& e : x_events)
      for (const Hit& h : e.hits) {
        if (h.kind == "annexRef" && h.word == "foreign") ++x_known[key_of(h.normalized)].foreign, x_foreign = true;
      }
    for (Event& e : x_events) {
      if (e.role == Role::section && e.type == "article") x_legal = true;
      else if (e.role == Role::section || e.role == Role::annex) x_legal = false;
      if (e.role == Role::annex) x_in_annex = true;
      if (std::none_of(e.hits.begin(), e.hits.end(), [](const Hit& h) { return h.kind == "annexRef"; })) continue;
      const Pieces& pieces = e.role == Role::section ? e.title : e.text;
      const std::string text = joined_text(w.document, pieces);
      judge(e.hits, text);
    }
  }

 private:
  Work& w;
  Events& x_events;
  std::unordered_map<std::string, Known> x_known;
  bool x_legal = false, x_in_annex = false;
  bool x_foreign = false;  // the document speaks of other documents' annexes

  /// Log odds from the words before a mention, by the grammar's inline rules for cues.
  float cue(std::string_view before, std::string_view after) {
    float sum = 0;
    std::vector<Match> found;
    w.matcher.match_inline(before, zone_cue, found);
    for (const Match& m : found) {
      // Only the last few words count for cues that must stand close.
      if (m.rule->type == "own") sum += static_cast<float>(m.rule->weight * 4);
      if (m.rule->type == "foreign") sum -= static_cast<float>(m.rule->weight * 4);
    }
    found.clear();
    w.matcher.match_inline(after, zone_cue, found);
    for (const Match& m : found)
      if (m.rule->type == "own" && m.rule->name.find("after") != std::string::npos) sum += static_cast<float>(m.rule->weight * 4);
    return sum;
  }

  /// "Annexes I to III" is one mention and belongs to one owner, though it makes two hits: the second is a bare label.
  void judge(std::span<Hit>& hits, std::string_view text) {
    const auto bare = [&](std::size_t i) {
      const Hit& h = hits[i];
      return i > 0 && hits[i - 1].kind == "annexRef" && h.kind == "annexRef" && !h.label.empty() && h.label.begin == h.range.begin;
    };
    auto kept = hits.begin();
    for (std::size_t i = 0, next; i < hits.size(); i = next) {
      next = i + 1;
      while (next < hits.size() && bare(next)) ++next;
      const std::span<Hit> mention(&hits[i], next - i);
      if (mention[0].kind != "annexRef" || own(mention, text)) kept = std::rotate(kept, hits.begin() + static_cast<std::ptrdiff_t>(i), hits.begin() + static_cast<std::ptrdiff_t>(next));
    }
    hits = {hits.begin(), kept};
  }

  bool own(std::span<Hit> mention, std::string_view text) {
    Hit& h = mention[0];
    if (h.word == "foreign") return false;
    const std::uint32_t end = mention.back().range.end;
    const std::uint32_t from = h.range.begin > kBefore ? h.range.begin - kBefore : 0;
    std::string_view before = text.substr(from, h.range.begin - from);
    while (!before.empty() && (static_cast<unsigned char>(before[0]) & 0xC0) == 0x80) before.remove_prefix(1);
    if (const std::size_t stop = before.rfind(". "); stop != std::string_view::npos) before.remove_prefix(stop + 2);
    std::string_view after = text.substr(end, kAfter);
    while (!after.empty() && (static_cast<unsigned char>(text[end + after.size() - 1]) & 0x80) != 0) after.remove_suffix(1);
    Known known;
    for (const Hit& part : mention) {
      const Known& other = x_known[key_of(part.normalized)];
      known = {known.included || other.included, known.nested || other.nested, known.foreign + other.foreign};
    }
    const bool labelled = !h.normalized.empty();
    float score = 0.3f;
    // "In the annex" alone may be said of any document that has one.
    const bool only = h.rule != no_rule && w.grammar.rules()[h.rule].type == "in";
    if (!labelled) score += only && !known.included ? -0.5f : 2.5f;
    if (known.included) score += 2.5f;
    if (known.foreign > 0 && !known.included) score -= 2.5f;
    score += cue(before, after);
    const bool bracketed = !before.empty() && before.find_last_not_of(' ') != std::string_view::npos && before[before.find_last_not_of(' ')] == '(' && !after.empty() && (after[0] == ')' || after[0] == '.');
    if (bracketed) score += 1.5f;
    if (x_legal) score -= 3.0f;
    if (x_in_annex && !known.included) score -= known.nested && h.word == "annex" ? 3.0f : 0.8f;
    if (labelled && !known.included && x_foreign) score -= 1.0f;
    for (Hit& part : mention) part.confidence = std::clamp(probability(score + 0.5f), 0.05f, 0.99f);
    return score > 0;
  }
};

}  // namespace

void find_owners(Work& work, Events& events) { Ownership(work, events).run(); }

}  // namespace rapporteur
