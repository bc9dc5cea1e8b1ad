// Stage exports: the outline, what was found in a report, one line each.
#pragma once

#include <string>

#include "rapporteur/report.h"

namespace rapporteur {

/// Tab-separated, five columns: kind, label, agenda, text, line; in the order of the source. Kinds: organization, symbol,
/// date, title, place, section, paragraph, annex, annexref, furniture. Text has its markup removed and blanks folded; of
/// a paragraph the first 60 code points. Line is the 1-based line of the source, 0 where the input was no text.
std::string outline_tsv(const Report& report);

/// The same for people: indented by depth, one line each, safe for any terminal.
std::string outline_text(const Report& report);

}  // namespace rapporteur
