// Stage grammar: lists of words in patterns, arranged by their letters.
//
// Archivists write "January | February | ... | janvier"; PCRE2 tries such alternatives one after the other, at every place
// where one of them might begin. Arranged as J(?:anuary|...)|F(?:...) most fall away with one letter.
#pragma once

#include <string>
#include <string_view>

namespace rapporteur {

/// The same pattern with its lists of words arranged: it matches the same texts in the same way. The pattern itself where it
/// has something that is not understood.
std::string arrange_words(std::string_view pattern);

}  // namespace rapporteur
