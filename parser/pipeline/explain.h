// Stage pipeline: the decisions of recognition in words, for `rapporteur explain`.
#pragma once

#include <string>

#include "grammar/grammar.h"
#include "readers/line.h"
#include "recognition/events.h"

namespace rapporteur {

/// Everything that can be said of one 1-based source line: what it became, by which rule of which file and line, its
/// captures, evidence for and against, and what lost. Several lines of text; empty where the line holds no words.
std::string explain_line(const Document& document, const Recognised& recognised, const Grammar& grammar, std::uint32_t line);

/// One line of text for each decision that is less likely right than `below`.
std::string explain_doubts(const Document& document, const Recognised& recognised, float below);

}  // namespace rapporteur
