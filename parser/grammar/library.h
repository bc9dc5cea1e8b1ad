// Stage grammar: which PCRE2 it is.
#pragma once

#include <string>

namespace rapporteur {

/// Version of the PCRE2 that is running and whether it compiles patterns to machine code: "10.42 (JIT x86 64bit ...)".
std::string pcre2_version();

}  // namespace rapporteur
