// Stage model: line and column of a diagnostic; counts on from the last one in the same line.

#include "model/locator.h"

#include <algorithm>

namespace rapporteur {

Place Locator::place(std::uint32_t offset) {
  const Source& source = *x_report.source;
  offset = std::min(offset, static_cast<std::uint32_t>(source.text().size()));
  const bool goes_on = offset >= x_offset && source.line_of(offset) == x_place.line;
  if (goes_on) {
    const std::string_view between = source.text().substr(x_offset, offset - x_offset);
    const auto points = std::count_if(between.begin(), between.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    x_place.column += static_cast<std::uint32_t>(points);
  } else {
    x_place = source.place_of(offset);
  }
  x_offset = offset;
  return x_place;
}

Diagnostic Locator::diagnostic(const Provenance& at, Severity severity, std::string code, std::string message, std::string help) {
  Diagnostic made;
  made.severity = severity;
  made.code = std::move(code);
  made.message = std::move(message);
  made.help = std::move(help);
  if (!x_report.source) return made;
  made.file = x_report.source->info().name;
  made.place = place(at.span.begin);
  made.span = at.span;
  return made;
}

}  // namespace rapporteur
