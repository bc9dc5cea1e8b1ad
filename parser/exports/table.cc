// Stage exports: the table of exports. To add one: a file here with a function Report -> text, and a row.

#include <algorithm>

#include "exports/feeds.h"
#include "exports/akn.h"
#include "exports/dublin_core.h"
#include "exports/readable_text.h"
#include "exports/records.h"
#include "exports/tei.h"
#include "rapporteur/exports.h"
#include "xml/read.h"

namespace rapporteur {

const std::vector<ExportForm>& export_forms() {
  static const std::vector<ExportForm> table = {
      {"records", "records for search engines, one for each paragraph, section and annex (NDJSON)", "application/x-ndjson", "ndjson",
       records_ndjson, true, "", "", "", records_deletion},
      {"solr", "update of Apache Solr as JSON", "application/json", "json", solr_json, true, "{", ",\n", "}\n", solr_json_deletion},
      {"solr-xml", "update of Apache Solr as XML", "application/xml", "xml", solr_xml, true, "<update>\n", "", "</update>\n", solr_xml_deletion},
      {"opensearch", "_bulk request of OpenSearch and Elasticsearch", "application/x-ndjson", "ndjson", opensearch_bulk, true, "", "", "",
       opensearch_deletion},
      {"postgresql", "script for PostgreSQL's psql", "application/sql", "sql", postgresql_script, true, "", "", "", postgresql_deletion},
      {"xapian", "input of scriptindex, of Xapian's omega", "text/plain", "dump", xapian_input, true, "", "", "", xapian_deletion},
      {"sphinx", "xmlpipe2 for Sphinx and Manticore", "application/xml", "xml", sphinx_documents, true, sphinx_before, "", "</sphinx:docset>\n"},
      {"akn", "Akoma Ntoso 3.0, as the United Nations use it", "application/akn+xml", "akn.xml", akoma_ntoso},
      {"tei", "TEI P5, for editions and corpora", "application/tei+xml", "tei.xml", tei},
      {"dc", "Dublin Core, for catalogues", "application/xml", "dc.xml", dublin_core},
      {"text", "readable text, its headings marked as in Markdown", "text/markdown", "md", readable_text},
  };
  return table;
}

const ExportForm* export_form(std::string_view name) {
  const auto& table = export_forms();
  const auto found = std::find_if(table.begin(), table.end(), [&](const ExportForm& form) { return form.name == name; });
  return found == table.end() ? nullptr : &*found;
}

Result<std::string> export_xml(const ExportForm& form, std::string_view xml) {
  const Result<Report> report = read_xml(xml);
  if (!report) return report.said();
  return form.write(*report);
}

}  // namespace rapporteur
