// Stage xml: a Report as the bytes of its XML document.
#pragma once

#include <string>

#include "rapporteur/report.h"

namespace rapporteur {

/// Writes the report as UTF-8, deterministic to the byte: nothing of the clock, the host or the path is in it.
///
/// What XML 1.0 cannot hold (control characters, U+FFFE, U+FFFF, surrogates, ill-formed UTF-8) becomes U+FFFD; where
/// that happens, the document's own diagnostics say how often (X001), and the same diagnostic is appended to `said`
/// where it is given. `out` is overwritten; its capacity is used again.
void write_xml(const Report& report, std::string& out, Diagnostics* said = nullptr);

std::string write_xml(const Report& report);

class Validator;

/// The same, and what is wrong with what is written: `validator` hears the very walk that writes.
Diagnostics write_judged_xml(const Report& report, std::string& out, Validator& validator, Diagnostics* said = nullptr);

}  // namespace rapporteur
