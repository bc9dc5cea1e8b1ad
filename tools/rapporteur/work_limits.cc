// Command line: what a document may take.

#include "work_limits.h"

#include <unistd.h>

#include "command.h"

namespace tool {

void LimitOptions::declare(Options& options) {
  options.number("-j,--jobs", jobs, "N", "documents parsed at the same time (1; 0: one for each processor)");
  options.text("--deadline", deadline, "SECONDS", "give a document up after so long (60; 0: never)");
  options.number("--memory", memory, "MB", "memory that one of the parsing processes may take (4096; 0: all there is)");
}

rapporteur::WorkLimits LimitOptions::limits() const {
  const std::chrono::milliseconds most = seconds_of("--deadline", deadline);
  if (jobs < 0 || jobs > 1024) throw Stop{exit_usage, "U102", "--jobs wants 0 to 1024", "", ""};
  if (memory < 0) throw Stop{exit_usage, "U102", "--memory wants megabytes", "", ""};
  const long processors = ::sysconf(_SC_NPROCESSORS_ONLN);
  rapporteur::WorkLimits limits;
  limits.workers = static_cast<unsigned>(jobs > 0 ? jobs : processors > 0 ? processors : 1);
  limits.deadline_ms = static_cast<std::uint32_t>(most.count());
  limits.memory_mb = static_cast<std::uint64_t>(memory);
  return limits;
}

}  // namespace tool
