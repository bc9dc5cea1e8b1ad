// Stage readers: character references of HTML (`&eacute;`, `&#233;`, `&#xE9;`) to text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rapporteur {

/// A character reference at the front of a text: how many bytes it takes, and the UTF-8 that it stands for.
struct CharacterReference {
  std::size_t bytes = 0;
  std::string text;
};

/// The reference at the front of `text` (which begins with '&'). Named ones need their semicolon, for "R&D" and
/// "a=1&copy=2" are no references to a person; numeric ones do not, as in HTML. Numbers follow HTML too: 128 to 159
/// mean Windows-1252, what is no character becomes U+FFFD.
std::optional<CharacterReference> character_reference(std::string_view text);

/// Appends a code point as UTF-8.
void append_utf8(std::string& out, char32_t point);

}  // namespace rapporteur
