// Stage recognition: which language a report is written in, by its commonest words.
#pragma once

#include <string>
#include <string_view>

#include "readers/line.h"

namespace rapporteur {

/// BCP 47 code of the language of most of the text ("en", "fr", "es", "pt", "de", "ru"), empty where too few words
/// are known. The first lines mislead (mastheads are multilingual), so the running text counts.
std::string language_of(const Document& document);

/// The same of a few words (a name, a title), by one small word or by their script; empty where nothing tells.
std::string language_of_words(std::string_view words);

}  // namespace rapporteur
