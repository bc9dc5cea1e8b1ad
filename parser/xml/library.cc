// Stage xml: asks libxml2 for its version, so that nobody else has to include it.

#include "xml/library.h"

#include <libxml/parser.h>

namespace rapporteur {

std::string libxml_version() {
  const int number = std::stoi(xmlParserVersion);  // 20914, perhaps with letters behind it
  return std::to_string(number / 10000) + "." + std::to_string(number / 100 % 100) + "." + std::to_string(number % 100);
}

}  // namespace rapporteur
