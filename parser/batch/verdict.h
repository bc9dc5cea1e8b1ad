// Stage batch: what is said of a document whose process did not live to say it, and documents as JSON.
#pragma once

#include <string>

#include "batch/workers.h"
#include "rapporteur/rapporteur.h"

namespace rapporteur {

/// B101 its process died, B102 its deadline passed. Not to be called for a job that replied.
Diagnostic explain_job(const JobDone& done, const WorkLimits& limits);

Diagnostic batch_error(std::string code, std::string message, std::string help, std::string file = {});

std::string_view outcome_name(Outcome outcome);

/// {"paragraphs":28,...}
void append_counts(std::string& out, const Counts& counts);
/// [{...},...]: render_json of each.
void append_diagnostics(std::string& out, const Diagnostics& diagnostics);
void append_json_list(std::string& out, const std::vector<std::string>& texts);
/// The symbol of a report without blanks: its first docNumber; empty where it has none.
std::string symbol_of(const Report& report);

}  // namespace rapporteur
