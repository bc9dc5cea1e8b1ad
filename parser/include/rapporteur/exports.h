// Stage exports: the forms that archived XML can be given for other programs: search engines, archives, readers.
//
// Each is a pure function of the report, so that what was archived once is enough: nothing is ever parsed again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/report.h"
#include "rapporteur/result.h"

namespace rapporteur {

/// A row of the table of exports.
struct ExportForm {
  const char* name;        ///< a word for `export`: "records"
  const char* summary;     ///< one line
  const char* media_type;  ///< IANA, as far as there is one
  const char* extension;   ///< of files of this form, without a dot
  std::string (*write)(const Report& report);
  bool many = false;       ///< whether one file may hold several reports: `before`, one, `between`, another, `after`
  const char* before = "";
  const char* between = "";
  const char* after = "";
  std::string (*remove)(const std::string& id) = nullptr;  ///< says that a record is no more; null: the form has no way to
};

/// All of them, in the order in which they are listed to people.
const std::vector<ExportForm>& export_forms();

/// The form of that name; null where there is none.
const ExportForm* export_form(std::string_view name);

/// A report, read from XML that `parse` wrote, in that form. Errors: X201, X202, X203, X206.
Result<std::string> export_xml(const ExportForm& form, std::string_view xml);

/// What tells an engine that feeds on `form` which records of `before` are gone in `now` (both NDJSON of the export
/// `records`). Empty where none is. Errors: S301 a line of `before` is no record.
Result<std::string> export_deletions(const ExportForm& form, std::string_view before, std::string_view now);

}  // namespace rapporteur
