// Stage xml: the one place where characters become XML. Nothing else may put a character of a document into the output.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rapporteur::xml {

/// Appends `text` as character data: `&`, `<`, `>` and CR as references. What XML 1.0 cannot hold becomes U+FFFD, one
/// for each illegal character or ill-formed byte. Returns how many were replaced.
std::uint64_t append_text(std::string& out, std::string_view text);

/// The same for the value of an attribute in double quotes: `"`, TAB and LF as references too, so that they come back.
std::uint64_t append_value(std::string& out, std::string_view value);

}  // namespace rapporteur::xml
