// Stage exports: the report as text for reading, and for programs that know nothing but text.
#pragma once

#include <string>

#include "rapporteur/report.h"

namespace rapporteur {

/// Header, headings, numbered paragraphs, lists, tables and annexes, each block on one line. Numbers stand as printed;
/// page furniture and markup are left out. Title and headings are marked as in Markdown, and parsing the text as that
/// gives the same structure. UTF-8, LF.
std::string readable_text(const Report& report);

}  // namespace rapporteur
