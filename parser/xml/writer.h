// Stage xml: a Report as the bytes of its XML document.
#pragma once

#include <string>

#include "rapporteur/report.h"
#include "xml/coverage.h"

namespace rapporteur {

/// Writes the report as UTF-8, deterministic to the byte: nothing of the clock, the host or the path is in it.
///
/// What XML 1.0 cannot hold (control characters, U+FFFE, U+FFFF, surrogates, ill-formed UTF-8) becomes U+FFFD; where
/// that happens, the document's own diagnostics say how often (X001), and the same diagnostic is appended to `said`
/// where it is given. `out` is overwritten; its capacity is used again.
void write_xml(const Report& report, std::string& out, Diagnostics* said = nullptr);

std::string write_xml(const Report& report);

class Validator;

/// What is wrong with a report in ways that no schema can express (checks.h).
struct Found {
  Diagnostics checks, coverage;
};

/// Writes, and in the same walk judges by the schema, checks, and holds against `source` what is written. True: all is well.
/// Else `out` is not the last word: what was found belongs into the report, which is then to be written again and validated.
bool write_proven_xml(const Report& report, Coverage source, std::string& out, Validator& validator, Found& found);

}  // namespace rapporteur
