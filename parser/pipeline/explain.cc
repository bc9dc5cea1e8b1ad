// Stage pipeline: why a line became what it is. Recognition keeps its decisions with the evidence; here they become words.

#include "pipeline/explain.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "grammar/pattern.h"

namespace rapporteur {

namespace {

using Lines = std::vector<std::uint32_t>;  // indices into Document::lines

std::string shortened(std::string_view text, std::size_t most = 90) {
  if (text.size() <= most) return printable(text);
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return printable(text.substr(0, most)) + "…";
}

/// The lines of the document that stand, in whole or in part, on this line of the source.
Lines lines_at(const Document& document, std::uint32_t number) {
  Lines found;
  for (std::uint32_t i = 0; i < document.lines.size(); ++i) {
    const Line& line = document.lines[i];
    const std::uint32_t last = line.span.empty() ? line.number : document.source->line_of(line.span.end - 1);
    if (line.number <= number && number <= std::max(last, line.number)) found.push_back(i);
  }
  return found;
}

bool holds(const Pieces& pieces, std::uint32_t line) {
  return std::any_of(pieces.begin(), pieces.end(), [line](const Piece& piece) { return piece.line == line; });
}

const Event* event_of(const Recognised& recognised, std::uint32_t line) {
  for (const Event& event : recognised.events)
    if (holds(event.label, line) || holds(event.title, line) || holds(event.mark, line) || holds(event.text, line)) return &event;
  return nullptr;
}

/// The decision about this line, or else about the event that took the line in.
const Decision* decision_of(const Recognised& recognised, std::uint32_t line, const Event* event) {
  for (const Decision& decision : recognised.decisions)
    if (decision.line == line) return &decision;
  return event && event->decision < recognised.decisions.size() ? &recognised.decisions[event->decision] : nullptr;
}

std::string rule_words(const Recognised& recognised, RuleIndex index) {
  if (index >= recognised.rules.size()) return "no rule";
  const RuleName& rule = recognised.rules[index];
  return fmt::format("{} of {}, {}:{}", rule.name, rule.grammar, rule.file, rule.line);
}

/// `number = "7", text = "The Meeting ..."` of the rule's match on this line; empty where it does not match it.
std::string captures(const Grammar& grammar, const Line& line, const std::string& rule_name) {
  Matcher matcher(grammar);
  std::vector<Match> matches;
  const std::size_t blanks = std::min(line.match.find_first_not_of(" \t"), line.match.size());
  const std::string_view subject = line.match.substr(blanks);
  matcher.match_block(subject, zone_any, matches);
  std::string out;
  for (const Match& match : matches) {
    if (match.rule->name != rule_name) continue;
    for (std::size_t i = 0; i < capture_count; ++i) {
      const auto capture = static_cast<Capture>(i);
      if (!match.has(capture)) continue;
      out += fmt::format("{}{} = \"{}\"", out.empty() ? "" : ", ", capture_name(capture), shortened(match.text(capture, subject), 60));
    }
    break;
  }
  return out;
}

std::string evidence(const Candidate& candidate, const char* indent) {
  std::string out;
  for (const bool speaks_for : {true, false})
    for (const Evidence& one : candidate.evidence)
      if ((one.weight >= 0) == speaks_for)
        out += fmt::format("{}{} {:+.1f}  {}\n", indent, speaks_for ? "for    " : "against", one.weight, printable(one.text));
  return out;
}

std::string decision_words(const Document& document, const Recognised& recognised, const Grammar& grammar, const Decision& decision) {
  const Candidate& chosen = decision.chosen;
  std::string out = fmt::format("  became   {} ({:.0f} % sure)\n  rule     {}\n", printable(chosen.reading), decision.confidence * 100,
                                rule_words(recognised, chosen.rule));
  if (chosen.rule < recognised.rules.size()) {
    const std::string taken = captures(grammar, document.lines[decision.line], recognised.rules[chosen.rule].name);
    if (!taken.empty()) out += "  captures " + taken + "\n";
  }
  out += evidence(chosen, "  ");
  for (const Candidate& other : decision.others) {
    out += fmt::format("  instead  {}, by {} (score {:.1f} against {:.1f})\n", printable(other.reading),
                       rule_words(recognised, other.rule), other.score, chosen.score);
    out += evidence(other, "    ");
  }
  return out;
}

/// The line that the event begins on, label before title before words; none for an event without words.
std::optional<std::uint32_t> first_line(const Event& event) {
  for (const Pieces* pieces : {&event.label, &event.title, &event.mark, &event.text})
    if (!pieces->empty()) return pieces->front().line;
  return std::nullopt;
}

/// "furniture pageNumber", "paragraph 7"
std::string words_of(const Event& event) {
  std::string out = role_name(event.role);
  if (!event.type.empty()) (out += ' ') += event.type;
  if (!event.n.empty() && event.role != Role::field) (out += ' ') += event.n;
  return out;
}

/// For events that no decision was written down for.
std::string event_words(const Recognised& recognised, const Event& event) {
  return fmt::format("  became   {} ({:.0f} % sure)\n  rule     {}\n", printable(words_of(event)), event.confidence * 100, rule_words(recognised, event.rule));
}

std::string hits_words(const Recognised& recognised, const Event& event) {
  std::string out;
  for (const Hit& hit : event.hits) {
    std::string value(!hit.when.empty() ? hit.when : !hit.family.empty() ? hit.family : hit.normalized);
    if (!hit.to.empty()) (value += '/') += hit.to;
    out += fmt::format("  in it    {} {} by {} ({:.0f} % sure)\n", hit.kind, printable(value), rule_words(recognised, hit.rule), hit.confidence * 100);
  }
  return out;
}

}  // namespace

std::string explain_line(const Document& document, const Recognised& recognised, const Grammar& grammar, std::uint32_t number) {
  std::string out;
  for (const std::uint32_t at : lines_at(document, number)) {
    const Line& line = document.lines[at];
    out += fmt::format("{}:{}: {}\n", printable(document.source->info().name), line.number, shortened(line.content));
    const Event* event = event_of(recognised, at);
    const Decision* decision = decision_of(recognised, at, event);
    if (decision && decision->line != at)
      out += fmt::format("  belongs to what begins at line {}: {}\n", document.lines[decision->line].number,
                         shortened(document.lines[decision->line].content, 60));
    if (decision) out += decision_words(document, recognised, grammar, *decision);
    else if (event) out += event_words(recognised, *event);
    if (event) out += hits_words(recognised, *event);
  }
  return out;
}

std::vector<const Event*> doubtful_events(const Recognised& recognised, float below) {
  std::vector<const Event*> doubtful;
  for (const Event& event : recognised.events) {
    const bool structure = event.role == Role::paragraph || event.role == Role::section || event.role == Role::annex ||
                           event.role == Role::field || event.role == Role::furniture;
    if (structure && event.confidence < below) doubtful.push_back(&event);
  }
  return doubtful;
}

std::string explain_doubts(const Document& document, const Recognised& recognised, float below) {
  std::string out;
  const auto row = [&](std::uint32_t at, const std::string& reading, float confidence, const std::vector<Candidate>& others) {
    const Line& line = document.lines[at];
    out += fmt::format("{}:{}: {} ({:.0f} % sure{}): {}\n", printable(document.source->info().name), line.number, printable(reading),
                       confidence * 100, others.empty() ? "" : ", else " + printable(others.front().reading), shortened(line.content, 60));
  };
  for (const Event* event : doubtful_events(recognised, below)) {
    const std::optional<std::uint32_t> at = first_line(*event);
    if (!at) continue;
    const Decision* decision = decision_of(recognised, *at, event);
    row(*at, decision ? decision->chosen.reading : words_of(*event), event->confidence, decision ? decision->others : std::vector<Candidate>{});
  }
  for (const Decision& decision : recognised.decisions)
    if (decision.chosen.role == Role::text && decision.confidence < below)
      row(decision.line, decision.chosen.reading, decision.confidence, decision.others);
  return out.empty() ? "nothing is doubtful\n" : out;
}

}  // namespace rapporteur
