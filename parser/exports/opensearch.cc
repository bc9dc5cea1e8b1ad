// Stage exports: the `_bulk` format of OpenSearch and Elasticsearch. The index is named in the address it is sent to.

#include "diagnostics/json_text.h"
#include "exports/feeds.h"

namespace rapporteur {

namespace {

std::string action(const char* name, const std::string& id) {
  std::string out = std::string("{\"") + name + "\":{\"_id\":";
  append_json_string(out, id, JsonLetters::all);
  return out + "}}\n";
}

}  // namespace

std::string opensearch_bulk(const Report& report) {
  const SearchRecords all = search_records(report);
  const RecordWriter writer(all);
  std::string out;
  for (const SearchRecord& record : all.records) {
    out += action("index", record.id);
    writer.write(out, record);
    out += '\n';
  }
  return out;
}

std::string opensearch_deletion(const std::string& id) { return action("delete", id); }

}  // namespace rapporteur
