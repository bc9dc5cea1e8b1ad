// Stage pipeline: the account of a document as JSON.

#include "pipeline/account.h"

#include <array>

#include <fmt/format.h>

#include "diagnostics/json_text.h"
#include "exports/outline.h"

namespace rapporteur {

namespace {

constexpr std::array<std::string_view, 4> columns{"kind", "label", "agenda", "text"};  // and then the line

/// One row of the outline, five columns between tabs.
void append_record(std::string& out, std::string_view row) {
  out += '{';
  for (const std::string_view column : columns) {
    const std::size_t tab = row.find('\t');
    ((out += '"') += column) += "\":";
    append_json_string(out, row.substr(0, tab));
    out += ',';
    row.remove_prefix(tab + 1);
  }
  (out += "\"line\":") += row;
  out += '}';
}

void append_outline(std::string& out, const Report& report) {
  const std::string rows = outline_tsv(report);
  out += '[';
  for (std::size_t at = 0; at < rows.size();) {
    const std::size_t end = rows.find('\n', at);
    out += at == 0 ? "\n  " : ",\n  ";
    append_record(out, std::string_view(rows).substr(at, end - at));
    at = end + 1;
  }
  out += ']';
}

}  // namespace

std::string_view outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::valid: return "valid";
    case Outcome::invalid: return "invalid";
    case Outcome::failed: return "failed";
  }
  return "failed";
}

void append_counts(std::string& out, const Counts& c) {
  fmt::format_to(std::back_inserter(out),
                 "{{\"paragraphs\":{},\"sections\":{},\"agenda_items\":{},\"annexes\":{},\"annex_references\":{},"
                 "\"not_attached\":{},\"furniture\":{},\"doubtful\":{}}}",
                 c.paragraphs, c.sections, c.agenda_items, c.annexes, c.annex_references, c.not_attached, c.furniture, c.doubtful);
}

void append_diagnostics(std::string& out, const Diagnostics& diagnostics) {
  out += '[';
  for (std::size_t i = 0; i < diagnostics.size(); ++i) {
    if (i > 0) out += ',';
    out += render_json(diagnostics[i]);
  }
  out += ']';
}

void append_json_list(std::string& out, const std::vector<std::string>& texts) {
  out += '[';
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out += ',';
    append_json_string(out, texts[i]);
  }
  out += ']';
}

std::string account_json(const Parsed& parsed) {
  const Report& report = parsed.report;
  std::string out;
  append_json_string(out += "{\"file\":", report.source_info.name);
  append_json_string(out += ",\n\"sha256\":", report.source_info.sha256);
  append_json_string(out += ",\n\"grammar\":", report.grammar.id);
  append_json_string(out += ",\n\"reason\":", report.grammar.reason);
  append_json_string(out += ",\n\"language\":", report.language);
  append_json_string(out += ",\n\"outcome\":", outcome_name(parsed.outcome));
  append_json_string(out += ",\n\"verdict\":", report.verdict == Verdict::review ? "review" : "ok");
  append_json_list(out += ",\n\"reasons\":", report.review_reasons);
  append_counts(out += ",\n\"counts\":", parsed.counts);
  append_outline(out += ",\n\"outline\":", report);
  append_diagnostics(out += ",\n\"diagnostics\":", parsed.diagnostics);
  return out += "}\n";
}

}  // namespace rapporteur
