// Stage xml: the one place that knows which element and attributes each part of a Report becomes.
#pragma once

#include "rapporteur/report.h"
#include "xml/sink.h"

namespace rapporteur::xml {

class ByteSink;
class ProvenBytes;

/// Tells the sink the whole report, from <report> to </report>, in document order.
void walk(const Report& report, Sink& sink);
/// The same to sinks through which every report goes.
void walk(const Report& report, ByteSink& sink);
void walk(const Report& report, ProvenBytes& sink);

}  // namespace rapporteur::xml
