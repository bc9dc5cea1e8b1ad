// Stage exports: the report as text for reading, and for programs that know nothing but text.
#pragma once

#include <string>

#include "rapporteur/report.h"

namespace rapporteur {

/// Header, headings, numbered paragraphs, lists, tables and annexes, a blank line between blocks, each block on one line.
/// Numbers stand as printed; page furniture and markup are left out. UTF-8, LF.
std::string readable_text(const Report& report);

}  // namespace rapporteur
