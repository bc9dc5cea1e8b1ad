// Stage recognition: from inline matches to hits. A mention of two annexes ("Annexes I and II") becomes two hits.

#include "recognition/mentions.h"

#include "recognition/dates.h"
#include "recognition/pieces.h"
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

std::string without_blanks(std::string_view text) {
  std::string out;
  for (char c : text)
    if (c != ' ' && c != '\t') out += c;
  return out;
}

/// Hits in the words of one event after another.
class Mentions {
 public:
  explicit Mentions(Work& work) : w(work) {}

  /// Sorted and disjoint; ranges are bytes of the joined words. Recognition matches on the content here: where match text
  /// differs (invisibles), the words are searched as they stand in the content, which costs a mention at most, never a byte.
  void find(Event& e) {
    const bool words = e.role == Role::paragraph || e.role == Role::point || e.role == Role::text || e.role == Role::note || e.role == Role::table_row;
    const Pieces& pieces = e.role == Role::section ? e.title : e.text;
    if (pieces.empty() || !(words || e.role == Role::section)) return;
    const std::string_view text = joined_text(w.document, pieces, x_joined);
    x_found.clear();
    w.matcher.match_inline(text, zone_body, x_found);
    if (x_found.empty()) return;
    x_hits.clear();
    for (const Match& m : x_found) add(m, text);
    e.hits = {w.hits.keep(x_hits), x_hits.size()};
  }

 private:
  Work& w;
  std::string x_joined;
  std::vector<Match> x_found;
  std::vector<Hit> x_hits;  // of the event at hand

  std::string_view keep(std::string_view words) { return w.texts.keep(words); }

  void add(const Match& m, std::string_view text) {
    switch (m.rule->emit) {
      case Emit::annexRef: return annexes(m, text);
      case Emit::date: {
        const IsoDate date = iso_date(w.grammar, m, text, w.language);
        if (date.when.empty()) return;
        Hit& hit = add_hit(x_hits, m, "date", m.whole, 0.97);
        hit.when = keep(date.when);
        hit.to = keep(date.to);
        return;
      }
      case Emit::documentRef: {
        Hit& hit = add_hit(x_hits, m, "documentRef", m.has(Capture::symbol) ? m.span(Capture::symbol) : m.whole, 0.9);
        hit.normalized = keep(without_blanks(text.substr(hit.range.begin, hit.range.size())));
        return;
      }
      case Emit::paragraphRef:
      case Emit::agendaItemRef: {
        const bool item = m.rule->emit == Emit::agendaItemRef;
        Hit& hit = add_hit(x_hits, m, item ? "agendaItemRef" : "paragraphRef", m.whole, 0.85);
        hit.normalized = keep(without_blanks(m.text(item ? Capture::agenda : Capture::number, text)));
        return;
      }
      case Emit::person: {
        Hit& hit = add_hit(x_hits, m, "person", m.whole, 0.85);
        hit.honorific = keep(m.text(Capture::honorific, text));
        hit.given = keep(m.text(Capture::given, text));
        hit.family = keep(m.text(Capture::family, text));
        hit.role = keep(m.text(Capture::role, text));
        return;
      }
      default: return;
    }
  }

  void annexes(const Match& match, std::string_view text) {
    const std::string_view word = match.rule->type == "foreign" ? "foreign" : annex_word(match.text(Capture::mark, text));
    const bool two = match.has(Capture::label2);
    const Span label = match.has(Capture::label) ? match.span(Capture::label) : Span{match.whole.end, match.whole.end};
    Hit& first = add_hit(x_hits, match, "annexRef", {match.whole.begin, two ? label.end : match.whole.end}, label.empty() ? 0.85 : 0.95);
    if (match.has(Capture::mark) && (match.rule->type == "only" || match.rule->type == "in")) first.range = match.span(Capture::mark);
    first.label = label;
    first.normalized = keep(normalise_annex_label(text.substr(label.begin, label.size())));
    first.word = word;
    if (two) more_labels(match, text, word);
  }

  /// "Annexes IV, V and VI": the second label, and those behind it.
  void more_labels(const Match& match, std::string_view text, std::string_view word) {
    Span label = match.span(Capture::label2);
    while (true) {
      Hit& hit = add_hit(x_hits, match, "annexRef", label, 0.9);
      hit.label = label;
      hit.normalized = keep(normalise_annex_label(text.substr(label.begin, label.size())));
      hit.word = word;
      const std::size_t begin = behind_separator(text, label.end);
      const std::size_t length = begin == std::string_view::npos ? 0 : label_length(text.substr(begin));
      if (length == 0) return;
      label = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + length)};
    }
  }
};

}  // namespace

std::string_view annex_word(std::string_view mark) {
  const std::string folded = words_key(mark);
  if (inside(folded, "append") || inside(folded, "apéndice") || inside(folded, "apêndice") || inside(folded, "дополн")) return "appendix";
  if (inside(folded, "attach") || inside(folded, "enclos") || inside(folded, "adjunto")) return "attachment";
  return "annex";
}

void find_mentions(Work& work, Events& events) {
  Mentions mentions(work);
  for (Event& event : events) mentions.find(event);
}

}  // namespace rapporteur
