// Stage text: folding, by Unicode's compatible decomposition without its marks.

#include "text/plain_letters.h"

#include <utf8proc.h>

#include <cstdlib>

namespace rapporteur {

std::string plain_letters(std::string_view text) {
  utf8proc_uint8_t* out = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &out, options);
  std::string result = size < 0 ? std::string(text) : std::string(reinterpret_cast<char*>(out), static_cast<std::size_t>(size));
  std::free(out);
  return result;
}

}  // namespace rapporteur
