// Stage pipeline: which build of the library this is.
#pragma once

#include <string>

namespace rapporteur {

/// A hash of the program that the library is linked into, or of the library where it is shared: hexadecimal digits that
/// change with every change of the code. "unknown" where the linker was told to leave it out.
std::string build_id();

}  // namespace rapporteur
