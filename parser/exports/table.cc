// Stage exports: the table of exports. To add one: a file here with a function Report -> text, and a row.

#include <algorithm>

#include "exports/records.h"
#include "rapporteur/exports.h"
#include "xml/read.h"

namespace rapporteur {

const std::vector<ExportForm>& export_forms() {
  static const std::vector<ExportForm> table = {
      {"records", "records for search engines, one for each paragraph, section and annex (NDJSON)", "application/x-ndjson", "ndjson",
       records_ndjson, true},
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
