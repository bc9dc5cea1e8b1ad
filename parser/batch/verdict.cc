// Stage batch: documents and what became of them, as JSON.

#include "batch/verdict.h"

#include <cstring>

#include <fmt/format.h>
#include <sys/wait.h>

namespace rapporteur {

Diagnostic batch_error(std::string code, std::string message, std::string help, std::string file) {
  Diagnostic said;
  said.severity = Severity::error;
  said.code = std::move(code);
  said.message = std::move(message);
  said.help = std::move(help);
  said.file = std::move(file);
  return said;
}

Diagnostic explain_job(const JobDone& done, const WorkLimits& limits) {
  if (done.end == JobEnd::timed_out)
    return batch_error("B102", fmt::format("not done after {} s and given up", limits.deadline_ms / 1000.0),
                       "--deadline SECONDS gives it more time");
  if (WIFEXITED(done.status) && WEXITSTATUS(done.status) == exit_no_memory)
    return batch_error("B103", limits.memory_mb == 0 ? "there was not enough memory for it" : fmt::format("{} MB of memory were not enough for it", limits.memory_mb),
                       "--memory MB gives it more");
  const std::string how = WIFSIGNALED(done.status) ? std::string("signal ") + std::to_string(WTERMSIG(done.status))
                                                   : "exit status " + std::to_string(WEXITSTATUS(done.status));
  return batch_error("B101", "the process that parsed it ended with " + how,
                     "please report it with this document; other documents of the run are not touched");
}

std::string symbol_of(const Report& report) {
  for (const HeaderField& field : report.header)
    if (field.kind == FieldKind::docNumber && !field.normalized.empty()) return field.normalized;
  return {};
}

}  // namespace rapporteur
