// Stage model: a report as an indented tree, one element a line, for tests and bug reports.
#pragma once

#include <string>

#include "rapporteur/report.h"

namespace rapporteur {

/// Each line: kind, id, properties that are set, [lines of the source], words. Inlines are written {strong words},
/// {br}, {pb 3}, {ref1 annex III unresolved: Annex III}. Diagnostics follow, one line each.
std::string dump_report(const Report& report);

/// Inlines in that notation.
std::string dump_inlines(const Inlines& inlines);

}  // namespace rapporteur
