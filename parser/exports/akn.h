// Stage exports: Akoma Ntoso 3.0, as the guidelines of the United Nations (AKN4UN) prescribe for reports of meetings.
#pragma once

#include <string>

#include "rapporteur/report.h"

namespace rapporteur {

/// <debateReport name="meetingReport">: strictly valid against the schema of OASIS, names by its Naming Convention, every
/// local reference with its target. Page furniture, diagnostics and the place of everything in the source are kept as
/// metadata. Where the report has no full date the schema's compulsory FRBRdate says 0001-01-01, name="unknown".
std::string akoma_ntoso(const Report& report);

}  // namespace rapporteur
