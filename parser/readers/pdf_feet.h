// Stage readers: footnotes at the feet of a PDF's pages.
#pragma once

#include <string_view>

#include "readers/line.h"

namespace rapporteur {

/// Makes notes of the lines below which the page has nothing but its footer, and before which a small raised mark stands,
/// and marks in the text of the page what points at them. `xml` is what `pdftohtml -xml` said; empty: nothing is known.
void mark_page_feet(std::string_view xml, Document& document);

}  // namespace rapporteur
