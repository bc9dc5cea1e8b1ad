// Stage recognition: from inline matches to hits. A mention of two annexes ("Annexes I and II") becomes two hits.

#include "recognition/mentions.h"

#include "recognition/dates.h"
#include "text/labels.h"

namespace rapporteur {

namespace {

bool inside(std::string_view folded, std::string_view word) { return folded.find(word) != std::string_view::npos; }

/// The word for an annex, in the model's three.
std::string annex_word(std::string_view mark) {
  const std::string folded = words_key(mark);
  if (inside(folded, "append") || inside(folded, "apéndice") || inside(folded, "дополн")) return "appendix";
  if (inside(folded, "attach") || inside(folded, "enclos") || inside(folded, "adjunto")) return "attachment";
  return "annex";
}

Hit hit_of(const Match& match, const char* kind, Span range, double confidence) {
  Hit hit;
  hit.kind = kind;
  hit.range = range;
  hit.rule = match.rule->index;
  hit.confidence = static_cast<float>(confidence);
  return hit;
}

void annex_hits(const Match& match, std::string_view text, std::vector<Hit>& out) {
  const std::string word = match.rule->type == "foreign" ? "foreign" : annex_word(match.text(Capture::mark, text));
  const bool two = match.has(Capture::label2);
  const Span label = match.has(Capture::label) ? match.span(Capture::label) : Span{match.whole.end, match.whole.end};
  Hit first = hit_of(match, "annexRef", {match.whole.begin, two ? label.end : match.whole.end}, label.empty() ? 0.85 : 0.95);
  if (match.has(Capture::mark) && match.rule->name == "annex-reference-only") first.range = match.span(Capture::mark);
  first.label = label;
  first.normalized = normalise_label(text.substr(label.begin, label.size()));
  first.word = word;
  out.push_back(std::move(first));
  if (!two) return;
  const Span second_label = match.span(Capture::label2);
  Hit second = hit_of(match, "annexRef", second_label, 0.9);
  second.label = second_label;
  second.normalized = normalise_label(text.substr(second_label.begin, second_label.size()));
  second.word = word;
  out.push_back(std::move(second));
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (char c : text)
    if (c != ' ' && c != '\t') out += c;
  return out;
}

}  // namespace

void find_mentions(Work& work, std::string_view text, std::uint8_t zone, std::vector<Hit>& out) {
  thread_local std::vector<Match> found;
  found.clear();
  work.matcher.match_inline(text, zone, found);
  for (const Match& m : found) {
    switch (m.rule->emit) {
      case Emit::annexRef: annex_hits(m, text, out); break;
      case Emit::date: {
        const IsoDate date = iso_date(work.grammar, m, text);
        if (date.when.empty()) break;
        Hit hit = hit_of(m, "date", m.whole, 0.97);
        hit.when = date.when;
        hit.to = date.to;
        out.push_back(std::move(hit));
        break;
      }
      case Emit::documentRef: {
        Hit hit = hit_of(m, "documentRef", m.has(Capture::symbol) ? m.span(Capture::symbol) : m.whole, 0.9);
        hit.normalized = without_blanks(text.substr(hit.range.begin, hit.range.size()));
        out.push_back(std::move(hit));
        break;
      }
      case Emit::paragraphRef:
      case Emit::agendaItemRef: {
        const bool item = m.rule->emit == Emit::agendaItemRef;
        Hit hit = hit_of(m, item ? "agendaItemRef" : "paragraphRef", m.whole, 0.85);
        hit.normalized = without_blanks(m.text(item ? Capture::agenda : Capture::number, text));
        out.push_back(std::move(hit));
        break;
      }
      case Emit::person: {
        Hit hit = hit_of(m, "person", m.whole, 0.85);
        hit.honorific = m.text(Capture::honorific, text);
        hit.given = m.text(Capture::given, text);
        hit.family = m.text(Capture::family, text);
        hit.role = m.text(Capture::role, text);
        out.push_back(std::move(hit));
        break;
      }
      default: break;
    }
  }
}

}  // namespace rapporteur
