// Stage exports: TEI P5, for editions and corpora.
#pragma once

#include <string>

#include "rapporteur/report.h"

namespace rapporteur {

/// A TEI document that schema/tei-subset.rnc describes: divs typed by the kind of section, numbered paragraphs as
/// <p n="7">, participants as listOrg and listPerson, mentions as ref. xml:ids are the names of element_ids.h.
std::string tei(const Report& report);

}  // namespace rapporteur
