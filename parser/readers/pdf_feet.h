// Stage readers: footnotes at the feet of a PDF's pages.
#pragma once

#include <string_view>

#include "readers/line.h"

namespace rapporteur {

/// Makes notes of the lines in the lower half of a page that begin with a small raised mark, where the same mark stands
/// behind words of the page, and marks there what points at them. `xml` is what `pdftohtml -xml` said; empty: nothing is known.
void mark_page_feet(std::string_view xml, Document& document);

}  // namespace rapporteur
