// Stage recognition: the order of the passes, and the verdict on the whole.

#include "recognition/recognise.h"

#include <algorithm>

#include <fmt/format.h>

#include "recognition/genre.h"
#include "recognition/language.h"
#include "recognition/pieces.h"

namespace rapporteur {

namespace {

/// What a report of a meeting has, and other texts have not.
struct Signs {
  std::uint32_t paragraphs = 0, sections = 0, items = 0, doubtful = 0, decided = 0;
};

Signs signs_of(const Events& events) {
  Signs signs;
  for (const Event& e : events) {
    if (e.role == Role::paragraph) ++signs.paragraphs;
    if (e.role == Role::section) ++signs.sections;
    if (e.role == Role::section && !e.agenda.empty()) ++signs.items;
    if (e.role == Role::paragraph || e.role == Role::section || e.role == Role::annex) {
      ++signs.decided;
      if (e.confidence < 0.8f) ++signs.doubtful;
    }
  }
  return signs;
}

/// No report, so no agenda, no annexes of a report, and nobody who issued it: what reads like them are headings and lines.
void only_what_stands_there(Event& e) {
  e.agenda = {};
  if (e.role == Role::annex) e.role = Role::section, e.depth = 1;
  if (e.role == Role::section && e.type != "part") e.type = "heading";
  if (e.role == Role::field && e.rule == no_rule && (e.type == "organization" || e.type == "venue") && !e.text.empty()) e.type = "headerLine", e.n = e.mode = e.code = {};
  e.hits = {e.hits.begin(), std::remove_if(e.hits.begin(), e.hits.end(), [](const Hit& hit) { return hit.kind == "annexRef" || hit.kind == "agendaItemRef"; })};
}

/// Says that this is hardly a report, and takes nothing that was recognised in it for sure.
void judge_kind(Recognised& out, const Document& document, const TextKind& kind) {
  Diagnostic d;
  d.severity = Severity::warning;
  d.code = "K101";
  d.message = fmt::format("this is hardly the report of a meeting: it reads like {}", kind.words);
  d.help = "its text is kept whole; see whether it belongs among the reports";
  if (document.source) d.file = document.source->info().name;
  out.diagnostics.push_back(std::move(d));
  out.review_reasons.push_back(fmt::format("it reads like {}, not like a report of a meeting", kind.words));
  out.verdict = Verdict::review;
  out.type = ReportType::document;
  for (Event& e : out.events) {
    if (e.role != Role::furniture) e.confidence = std::min(e.confidence, 0.5f);
    if (!kind.of_meeting) only_what_stands_there(e);
  }
}

void judge(Recognised& out, const Document& document) {
  const Signs signs = signs_of(out.events);
  if (!document.lines.empty() && signs.paragraphs == 0 && signs.sections == 0)
    out.review_reasons.push_back("no numbered paragraph and no heading was recognised");
  if (signs.doubtful * 5 > signs.decided && signs.doubtful >= 3)
    out.review_reasons.push_back(fmt::format("{} of {} decisions are doubtful", signs.doubtful, signs.decided));
  const bool titled = std::any_of(out.events.begin(), out.events.end(), [](const Event& e) { return e.role == Role::field && e.type == "docTitle"; });
  if (!titled) out.review_reasons.push_back("no title was recognised");
  out.verdict = out.review_reasons.empty() ? Verdict::ok : Verdict::review;
  if (signs.paragraphs == 0 && signs.sections == 0) out.type = ReportType::document;
}

/// Names the rules that something was found by, each once. What points at a rule of the grammar points at its name then.
class NamedRules {
 public:
  NamedRules(const Grammar& grammar, std::vector<RuleName>& names) : x_grammar(grammar), x_names(names), x_places(grammar.rules().size(), no_rule) {}

  void name_all(Events& events, std::vector<Decision>& decisions) {
    for (Event& event : events) {
      name(event.rule);
      for (Hit& hit : event.hits) name(hit.rule);
    }
    for (Decision& decision : decisions) {
      name(decision.chosen.rule);
      for (Candidate& other : decision.others) name(other.rule);
    }
  }

 private:
  const Grammar& x_grammar;
  std::vector<RuleName>& x_names;
  std::vector<RuleIndex> x_places;  // of each rule of the grammar among the names

  void name(RuleIndex& index) {
    if (index == no_rule) return;
    RuleIndex& place = x_places[index];
    if (place == no_rule) {
      const Rule& rule = x_grammar.rules()[index];
      place = static_cast<RuleIndex>(x_names.size());
      x_names.push_back({rule.name, rule.grammar_id, rule.file, rule.line});
    }
    index = place;
  }
};

void append(std::string& out, const Document& document, const char* name, const Pieces& pieces) {
  if (pieces.empty()) return;
  out += fmt::format(" {}=\"{}\"", name, printable(joined_text(document, pieces)));
}

}  // namespace

Recognised recognise(const Document& document, const Grammar& grammar, const RecogniseOptions& options) {
  Recognised out;
  Work work(document, grammar, options);
  work.language = language_of(document);
  if (const TextKind kind = kind_by_lines(document); !kind.words.empty()) {
    // Nothing is recognised where nothing can be: the text is kept line by line.
    work.plain = true;
    out.events = assemble(work);
    out.texts = std::move(work.texts);
    NamedRules(grammar, out.rules).name_all(out.events, out.decisions);
    out.language = work.language;
    judge_kind(out, document, kind);
    return out;
  }
  find_furniture(work);
  find_contents(work);
  find_annexes(work);
  find_header_end(work);
  find_repeated_masthead(work);
  find_numbering(work);
  find_alike(work);
  find_header(work);
  find_participants(work);
  find_headings(work);
  out.events = assemble(work);
  const TextKind kind = kind_by_words(work, out.events);
  work.forget_lines();
  find_mentions(work, out.events);
  find_owners(work, out.events);
  out.texts = std::move(work.texts);
  out.hits = std::move(work.hits);
  out.decisions = std::move(work.decisions);
  NamedRules(grammar, out.rules).name_all(out.events, out.decisions);
  out.language = work.language;
  out.diagnostics = work.matcher.take_diagnostics();
  judge(out, document);
  if (!kind.words.empty()) judge_kind(out, document, kind);
  return out;
}

const char* role_name(Role role) {
  static constexpr const char* kNames[] = {"field", "section", "paragraph", "point", "text", "table_row", "contents", "contents_entry", "participants", "party",
                                           "person", "annex", "furniture", "closing", "note", "separator", "raw", "verbatim"};
  return kNames[static_cast<int>(role)];
}

std::string dump_events(const Document& document, const Recognised& recognised) {
  std::string out;
  for (const Event& e : recognised.events) {
    const Pieces& first = !e.label.empty() ? e.label : !e.title.empty() ? e.title : e.text;
    out += fmt::format("{:>6} {}", first.empty() ? 0 : document.lines[first[0].line].number, role_name(e.role));
    if (e.depth) out += fmt::format(" depth={}", e.depth);
    for (const auto& [name, value] : {std::pair{"type", &e.type}, {"n", &e.n}, {"agenda", &e.agenda}, {"code", &e.code}, {"when", &e.when}, {"to", &e.to}, {"mode", &e.mode}})
      if (!value->empty()) out += fmt::format(" {}={}", name, printable(*value));
    append(out, document, "label", e.label);
    append(out, document, "title", e.title);
    append(out, document, "mark", e.mark);
    append(out, document, "text", e.text);
    for (const Hit& hit : e.hits) out += fmt::format(" [{} {}-{} {}{}]", hit.kind, hit.range.begin, hit.range.end, hit.normalized, hit.when);
    out += fmt::format(" ({:.2f})\n", e.confidence);
  }
  return out;
}

}  // namespace rapporteur
