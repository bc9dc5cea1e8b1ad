// Stage model: spans and lines of the source that an element covers.

#include "model/provenance.h"

#include <algorithm>

namespace rapporteur {

void widen(Provenance& at, const Provenance& more) {
  if (more.line == 0) return;
  if (at.line == 0) {
    at.span = more.span;
    at.line = more.line;
    at.end_line = more.end_line;
    return;
  }
  at.span = {std::min(at.span.begin, more.span.begin), std::max(at.span.end, more.span.end)};
  at.line = std::min(at.line, more.line);
  at.end_line = std::max(at.end_line, more.end_line);
}

Provenance place_of(const Document& document, std::uint32_t line_index, Span range) {
  const Line& line = document.lines[line_index];
  Provenance at;
  at.span = line.source_span(range);
  if (at.span.end < at.span.begin) at.span.end = at.span.begin;
  at.line = at.end_line = line.number;
  const Source* source = document.source.get();
  const bool several_lines = source && at.span.end > line.span.begin && line.span.end > line.span.begin &&
                             line.number < source->line_count() && at.span.end > source->line_begin(line.number + 1);
  if (several_lines) at.end_line = std::max(line.number, document.source->line_of(at.span.end - 1));
  return at;
}

Provenance place_of(const Document& document, const Piece& piece) { return place_of(document, piece.line, piece.range); }

Provenance place_of(const Document& document, const Pieces& pieces) {
  Provenance at;
  for (const Piece& piece : pieces) widen(at, place_of(document, piece));
  return at;
}

Provenance place_of(const Document& document, const Event& event) {
  Provenance at;
  for (const Pieces* pieces : {&event.label, &event.title, &event.mark, &event.text}) widen(at, place_of(document, *pieces));
  if (event.text.empty()) widen(at, place_of(document, event.read_from));
  at.rule = event.rule;
  at.confidence = event.confidence;
  return at;
}

}  // namespace rapporteur
