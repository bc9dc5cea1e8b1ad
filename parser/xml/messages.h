// Stage xml: what the schema validator found wrong, in words for people who know documents and not schemas.
#pragma once

#include <optional>
#include <string_view>

#include "rapporteur/diagnostic.h"

namespace rapporteur::xml {

/// The diagnostic for an error of libxml2's schema validator (its code and its message): code, message and help, no
/// place. Nothing where the error only repeats the one before it.
std::optional<Diagnostic> in_words(int libxml_code, std::string_view libxml_message);

/// An id that more than one element bears (X107), and a target that nothing bears (X108).
Diagnostic doubled_id(std::string_view element, std::string_view id);
Diagnostic dangling_target(std::string_view element, std::string_view id);

}  // namespace rapporteur::xml
