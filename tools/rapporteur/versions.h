// Command line: what --version prints.
#pragma once

#include <string>

namespace tool {

/// rapporteur's own version, then a line each for the schema, the grammars, the libraries and pandoc.
std::string version_text();

}  // namespace tool
