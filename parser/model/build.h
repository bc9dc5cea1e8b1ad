// Stage model: flat events become the tree of a report.
//
// Total: every list of events, however odd, gives a Report that holds every piece exactly once. What cannot stand where
// it came is kept as plain text there.
#pragma once

#include "readers/line.h"
#include "recognition/events.h"

namespace rapporteur {

/// The report that the events tell of, with ids given out, references resolved and numbering checked. Source, rules,
/// verdict and all diagnostics so far are in it; grammar and options are the caller's to fill in.
Report build_report(const Document& document, Recognised&& recognised);

}  // namespace rapporteur
