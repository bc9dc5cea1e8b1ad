// Stage readers: the programs that rapporteur calls, where they are found, and what is said when they fail.
//
// Every failure is a Diagnostic with a code of the family E (see docs/diagnostics.md) and a remedy that can be pasted
// into a shell.
#pragma once

#include <string>
#include <string_view>

#include "rapporteur/converters.h"
#include "rapporteur/result.h"
#include "readers/process.h"

namespace rapporteur {

/// A program that was found.
struct Program {
  std::string name;     ///< "pandoc"
  std::string path;
  std::string version;  ///< "2.17.1.1"
};

/// Finds `wanted` (a name on PATH, or a path) and asks it for its version; the answer is remembered for the process.
/// `name` is one of pandoc, pdftotext, pdftohtml, soffice, ocrmypdf. Errors: E101 not found, E102 too old or unreadable version, E105 cannot
/// be started.
Result<Program> find_external(std::string_view name, const std::string& wanted = {});

/// The shell line that installs it on Debian.
std::string install_line(std::string_view name);

/// A file name as one word of a shell command.
std::string shell_quoted(std::string_view name);

/// What a program's end means, for `file`: E103 deadline passed, E104 out of memory, E105 not started, E106 it cannot
/// read the document, E107 it died, E108 it said too much. Call it for anything but success.
Diagnostic explain_end(const Program& program, const ProcessOutcome& outcome, const ProcessLimits& limits,
                       const std::string& file);

/// An error with code, message and remedy about a file.
Diagnostic external_error(std::string code, std::string message, std::string help, const std::string& file);

/// The limits under which converters run. Their address space is larger than the memory that they may fill.
ProcessLimits converter_limits(std::chrono::milliseconds deadline, std::uint64_t memory_mb);

}  // namespace rapporteur
