// Stage exports: PREMIS 3, what a repository keeps of how a file came to be.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "rapporteur/diagnostic.h"
#include "rapporteur/report.h"

namespace rapporteur {

/// What happened, beyond what the report says of its source.
struct PremisEvent {
  std::string output_name;    ///< file that holds the XML; may be empty
  std::string_view output;    ///< its bytes
  std::int64_t time = 0;      ///< when, in seconds since 1970; the caller's clock, or SOURCE_DATE_EPOCH
  bool valid = true;
  Diagnostics diagnostics;    ///< of the whole run, counted by code
};

/// Two objects (source and XML), one event, one agent, valid against the PREMIS 3 schema. The one place where time is
/// written: the XML itself has none.
std::string premis(const Report& report, const PremisEvent& event);

}  // namespace rapporteur
