// Stage xml: the one place where characters become XML. Nothing else may put a character of a document into the output.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rapporteur::xml {

class OutputBuffer;

/// Appends `text` as character data: `&`, `<`, `>` and CR as references. What XML 1.0 cannot hold becomes U+FFFD, one
/// for each illegal character or ill-formed byte. Returns how many were replaced.
std::uint64_t append_text(std::string& out, std::string_view text);

/// The same for the value of an attribute in double quotes: `"`, TAB and LF as references too, so that they come back.
std::uint64_t append_value(std::string& out, std::string_view value);

/// The same into the buffer of a document.
std::uint64_t append_text(OutputBuffer& out, std::string_view text);
std::uint64_t append_value(OutputBuffer& out, std::string_view value);

/// Whether `text` is UTF-8 of characters that XML 1.0 can hold, but perhaps for control characters.
bool well_formed(std::string_view text);

}  // namespace rapporteur::xml
