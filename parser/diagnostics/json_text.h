// Stage diagnostics: text as JSON, for everything that other programs read.
//
// ASCII only: what is printed can be cut, logged and piped without anybody having to know an encoding.
#pragma once

#include <string>
#include <string_view>

namespace rapporteur {

/// Appends `text` (UTF-8) as a JSON string with its quotes. Ill-formed bytes become U+FFFD, one for each maximal
/// ill-formed sequence.
void append_json_string(std::string& out, std::string_view text);

/// Appends JSON that is UTF-8 as JSON that is ASCII: what is not ASCII can only stand within strings.
void append_json_as_ascii(std::string& out, std::string_view json);

}  // namespace rapporteur
