// Stage readers: PDF -> Document, through pdftotext -layout and the text reader in page mode; bold lines by pdftohtml.
#pragma once

#include <string_view>

#include "rapporteur/converters.h"
#include "rapporteur/result.h"
#include "readers/line.h"

namespace rapporteur {

/// The text as printed by `pdftotext -layout` becomes the Source; a form feed ends a page. `info` holds name, size and
/// sha256 of the bytes. Errors: R401 pages without text (a scan; the remedy names the OCR command), R402 protected by a
/// password, R403 damaged beyond reading, R404 no PDF at all, E1xx the process. Warnings: R405 repaired while reading.
Result<Document> read_pdf(std::string_view bytes, SourceInfo info, const ConverterOptions& options = {});

}  // namespace rapporteur
