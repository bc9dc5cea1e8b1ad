// Stage readers: tables of a PDF, which pdftotext keeps as columns of blanks.
#pragma once

#include "readers/line.h"

namespace rapporteur {

/// Makes rows with cells of the lines that stand in a table: several lines one below the other whose columns begin at the
/// same places. A table's line is no heading and no paragraph, whatever number it begins with. For documents whose lines
/// keep the columns of the page.
void mark_tables(Document& document);

}  // namespace rapporteur
