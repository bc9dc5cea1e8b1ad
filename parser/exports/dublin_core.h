// Stage exports: Dublin Core, what every catalogue and repository takes.
#pragma once

#include <string>

#include "rapporteur/report.h"

namespace rapporteur {

/// The fifteen elements, as far as the report says something for them, in the container that OAI-PMH uses (oai_dc).
/// Subjects are the agenda items; relations are the documents that the text refers to.
std::string dublin_core(const Report& report);

}  // namespace rapporteur
