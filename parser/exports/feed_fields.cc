// Stage exports: a record as plain fields.

#include "exports/feeds.h"

namespace rapporteur {

namespace {

class Fields {
 public:
  void text(const char* name, std::string_view value) {
    if (!value.empty()) all.push_back({name, std::string(value)});
  }
  void number(const char* name, std::int64_t value, std::int64_t least) {
    if (value >= least) all.push_back({name, std::to_string(value)});
  }
  void texts(const char* name, const std::vector<std::string>& values) {
    for (const std::string& value : values) text(name, value);
  }

  std::vector<FeedField> all;
};

void of_document(Fields& fields, const SearchRecords& all) {
  fields.text("document", all.document);
  fields.text("symbol", all.facts.symbol);
  fields.text("title", all.facts.title);
  fields.text("type", all.report_type);
  fields.text("organization", all.facts.organization);
  fields.text("body", all.facts.body);
  fields.text("session", all.facts.session);
  fields.text("date", all.facts.date);
  fields.number("year", all.facts.year, 1);
  fields.text("venue", all.facts.venue);
  fields.text("mode", all.facts.mode);
  fields.text("language", all.language);
  fields.text("source", all.source_name);
  fields.text("sourceSha256", all.source_sha256);
}

}  // namespace

std::vector<FeedField> feed_fields(const SearchRecords& all, const SearchRecord& record) {
  Fields fields;
  fields.text("id", record.id);
  fields.text("kind", name_of(record.kind));
  fields.text("parent", record.parent);
  fields.text("element", record.element);
  fields.number("order", record.order, 0);
  fields.text("number", record.number);
  fields.text("numberPrinted", record.number_printed);
  fields.number("numberInteger", record.number_integer, 0);
  fields.text("heading", record.heading);
  fields.text("agendaItem", record.agenda_item);
  fields.text("agendaHeading", record.agenda_heading);
  fields.text("annex", record.annex);
  fields.text("text", record.text);
  fields.texts("states", record.states);
  fields.texts("statesPrinted", record.states_printed);
  fields.texts("organizations", record.organizations);
  fields.texts("persons", record.persons);
  for (const RecordReference& one : record.references) fields.text("referenceLabels", one.label);
  for (const RecordReference& one : record.references) fields.text("referenceTargets", one.target);
  fields.texts("flags", record.flags);
  fields.text("confidence", share_of(record.confidence));
  fields.number("line", record.line, 1);
  fields.number("endLine", record.end_line, 1);
  of_document(fields, all);
  return std::move(fields.all);
}

}  // namespace rapporteur
