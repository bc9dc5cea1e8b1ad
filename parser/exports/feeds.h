// Stage exports: what search engines are fed with, all made of the same records (records.h).
//
// Each is what its engine loads as it stands; schema/search/ has the other half, the engine's own description of the
// fields, and docs/search.md the commands. Feeding a report again replaces it. The `..._deletion` functions say, for
// `export NAME --since`, that a record is no more.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exports/records.h"

namespace rapporteur {

/// A record without inner structure, for engines that know fields only. A list is the same name several times in a row.
struct FeedField {
  const char* name;
  std::string value;
};
/// Names are those of the records, but for references: `referenceLabels` and `referenceTargets`. Empty fields are left out.
std::vector<FeedField> feed_fields(const SearchRecords& all, const SearchRecord& record);

/// One member of an update message; the table of exports puts the braces around all of them.
std::string solr_json(const Report& report);
std::string solr_xml(const Report& report);
/// Two lines a record, as `_bulk` wants them; cut it at an even number of lines.
std::string opensearch_bulk(const Report& report);
/// A script for psql: one transaction that replaces the report.
std::string postgresql_script(const Report& report);
/// Input of omega's scriptindex.
std::string xapian_input(const Report& report);
/// Documents of xmlpipe2.
std::string sphinx_documents(const Report& report);

/// What stands around the reports in a file of Sphinx: fields and attributes are declared with the data.
extern const char* const sphinx_before;

std::string records_deletion(const std::string& id);
std::string solr_json_deletion(const std::string& id);
std::string solr_xml_deletion(const std::string& id);
std::string opensearch_deletion(const std::string& id);
std::string postgresql_deletion(const std::string& id);
std::string xapian_deletion(const std::string& id);

}  // namespace rapporteur
