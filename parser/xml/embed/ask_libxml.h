// Build step of stage xml: asks libxml2 every question of which a judgement is made (xml/verdicts.h).
#pragma once

#include <string>
#include <vector>

#include "xml/verdicts.h"

namespace rapporteur {
class Schema;
}

namespace rapporteur::xml {

/// Answers that own what they hold.
struct AskedVerdicts {
  Verdicts answers;  ///< without the lists, see `whole`
  std::vector<Verdicts::Row> next_content;
  std::vector<std::uint8_t> may_end;
  std::vector<Verdicts::Exact> exact;
  std::vector<std::string> words;
};

/// By `schema`, which is compiled from `xsd`: its enumerations are the words that are asked of attributes of Kind::exact.
AskedVerdicts ask_libxml(const Schema& schema, std::string_view xsd);

/// As C++ that defines `verdicts_of_report`.
std::string as_source(const AskedVerdicts& asked);

}  // namespace rapporteur::xml
