// Stage xml: the events that a report is written as.
//
// One walk over the Report (walk.cc) tells a Sink what to open, what to say and what to close. What makes bytes of it
// (writer.cc) and what judges it (verdicts.cc) hear the same walk, so that what is validated is what is written without
// reading the bytes again.
#pragma once

#include <cstdint>
#include <string_view>

#include "rapporteur/source.h"
#include "xml/vocabulary.h"

namespace rapporteur::xml {

inline constexpr const char* report_namespace = "urn:x-rapporteur:report:1";

/// Where an element stood: offset and length, unless the span is empty; line and endLine, unless they are 0. And why it is
/// what it is: the rule, unless it is empty; the confidence in hundredths, unless it is 100.
struct Position {
  Span span;
  std::uint32_t line = 0, end_line = 0;
  std::string_view rule = {};
  std::uint32_t confidence = 100;
};

/// Hundredths as they are written: 0, or 0. and two digits.
struct Share {
  explicit Share(std::uint32_t hundredths)
      : text{'0', '.', static_cast<char>('0' + hundredths / 10), static_cast<char>('0' + hundredths % 10)}, size(hundredths == 0 ? 1 : 4) {}
  char text[4];
  std::size_t size;
  operator std::string_view() const { return {text, size}; }
};

/// Receives a document, event by event. Attributes follow their `open`, before any text or child. Text and values are as
/// the report holds them: not escaped, not sanitised. They live as long as the report.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void open(Tag tag) = 0;
  virtual void attribute(Attribute attribute, std::string_view value) = 0;
  /// A number, made by the walk: its digits live during the call only.
  virtual void figure(Attribute attribute, std::string_view digits) = 0;
  /// The attributes that say where an element stood and why. Every element of the vocabulary may bear those that the walk gives
  /// it, and digits are all that can come of a number: nothing to validate but the rule's name.
  virtual void position(const Position& at) = 0;
  virtual void text(std::string_view text) = 0;
  virtual void close() = 0;
};

}  // namespace rapporteur::xml
