// Stage exports: a script for PostgreSQL's psql. A record is one JSON value; schema/search/postgresql.sql makes columns
// and the text search vector of it.

#include "exports/feeds.h"

namespace rapporteur {

namespace {

/// As COPY in its text format wants it.
void append_copied(std::string& out, std::string_view text) {
  for (const char c : text) switch (c) {
      case '\\': out += "\\\\"; break;
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      default: out += c;
    }
}

/// A string of SQL that means the same whatever standard_conforming_strings is.
std::string literal(std::string_view text) {
  std::string out = "E'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += c;
    out += c;
  }
  return out + "'";
}

}  // namespace

std::string postgresql_script(const Report& report) {
  const SearchRecords all = search_records(report);
  const RecordWriter writer(all);
  std::string out = "BEGIN;\nDELETE FROM report_record WHERE document = " + literal(all.document) + ";\nCOPY report_record (id, record) FROM stdin;\n";
  std::string json;
  for (const SearchRecord& record : all.records) {
    json.clear();
    writer.write(json, record);
    append_copied(out, record.id);
    out += '\t';
    append_copied(out, json);
    out += '\n';
  }
  return out + "\\.\nCOMMIT;\n";
}

std::string postgresql_deletion(const std::string& id) { return "DELETE FROM report_record WHERE id = " + literal(id) + ";\n"; }

}  // namespace rapporteur
