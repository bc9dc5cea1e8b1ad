// Stage xml: the one place that knows which element and attributes each part of a Report becomes.
#pragma once

#include "rapporteur/report.h"
#include "xml/sink.h"

namespace rapporteur::xml {

/// Tells the sink the whole report, from <report> to </report>, in document order.
void walk(const Report& report, Sink& sink);

}  // namespace rapporteur::xml
