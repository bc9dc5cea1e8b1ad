// Command line: what a document may take, for the commands that parse many.
#pragma once

#include "documents.h"
#include "rapporteur/batch.h"

namespace tool {

/// -j, --deadline, --memory
struct LimitOptions {
  int jobs = 1;
  std::string deadline = "60";
  int memory = 4096;

  void declare(Options& options);
  /// Throws Stop (usage) where a value cannot be.
  rapporteur::WorkLimits limits() const;
};

}  // namespace tool
