// Stage model: places of many spans, in ascending order, without counting a long line from its start each time.
#pragma once

#include "rapporteur/diagnostic.h"
#include "rapporteur/report.h"

namespace rapporteur {

/// Makes diagnostics at provenances of one report.
class Locator {
 public:
  explicit Locator(const Report& report) : x_report(report) {}

  Diagnostic diagnostic(const Provenance& at, Severity severity, std::string code, std::string message, std::string help = {});

 private:
  Place place(std::uint32_t offset);

  const Report& x_report;
  std::uint32_t x_offset = 0;
  Place x_place{1, 1};
};

}  // namespace rapporteur
