// Stage exports: xmlpipe2, which Sphinx and Manticore index from; schema/search/sphinx.conf goes with it.
//
// These engines know documents by number: the first 60 bits of the id's hash. The id itself is an attribute. An index is
// always made anew of everything, so nothing is ever deleted.

#include "exports/feeds.h"
#include "text/sha256.h"
#include "xml/escape.h"

namespace rapporteur {

const char* const sphinx_before =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sphinx:docset xmlns:sphinx=\"https://sphinxsearch.com/xmlpipe2\">\n<sphinx:schema>\n"
    "<sphinx:field name=\"text\"/><sphinx:field name=\"heading\"/><sphinx:field name=\"agendaheading\"/><sphinx:field name=\"symbols\"/>\n"
    "<sphinx:field name=\"states\"/>\n"
    "<sphinx:attr name=\"id_printed\" type=\"string\"/><sphinx:attr name=\"document\" type=\"string\"/><sphinx:attr name=\"kind\" type=\"string\"/>\n"
    "<sphinx:attr name=\"number\" type=\"string\"/><sphinx:attr name=\"agendaitem\" type=\"string\"/><sphinx:attr name=\"source\" type=\"string\"/>\n"
    "<sphinx:attr name=\"year\" type=\"int\"/><sphinx:attr name=\"line\" type=\"int\"/>\n"
    "<sphinx:attr name=\"confidence\" type=\"float\"/>\n</sphinx:schema>\n";

namespace {

void element(std::string& out, const char* name, std::string_view value) {
  if (value.empty()) return;
  ((out += '<') += name) += '>';
  xml::append_text(out, value);
  ((out += "</") += name) += ">\n";
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) (out += word) += ' ';
  return out;
}

std::string number_of(const std::string& id) { return std::to_string(std::stoull(sha256_hex(id).substr(0, 15), nullptr, 16) + 1); }

}  // namespace

std::string sphinx_documents(const Report& report) {
  const SearchRecords all = search_records(report);
  std::string out;
  for (const SearchRecord& record : all.records) {
    out += "<sphinx:document id=\"" + number_of(record.id) + "\">\n";
    element(out, "text", record.text);
    element(out, "heading", record.heading);
    element(out, "agendaheading", record.agenda_heading);
    if (record.kind == RecordKind::document) element(out, "symbols", all.facts.symbol);
    element(out, "states", joined(record.states));
    element(out, "id_printed", record.id);
    element(out, "document", all.document);
    element(out, "kind", name_of(record.kind));
    element(out, "number", record.number);
    element(out, "agendaitem", record.agenda_item);
    element(out, "source", all.source_name);
    element(out, "year", std::to_string(all.facts.year));
    element(out, "line", std::to_string(record.line));
    element(out, "confidence", share_of(record.confidence));
    out += "</sphinx:document>\n";
  }
  return out;
}

}  // namespace rapporteur
