// Stage text: words as they are compared, where neither case nor accents count.
#pragma once

#include <string>
#include <string_view>

namespace rapporteur {

/// `text` (UTF-8) in small letters without accents: "São Tomé" -> "sao tome". Ill-formed text comes back as it is.
std::string plain_letters(std::string_view text);

}  // namespace rapporteur
