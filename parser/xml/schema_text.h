// Stage xml: the published schema as it is built into the program.
#pragma once

#include <string_view>

namespace rapporteur {

/// schema/report.xsd, to the byte: what validates, here and anywhere else. It needs no other file.
std::string_view schema_xsd();

/// schema/report.rnc, to the byte: what people read and edit.
std::string_view schema_rnc();

}  // namespace rapporteur
