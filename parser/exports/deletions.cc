// Stage exports: what an engine still holds and the archive does not: the records of last time that are gone.

#include <simdjson.h>

#include <unordered_set>

#include "exports/feeds.h"
#include "rapporteur/exports.h"

namespace rapporteur {

namespace {

/// Ids of records, in their order. `bad_line`: the 1-based line that is no record, 0 where all are.
std::vector<std::string> ids_of(std::string_view ndjson, std::uint32_t& bad_line) {
  std::vector<std::string> ids;
  simdjson::dom::parser parser;
  std::uint32_t line = 0;
  while (!ndjson.empty() && bad_line == 0) {
    const std::size_t end = std::min(ndjson.find('\n'), ndjson.size());
    const std::string_view text = ndjson.substr(0, end);
    ndjson.remove_prefix(std::min(end + 1, ndjson.size()));
    ++line;
    if (text.empty()) continue;
    std::string_view id;
    if (parser.parse(text.data(), text.size())["id"].get(id) != simdjson::SUCCESS) bad_line = line;
    else ids.emplace_back(id);
  }
  return ids;
}

}  // namespace

Result<std::string> export_deletions(const ExportForm& form, std::string_view before, std::string_view now) {
  std::uint32_t bad_line = 0;
  const std::vector<std::string> had = ids_of(before, bad_line);
  if (bad_line != 0)
    return Diagnostic{.severity = Severity::error,
                      .code = "S301",
                      .message = "this line is no record",
                      .help = "--since wants what `rapporteur export records` wrote last time",
                      .place = {bad_line, 1}};
  const std::vector<std::string> has = ids_of(now, bad_line);
  const std::unordered_set<std::string_view> there(has.begin(), has.end());
  std::string out;
  for (const std::string& id : had) {
    if (there.count(id) != 0) continue;
    if (!out.empty()) out += form.between;
    out += form.remove(id);
  }
  return out.empty() ? out : form.before + out + form.after;
}

std::string records_deletion(const std::string& id) { return id + "\n"; }

}  // namespace rapporteur
