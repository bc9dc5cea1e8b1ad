// Stage model: gaps, doubles and steps back in the numbers of paragraphs. Numbers are reported on, never changed.
#pragma once

#include "rapporteur/report.h"

namespace rapporteur {

/// N101 gap, N102 double, N103 backwards, N104 the numbers start again. The body, each annex, each prefix of dotted
/// numbers (2.1, 2.2 ...) and counted numbers are chains of their own.
Diagnostics check_numbering(const Report& report);

}  // namespace rapporteur
