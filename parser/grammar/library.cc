// Stage grammar: asks PCRE2 for its version, so that nobody else has to include it.

#include "grammar/library.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace rapporteur {

std::string pcre2_version() {
  char version[64] = "", target[128] = "";
  std::uint32_t jit = 0;
  pcre2_config(PCRE2_CONFIG_VERSION, version);
  pcre2_config(PCRE2_CONFIG_JIT, &jit);
  if (jit) pcre2_config(PCRE2_CONFIG_JITTARGET, target);
  std::string out = version;
  out = out.substr(0, out.find(' '));  // the release date stands behind a blank
  return out + (jit ? " (JIT for " + std::string(target) + ")" : " (no JIT)");
}

}  // namespace rapporteur
