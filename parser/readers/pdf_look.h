// Stage readers: how the lines of a PDF look. `pdftotext -layout` keeps words and columns, but no type; the headings of
// most printed reports are told by bold type and by nothing else.
#pragma once

#include <string>
#include <string_view>

#include "rapporteur/converters.h"
#include "readers/line.h"

namespace rapporteur {

/// What `pdftohtml -xml` says of the PDF; empty where it is missing or fails: then nothing is known of the look, and the
/// words are the same. Safe to run beside pdftotext.
std::string ask_pdf_look(std::string_view bytes, const ConverterOptions& options);

/// Marks as bold the lines of `document` whose letters are all bold in `xml`. Lines are found again by their page and
/// their letters. Where most lines are bold, bold tells nothing, and none is marked.
void mark_bold_lines(std::string_view xml, Document& document);

}  // namespace rapporteur
