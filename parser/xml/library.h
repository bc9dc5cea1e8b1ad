// Stage xml: which libxml2 it is.
#pragma once

#include <string>

namespace rapporteur {

/// Version of the libxml2 that is running, "2.9.14".
std::string libxml_version();

}  // namespace rapporteur
