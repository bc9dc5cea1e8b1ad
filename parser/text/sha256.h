// Stage text: SHA-256, which names sources, grammars and archived files.
#pragma once

#include <string>
#include <string_view>

namespace rapporteur {

/// SHA-256 of the bytes, 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace rapporteur
