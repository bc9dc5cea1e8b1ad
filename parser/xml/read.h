// Stage xml: our own XML read back, so that exports and later runs need nothing but the archived file.
#pragma once

#include <string_view>

#include "rapporteur/report.h"
#include "rapporteur/result.h"

namespace rapporteur {

/// The Report that `write_xml` made these bytes of; writing it again gives the same bytes. `source` is null, and rules
/// have names only: the text of the source and the grammar are not in the XML.
///
/// Elements and attributes that are not of the vocabulary are errors (X206); a document that is merely invalid in
/// other ways is read as far as it goes. Errors: X201, X202, X203, X206.
Result<Report> read_xml(std::string_view xml);

}  // namespace rapporteur
