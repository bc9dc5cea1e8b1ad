// Stage pipeline: how many there are of what an archivist counts first.
#pragma once

#include "rapporteur/rapporteur.h"

namespace rapporteur {

/// Counts of the whole report, annexes included. `doubtful` is left at 0: it is about decisions, not about elements.
Counts count(const Report& report);

}  // namespace rapporteur
