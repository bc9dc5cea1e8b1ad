// Stage pipeline: the decisions of recognition in words, for `rapporteur explain`.
#pragma once

#include <string>
#include <vector>

#include "grammar/grammar.h"
#include "readers/line.h"
#include "recognition/events.h"

namespace rapporteur {

/// Everything that can be said of one 1-based source line: what it became, by which rule of which file and line, its
/// captures, evidence for and against, and what lost. Several lines of text; empty where the line holds no words.
std::string explain_line(const Document& document, const Recognised& recognised, const Grammar& grammar, std::uint32_t line);

/// Events that give the report its structure and are less likely right than `below`, in the order of the document.
std::vector<const Event*> doubtful_events(const Recognised& recognised, float below);

/// One line of text for each of them, then one for each line that was left as text though it might have been more.
std::string explain_doubts(const Document& document, const Recognised& recognised, float below);

}  // namespace rapporteur
