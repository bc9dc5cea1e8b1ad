// Stage xml: the one place where characters become XML. Nothing else may put a character of a document into the output.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rapporteur::xml {

class OutputBuffer;
struct Piece;

/// What was written.
struct Escaped {
  std::uint64_t replaced = 0;  ///< characters that became U+FFFD
  bool plain = true;           ///< nothing but printable ASCII that needs no reference
};

/// Appends `before`, a few bytes of markup, and `text` as character data: `&`, `<`, `>` and CR as references. What XML 1.0
/// cannot hold becomes U+FFFD, one for each illegal character or ill-formed byte.
Escaped append_text(OutputBuffer& out, std::string_view before, std::string_view text);

/// Appends an attribute, which `name` begins, up to its closing quotation mark. The same of its value, and `"`, TAB and LF
/// become references too, so that they come back.
Escaped append_attribute(OutputBuffer& out, const Piece& name, std::string_view value);

/// The same of text, and of a value alone, at the end of any string.
void append_text(std::string& out, std::string_view text);
void append_value(std::string& out, std::string_view value);

/// Whether `text` is UTF-8 of characters that XML 1.0 can hold, but perhaps for control characters.
bool well_formed(std::string_view text);

}  // namespace rapporteur::xml
