// Stage readers: lines as text for people, tests and bug reports (`--to blocks`).
#pragma once

#include <string>

#include "rapporteur/diagnostic.h"
#include "readers/line.h"

namespace rapporteur {

/// One line of text for each Line: number, kind, block, what is remarkable of its look, the content in quotes (control
/// characters escaped), the match text where it differs, and its marks. Stable from run to run.
std::string dump_lines(const Document& document);

/// Errors (code R001) where spans of lines overlap or fall back, or where a visible byte of the source lies in none.
/// Empty for every Document that our own readers make: a debug check and the base of the coverage proof.
Diagnostics check_coverage(const Document& document);

}  // namespace rapporteur
