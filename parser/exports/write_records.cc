// Stage exports: search records as JSON, a line each. What has no value is left out.

#include <charconv>

#include "diagnostics/json_text.h"
#include "exports/records.h"

namespace rapporteur {

namespace {

/// Members of a JSON object, appended to a text that ends in { or in another member.
class Members {
 public:
  explicit Members(std::string& out) : x_out(out) {}

  void text(const char* name, std::string_view value) {
    if (value.empty()) return;
    key(name);
    append_json_string(x_out, value, JsonLetters::all);
  }
  void number(const char* name, std::int64_t value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    key(name);
    x_out.append(digits, end);
  }
  void texts(const char* name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    key(name);
    for (char before = '['; const std::string& value : values) {
      x_out += before;
      append_json_string(x_out, value, JsonLetters::all);
      before = ',';
    }
    x_out += ']';
  }
  void key(const char* name) {
    if (!x_out.empty() && x_out.back() != '{') x_out += ',';
    ((x_out += '"') += name) += "\":";
  }

 private:
  std::string& x_out;
};

void references(std::string& out, Members& members, const std::vector<RecordReference>& all) {
  if (all.empty()) return;
  members.key("references");
  for (char before = '['; const RecordReference& one : all) {
    (out += before) += '{';
    Members inner(out);
    inner.text("type", one.type);
    inner.text("status", one.status);
    inner.text("label", one.label);
    inner.text("text", one.text);
    inner.text("target", one.target);
    inner.text("uri", one.uri);
    out += '}';
    before = ',';
  }
  out += ']';
}

void place(Members& members, const SearchRecord& record) {
  if (record.line != 0) {
    members.number("line", record.line);
    members.number("endLine", record.end_line);
  }
  if (record.span.empty()) return;
  members.number("offset", record.span.begin);
  members.number("length", record.span.size());
}

}  // namespace

std::string share_of(float confidence) {
  const int hundredths = confidence >= 1 ? 100 : confidence <= 0 ? 0 : static_cast<int>(confidence * 100 + 0.5f);
  if (hundredths == 100) return "1";
  return {'0', '.', static_cast<char>('0' + hundredths / 10), static_cast<char>('0' + hundredths % 10)};
}

RecordWriter::RecordWriter(const SearchRecords& of) {
  Members members(x_shared);
  members.text("document", of.document);
  members.text("symbol", of.facts.symbol);
  members.text("title", of.facts.title);
  members.text("type", of.report_type);
  members.text("organization", of.facts.organization);
  members.text("body", of.facts.body);
  members.text("session", of.facts.session);
  members.text("date", of.facts.date);
  members.text("datePrecision", of.facts.precision);
  if (of.facts.year != 0) members.number("year", of.facts.year);
  members.text("meetingFrom", of.facts.meeting_from);
  members.text("meetingTo", of.facts.meeting_to);
  members.text("venue", of.facts.venue);
  members.text("mode", of.facts.mode);
  members.text("language", of.language);
  members.text("source", of.source_name);
  members.text("sourceSha256", of.source_sha256);
  members.text("sourceMediaType", of.media_type);
}

void RecordWriter::write(std::string& out, const SearchRecord& record) const {
  out += '{';
  Members members(out);
  members.text("id", record.id);
  members.text("kind", name_of(record.kind));
  members.text("parent", record.parent);
  members.text("element", record.element);
  members.number("order", record.order);
  members.text("number", record.number);
  members.text("numberPrinted", record.number_printed);
  if (record.number_integer >= 0) members.number("numberInteger", record.number_integer);
  members.text("heading", record.heading);
  members.text("agendaItem", record.agenda_item);
  members.text("agendaHeading", record.agenda_heading);
  members.text("annex", record.annex);
  members.text("text", record.text);
  members.texts("states", record.states);
  members.texts("statesPrinted", record.states_printed);
  members.texts("organizations", record.organizations);
  members.texts("persons", record.persons);
  references(out, members, record.references);
  members.key("confidence");
  out += share_of(record.confidence);
  members.texts("flags", record.flags);
  place(members, record);
  (out += ',') += x_shared;
  out += '}';
}

std::string records_ndjson(const Report& report) {
  const SearchRecords all = search_records(report);
  const RecordWriter writer(all);
  std::string out;
  for (const SearchRecord& record : all.records) {
    writer.write(out, record);
    out += '\n';
  }
  return out;
}

}  // namespace rapporteur
