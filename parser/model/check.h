// Stage model: what must hold of every report tree. Run in debug builds and in tests.
#pragma once

#include <string>
#include <vector>

#include "rapporteur/report.h"

namespace rapporteur {

/// Ids are unique NCNames; a reference has a target exactly where it is resolved, and the target is there; spans lie in
/// the source and in their parent's; confidences lie in 0..1. One sentence for each breach; empty: all is well. These are
/// mistakes of the program and have no codes: what a user may be told of a report, the checks of stage xml tell (X3xx).
std::vector<std::string> check_tree(const Report& report);

}  // namespace rapporteur
