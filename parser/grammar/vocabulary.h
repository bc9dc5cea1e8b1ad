// Stage grammar: the words of grammar files and what they stand for.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "grammar/grammar.h"

namespace rapporteur {

/// Words with their values, in the order in which messages list them.
using Words = std::vector<std::pair<std::string, std::uint8_t>>;

const Words& emit_words_of_blocks();
const Words& emit_words_of_inlines();
const Words& zone_words();
const Words& look_words();
const Words& title_words();
/// What `type` may say for a rule that emits this; empty: anything.
std::vector<std::string> type_words(Emit emit);

std::vector<std::string> only_words(const Words& words);

}  // namespace rapporteur
