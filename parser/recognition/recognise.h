// Stage recognition: a document's lines and a grammar's rules in, a flat list of events out.
#pragma once

#include "grammar/grammar.h"
#include "readers/line.h"
#include "recognition/events.h"
#include "recognition/work.h"

namespace rapporteur {

/// Total: every document, however odd, comes out with every content byte in exactly one piece. Linear in the document.
/// Thread-safe as long as each call has its own Document.
Recognised recognise(const Document& document, const Grammar& grammar, const RecogniseOptions& options = {});

/// One line an event: role, label, attributes, words. The `--to events` form.
std::string dump_events(const Document& document, const Recognised& recognised);

}  // namespace rapporteur
