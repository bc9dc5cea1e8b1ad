// Stage xml: the events that a report is written as.
//
// One walk over the Report (walk.cc) tells a Sink what to open, what to say and what to close. One sink makes bytes of
// it (writer.cc), another feeds the schema validator (validator.cc), so that what is validated is what is written
// without reading the bytes again.
#pragma once

#include <cstdint>
#include <string_view>

namespace rapporteur::xml {

inline constexpr const char* report_namespace = "urn:x-rapporteur:report:1";

/// How an element is laid out: on its own line with its children on lines of theirs, on its own line with mixed
/// content that must not be touched, or within a line.
enum class Layout : std::uint8_t { block, leaf, run };

/// An element of the vocabulary. Names are literals: they end with NUL and live for ever.
struct Element {
  const char* name;
  Layout layout;
};

/// Receives a document, event by event. `attribute` and `position` follow their `open`, before any text or child. Text and values are
/// as the report holds them: not escaped, not sanitised, valid only during the call.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void open(const Element& element) = 0;
  virtual void attribute(const char* name, std::string_view value) = 0;
  /// An attribute that says where an element stood: offset, length, line or endLine. Every element of the vocabulary
  /// may bear those that the walk gives it, and digits are all that can come of a number: nothing to validate.
  virtual void position(const char* name, std::uint32_t value) = 0;
  virtual void text(std::string_view text) = 0;
  virtual void close() = 0;
};

}  // namespace rapporteur::xml
