// Stage diagnostics: text as JSON, for everything that other programs read.
//
// ASCII unless asked otherwise: what is printed can be cut, logged and piped without anybody having to know an encoding.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rapporteur {

/// Which letters stand for themselves: those of ASCII, or all that are safe to show on a terminal.
enum class JsonLetters : std::uint8_t { ascii, all };

/// Appends `text` (UTF-8) as a JSON string with its quotes. Ill-formed bytes become U+FFFD, one for each maximal
/// ill-formed sequence.
void append_json_string(std::string& out, std::string_view text, JsonLetters letters = JsonLetters::ascii);

/// Appends JSON that is UTF-8 as JSON that is ASCII: what is not ASCII can only stand within strings.
void append_json_as_ascii(std::string& out, std::string_view json);

}  // namespace rapporteur
