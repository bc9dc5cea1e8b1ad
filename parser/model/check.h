// Stage model: what must hold of every report tree. Run in debug builds and in tests.
#pragma once

#include "rapporteur/report.h"

namespace rapporteur {

/// Ids are unique NCNames; a reference has a target exactly where it is resolved, and the target is there; spans lie in
/// the source and in their parent's; confidences lie in 0..1. One diagnostic (X9xx) for each breach; empty: all is well.
Diagnostics check_tree(const Report& report);

}  // namespace rapporteur
