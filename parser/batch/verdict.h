// Stage batch: what is said of a document whose process did not live to say it, and documents as JSON.
#pragma once

#include <string>

#include "batch/workers.h"
#include "pipeline/account.h"
#include "rapporteur/rapporteur.h"

namespace rapporteur {

/// B101 its process died, B102 its deadline passed, B103 it had not memory enough. Not to be called for a job that replied.
Diagnostic explain_job(const JobDone& done, const WorkLimits& limits);

Diagnostic batch_error(std::string code, std::string message, std::string help, std::string file = {});

/// The symbol of a report without blanks: its first docNumber; empty where it has none.
std::string symbol_of(const Report& report);

}  // namespace rapporteur
