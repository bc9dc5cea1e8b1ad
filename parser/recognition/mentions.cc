// Stage recognition: from inline matches to hits. A mention of two annexes ("Annexes I and II") becomes two hits.

#include "recognition/mentions.h"

#include "recognition/dates.h"
#include "text/labels.h"

namespace rapporteur {

namespace {

bool inside(std::string_view folded, std::string_view word) { return folded.find(word) != std::string_view::npos; }

Hit& add_hit(std::vector<Hit>& out, const Match& match, const char* kind, Span range, double confidence) {
  Hit& hit = out.emplace_back();
  hit.kind = kind;
  hit.range = range;
  hit.rule = match.rule->index;
  hit.confidence = static_cast<float>(confidence);
  return hit;
}

/// Skips ", " or " and " (in any language: one short word) from `at`; nothing where no separator stands there.
std::size_t behind_separator(std::string_view text, std::size_t at) {
  std::size_t i = at;
  const auto blank = [&](std::size_t k) { return k < text.size() && (text[k] == ' ' || text[k] == '\t'); };
  bool comma = false;
  if (i < text.size() && text[i] == ',') {
    comma = true;
    ++i;
  }
  while (blank(i)) ++i;
  static constexpr std::string_view kAnd[] = {"and ", "et ", "y ", "e ", "und ", "и ", "or ", "ou ", "o ", "& "};
  for (std::string_view word : kAnd)
    if (i > at && text.substr(i).starts_with(word)) return i + word.size();
  return comma && i > at + 1 ? i : std::string_view::npos;
}

/// A label of a list: a roman numeral, one capital, or a number of one or two digits.
std::size_t label_length(std::string_view text) {
  std::size_t n = 0;
  if (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    while (n < text.size() && n < 3 && text[n] >= '0' && text[n] <= '9') ++n;
  } else {
    while (n < text.size() && n < 6 && text[n] >= 'A' && text[n] <= 'Z') ++n;
    if (n > 1 && !roman_value(text.substr(0, n))) return 0;
  }
  const bool ends = n == text.size() || !((text[n] >= 'a' && text[n] <= 'z') || (text[n] >= 'A' && text[n] <= 'Z') || (text[n] >= '0' && text[n] <= '9'));
  return n > 0 && n <= 5 && ends ? n : 0;
}

/// "Annexes IV, V and VI": the labels behind the second.
void more_labels(const Match& match, std::string_view text, const std::string& word, std::vector<Hit>& out) {
  std::size_t at = match.span(Capture::label2).end;
  for (std::size_t begin; (begin = behind_separator(text, at)) != std::string_view::npos;) {
    const std::size_t length = label_length(text.substr(begin));
    if (length == 0) return;
    Hit& hit = add_hit(out, match, "annexRef", {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + length)}, 0.9);
    hit.label = hit.range;
    hit.normalized = normalise_label(text.substr(begin, length));
    hit.word = word;
    at = begin + length;
  }
}

void annex_hits(const Match& match, std::string_view text, std::vector<Hit>& out) {
  const std::string word = match.rule->type == "foreign" ? "foreign" : annex_word(match.text(Capture::mark, text));
  const bool two = match.has(Capture::label2);
  const Span label = match.has(Capture::label) ? match.span(Capture::label) : Span{match.whole.end, match.whole.end};
  Hit& first = add_hit(out, match, "annexRef", {match.whole.begin, two ? label.end : match.whole.end}, label.empty() ? 0.85 : 0.95);
  if (match.has(Capture::mark) && (match.rule->type == "only" || match.rule->type == "in")) first.range = match.span(Capture::mark);
  first.label = label;
  first.normalized = normalise_label(text.substr(label.begin, label.size()));
  first.word = word;
  if (!two) return;
  const Span second_label = match.span(Capture::label2);
  Hit& second = add_hit(out, match, "annexRef", second_label, 0.9);
  second.label = second_label;
  second.normalized = normalise_label(text.substr(second_label.begin, second_label.size()));
  second.word = word;
  more_labels(match, text, word, out);
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (char c : text)
    if (c != ' ' && c != '\t') out += c;
  return out;
}

}  // namespace

std::string annex_word(std::string_view mark) {
  const std::string folded = words_key(mark);
  if (inside(folded, "append") || inside(folded, "apéndice") || inside(folded, "apêndice") || inside(folded, "дополн")) return "appendix";
  if (inside(folded, "attach") || inside(folded, "enclos") || inside(folded, "adjunto")) return "attachment";
  return "annex";
}

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
        Hit& hit = add_hit(out, m, "date", m.whole, 0.97);
        hit.when = date.when;
        hit.to = date.to;
        break;
      }
      case Emit::documentRef: {
        Hit& hit = add_hit(out, m, "documentRef", m.has(Capture::symbol) ? m.span(Capture::symbol) : m.whole, 0.9);
        hit.normalized = without_blanks(text.substr(hit.range.begin, hit.range.size()));
        break;
      }
      case Emit::paragraphRef:
      case Emit::agendaItemRef: {
        const bool item = m.rule->emit == Emit::agendaItemRef;
        Hit& hit = add_hit(out, m, item ? "agendaItemRef" : "paragraphRef", m.whole, 0.85);
        hit.normalized = without_blanks(m.text(item ? Capture::agenda : Capture::number, text));
        break;
      }
      case Emit::person: {
        Hit& hit = add_hit(out, m, "person", m.whole, 0.85);
        hit.honorific = m.text(Capture::honorific, text);
        hit.given = m.text(Capture::given, text);
        hit.family = m.text(Capture::family, text);
        hit.role = m.text(Capture::role, text);
        break;
      }
      default: break;
    }
  }
}

}  // namespace rapporteur
