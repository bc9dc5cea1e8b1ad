// Stage batch: many documents: a stream of requests, a folder of files, and the difference between two runs.
//
// Documents are parsed in child processes, so that one that crashes or never ends hurts no other. Call these functions
// from a program that has one thread at that time: they fork.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/rapporteur.h"
#include "rapporteur/result.h"

namespace rapporteur {

/// What a document may take.
struct WorkLimits {
  unsigned workers = 1;               ///< processes that parse
  std::uint32_t deadline_ms = 60'000; ///< wall time for one document; 0: none
  std::uint64_t memory_mb = 4096;     ///< address space of a process; 0: no limit
};

// == stream ==

struct StreamOptions {
  EngineOptions engine;
  WorkLimits limits;
  std::uint64_t max_line = 1ull << 30;     ///< bytes of a request; a longer one gets an error as its reply
  const std::atomic<bool>* stop = nullptr; ///< set from outside: finish what was read and end
};

/// Reads one JSON request a line from `in` and writes one JSON reply a line to `out`, in order; docs/stream.md holds
/// both forms. Bad requests and bad documents are replies. Fails only where `in` cannot be read or `out` not be
/// written (B001, B002); a reader of `out` that went away is B003.
Diagnostics run_stream(int in, int out, const StreamOptions& options);

}  // namespace rapporteur
