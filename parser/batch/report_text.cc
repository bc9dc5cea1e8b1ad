// Stage batch: the report of a run as CSV and as JSON.

#include <fmt/format.h>

#include "batch/report.h"
#include "batch/verdict.h"
#include "diagnostics/json_text.h"

namespace rapporteur {

namespace {

/// A field that no spreadsheet takes for a formula and no terminal for a command.
std::string csv_field(const std::string& text) {
  std::string shown = printable(text);
  if (!shown.empty() && std::string_view("=+-@\t\r").find(shown.front()) != std::string_view::npos) shown.insert(0, "'");
  std::string out = "\"";
  for (const char c : shown) {
    if (c == '"') out += '"';
    out += c;
  }
  return out += '"';
}

std::string reasons_in_words(const std::vector<RunReason>& reasons) {
  std::string out;
  for (const RunReason& reason : reasons) {
    if (!out.empty()) out += "; ";
    if (reason.line != 0) out += "line " + std::to_string(reason.line) + ": ";
    if (!reason.code.empty()) out += reason.code + " ";
    out += reason.text;
  }
  return out;
}

void append_row(std::string& out, const RunRow& row) {
  append_json_string(out += "{\"name\":", row.name);
  append_json_string(out += ",\"verdict\":", row.verdict);
  append_json_string(out += ",\"output\":", row.link);
  append_json_string(out += ",\"symbol\":", row.symbol);
  append_json_string(out += ",\"grammar\":", row.grammar);
  append_json_string(out += ",\"language\":", row.language);
  append_counts(out += fmt::format(",\"bytes\":{},\"counts\":", row.bytes), row.counts);
  out += ",\"reasons\":[";
  for (std::size_t i = 0; i < row.reasons.size(); ++i) {
    const RunReason& reason = row.reasons[i];
    append_json_string(out += i == 0 ? "{\"code\":" : ",{\"code\":", reason.code);
    append_json_string(out += ",\"text\":", reason.text);
    out += reason.line == 0 ? "}" : fmt::format(",\"line\":{}}}", reason.line);
  }
  out += "]}";
}

void append_groups(std::string& out, const std::vector<RunGroup>& groups) {
  out += '[';
  for (std::size_t i = 0; i < groups.size(); ++i) {
    append_json_string(out += i == 0 ? "{\"of\":" : ",{\"of\":", groups[i].what);
    append_json_list(out += ",\"names\":", groups[i].names);
    out += '}';
  }
  out += ']';
}

}  // namespace

void write_csv_report(const RowVisitor& rows, const Writer& write) {
  write("name,verdict,symbol,grammar,language,bytes,paragraphs,sections,agenda_items,annexes,annex_references,not_attached,"
        "furniture,doubtful,reasons,output\r\n");
  rows([&](const RunRow& row) {
    const Counts& c = row.counts;
    write(fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", csv_field(row.name), row.verdict, csv_field(row.symbol),
                      csv_field(row.grammar), csv_field(row.language), row.bytes, c.paragraphs, c.sections, c.agenda_items, c.annexes,
                      c.annex_references, c.not_attached, c.furniture, c.doubtful, csv_field(reasons_in_words(row.reasons)), csv_field(row.link)));
  });
}

void write_json_report(const RunTotals& totals, const RowVisitor& rows, const Writer& write) {
  const BatchProgress& c = totals.counts;
  std::string out = fmt::format("{{\"documents\":{},\"ok\":{},\"review\":{},\"invalid\":{},\"failed\":{},\"top_reasons\":", c.done, c.ok,
                                c.review, c.invalid, c.failed);
  append_json_list(out, totals.reasons);
  append_groups(out += ",\"duplicates\":", totals.duplicates);
  append_groups(out += ",\"versions\":", totals.versions);
  write(out += ",\"rows\":[");
  bool first = true;
  rows([&](const RunRow& row) {
    out = first ? "\n" : ",\n";
    first = false;
    append_row(out, row);
    write(out);
  });
  write("\n]}\n");
}

}  // namespace rapporteur
