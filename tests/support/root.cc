// Tests: the one file that is told where the source tree stands.

#include "support/root.h"

std::string project_root() { return RAPPORTEUR_ROOT; }
