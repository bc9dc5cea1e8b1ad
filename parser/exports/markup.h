// Stage exports: writing XML of other vocabularies, element by element, with the escaping of stage xml.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rapporteur {

/// Appends elements to a text. Blocks stand on lines of their own, two columns in for every level; what is opened as a
/// run stands within its line, and nothing inside a `line` gets any space that is not in the report.
class Markup {
 public:
  explicit Markup(std::string& out) : x_out(out) {}

  Markup& block(const char* name) { return open(name, true); }
  Markup& run(const char* name) { return open(name, false); }
  Markup& with(const char* name, std::string_view value);       ///< an attribute, even where it is empty
  Markup& maybe(const char* name, std::string_view value) { return value.empty() ? *this : with(name, value); }
  Markup& number(const char* name, std::uint64_t value) { return with(name, std::to_string(value)); }
  void text(std::string_view text);
  void close();

  /// A block that holds only text; nothing where the text is empty.
  void leaf(const char* name, std::string_view text);
  /// A block without content.
  Markup& empty(const char* name);

 private:
  struct Open {
    const char* name;
    bool block;
    bool lines = false;  ///< has children that stand on lines of their own
  };
  Markup& open(const char* name, bool block);
  void finish_tag();
  void finish_empty();

  std::string& x_out;
  std::vector<Open> x_open;
  bool x_in_tag = false;
  bool x_closes = false;  ///< the open tag belongs to an element that `empty` wrote
};

inline constexpr const char* xml_declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// What may stand in an IRI reference, other characters percent-encoded, so that any schema takes it as xs:anyURI.
/// Empty for nothing but blanks.
std::string as_uri(std::string_view address);

/// Letters and digits of ASCII in small letters, other runs one dot: a name within IRIs and ids. May come out empty.
std::string slug(std::string_view words);

/// Whether the text is a day of the calendar, YYYY-MM-DD.
bool is_day(std::string_view date);

/// ISO 639-2 for a BCP 47 tag: "en-GB" -> "eng"; "und" where it is not known.
std::string_view language_code(std::string_view tag);

}  // namespace rapporteur
