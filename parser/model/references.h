// Stage model: references find what they point at.
#pragma once

#include "rapporteur/report.h"

namespace rapporteur {

/// Sets status, target and uri of every Ref and the target of every NoteRef, and adds a `referencedOnly` annex for each
/// label that is cited but not attached, in the order of first mention. A101: an annex is referred to but not attached;
/// A102: several could be meant.
Diagnostics resolve_references(Report& report);

}  // namespace rapporteur
