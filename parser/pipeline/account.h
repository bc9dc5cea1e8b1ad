// Stage pipeline: what became of a document, as JSON for other programs: the form `json`, and the parts of it that the
// replies of a stream are made of too. ASCII only, keys in a fixed order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/rapporteur.h"

namespace rapporteur {

std::string_view outcome_name(Outcome outcome);

/// {"paragraphs":28,...}
void append_counts(std::string& out, const Counts& counts);
/// [{...},...]: render_json of each.
void append_diagnostics(std::string& out, const Diagnostics& diagnostics);
void append_json_list(std::string& out, const std::vector<std::string>& texts);

/// One object, its records and diagnostics a line each, ended by a line end: file, bytes, grammar, outcome, verdict,
/// counts, outline and diagnostics (docs/cli.md describes the members). Everything but the XML.
std::string account_json(const Parsed& parsed);

}  // namespace rapporteur
