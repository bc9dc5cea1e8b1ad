// Stage xml: what must hold of a report and no schema can say.
#pragma once

#include "rapporteur/report.h"
#include "xml/coverage.h"

namespace rapporteur {

/// Looks at every element once. Codes, each explained in docs/diagnostics.md:
///   X301 a reference says "resolved" without a target, or has a target and says otherwise
///   X302 the target does not exist, or is not of the kind that the reference names
///   X303 an id is given twice
///   X304 the number as printed does not agree with the normalised one
///   X305 a span lies outside the source
///   X306 a fragment or message names an element that does not exist
///   D301 a date does not exist in the calendar
/// Gaps and doubles in the numbering are the model's own checks (N1xx).
Diagnostics check_report(const Report& report);

/// The proof that nothing is lost: `source` holds all that was read; the report must hold the same letters, no more and
/// no less. C101: letters lost; C102: letters invented.
Diagnostics check_coverage(const Report& report, Coverage source);
/// The same, said of what is left when all is taken.
Diagnostics uncovered(const Report& report, const LetterCount& left);

/// Whether `iso` (YYYY, YYYY-MM or YYYY-MM-DD) is a date of the Gregorian calendar.
bool is_real_date(std::string_view iso);

}  // namespace rapporteur
