// Stage exports: updates for Apache Solr, as JSON and as XML.
//
// What the index holds of the report goes first, then its records come: what is no longer in it is no longer found.

#include "diagnostics/json_text.h"
#include "exports/feeds.h"
#include "xml/escape.h"

namespace rapporteur {

namespace {

/// A query that no letter of an id can upset.
std::string of_document(const std::string& id) { return "{!term f=document}" + id; }

void document_json(std::string& out, const std::vector<FeedField>& fields) {
  out += '{';
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string_view name = fields[i].name;
    const bool first = i == 0 || name != fields[i - 1].name;
    const bool last = i + 1 == fields.size() || name != fields[i + 1].name;
    if (i != 0) out += ',';
    if (first) (append_json_string(out, name), out += ':');
    if (first && !last) out += '[';
    append_json_string(out, fields[i].value, JsonLetters::all);
    if (!first && last) out += ']';
  }
  out += '}';
}

}  // namespace

std::string solr_json(const Report& report) {
  const SearchRecords all = search_records(report);
  std::string out = "\"delete\":{\"query\":";
  append_json_string(out, of_document(all.document), JsonLetters::all);
  out += '}';
  for (const SearchRecord& record : all.records) {
    out += ",\n\"add\":{\"doc\":";
    document_json(out, feed_fields(all, record));
    out += '}';
  }
  return out;
}

std::string solr_xml(const Report& report) {
  const SearchRecords all = search_records(report);
  std::string out = "<delete><query>";
  xml::append_text(out, of_document(all.document));
  out += "</query></delete>\n<add>\n";
  for (const SearchRecord& record : all.records) {
    out += "<doc>";
    for (const FeedField& field : feed_fields(all, record)) {
      ((out += "<field name=\"") += field.name) += "\">";
      xml::append_text(out, field.value);
      out += "</field>";
    }
    out += "</doc>\n";
  }
  return out + "</add>\n";
}

std::string solr_json_deletion(const std::string& id) {
  std::string out = "\"delete\":{\"id\":";
  append_json_string(out, id, JsonLetters::all);
  return out + "}";
}

std::string solr_xml_deletion(const std::string& id) {
  std::string out = "<delete><id>";
  xml::append_text(out, id);
  return out + "</id></delete>\n";
}

}  // namespace rapporteur
