// Stage readers: plain text (also what pdftotext -layout prints) to lines with their look.
#pragma once

#include "readers/line.h"

namespace rapporteur {

/// Every physical line that is not blank becomes one Line; a row of a pipe table may take several physical lines.
/// A form feed begins a page and stands in no content. Total: every text gives a Document; no errors.
Document read_text(SourcePtr source);

}  // namespace rapporteur
