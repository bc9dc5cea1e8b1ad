// Stage readers: finding external programs, and words for their failures.

#include "readers/external.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <map>
#include <mutex>

#include <fmt/format.h>

namespace rapporteur {

namespace {

struct Known {
  std::string_view name;
  const char* version_flag;
  std::string_view package;
  std::array<int, 2> oldest;  ///< pandoc: --sandbox came with 2.15
};

constexpr Known known_programs[] = {
    {"pandoc", "--version", "pandoc", {2, 15}},
    {"pdftotext", "-v", "poppler-utils", {0, 20}},
    {"pdftohtml", "-v", "poppler-utils", {0, 20}},
    {"soffice", "--version", "libreoffice-writer-nogui", {5, 0}},
    {"ocrmypdf", "--version", "ocrmypdf", {0, 0}},
};

const Known& known(std::string_view name) {
  const auto found = std::find_if(std::begin(known_programs), std::end(known_programs), [&](const Known& k) { return k.name == name; });
  return found == std::end(known_programs) ? known_programs[0] : *found;
}

/// The first thing in `text` that looks like a version: digits and dots.
std::string version_in(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] < '0' || text[at] > '9') continue;
    const std::size_t end = std::min(text.find_first_not_of("0123456789.", at), text.size());
    const std::string_view candidate = text.substr(at, end - at);
    if (candidate.find('.') != std::string_view::npos) return std::string(candidate);
    at = end;
  }
  return {};
}

bool old(const std::string& version, std::array<int, 2> oldest) {
  const int major = std::atoi(version.c_str());
  const std::size_t dot = version.find('.');
  const int minor = dot == std::string::npos ? 0 : std::atoi(version.c_str() + dot + 1);
  return major < oldest[0] || (major == oldest[0] && minor < oldest[1]);
}

Result<Program> ask_version(const Known& program, const std::string& path) {
  ProcessRequest request;
  request.argv = {path, program.version_flag};
  request.limits.deadline = std::chrono::seconds(20);
  request.limits.max_output = 1 << 16;
  const ProcessOutcome outcome = run_process(request);
  if (outcome.end == ProcessEnd::not_started)
    return external_error("E105", fmt::format("`{}` cannot be started: {}", path, std::strerror(outcome.status)),
                          "check that the file is a program and may be executed", {});
  const std::string version = version_in(outcome.output + outcome.errors);
  if (version.empty() || old(version, program.oldest))
    return external_error("E102",
                          fmt::format("`{}` says version {}; {} {}.{} or later is needed", path,
                                      version.empty() ? "nothing that can be read" : version, program.name, program.oldest[0], program.oldest[1]),
                          install_line(program.name), {});
  return Program{std::string(program.name), path, version};
}

/// The first line that says something, for a message.
std::string first_line(std::string_view text) {
  std::size_t at = text.find_first_not_of(" \r\n\t");
  if (at == std::string_view::npos) return "it gave no reason";
  return std::string(text.substr(at, std::min<std::size_t>(text.find('\n', at) - at, 300)));
}

/// Addresses that a program takes before it reads a word: libraries, stacks of threads.
constexpr std::uint64_t reserved_mb = 512;

bool out_of_memory(const ProcessOutcome& outcome) {
  constexpr int heap_exhausted = 251;  // exit code of the Haskell run time
  return outcome.status == heap_exhausted || outcome.errors.find("eap exhausted") != std::string::npos ||
         outcome.errors.find("heap overflow") != std::string::npos || outcome.errors.find("annot allocate memory") != std::string::npos || outcome.errors.find("ut of memory") != std::string::npos;
}

}  // namespace

Diagnostic external_error(std::string code, std::string message, std::string help, const std::string& file) {
  Diagnostic d;
  d.severity = Severity::error;
  d.code = std::move(code);
  d.message = std::move(message);
  d.help = std::move(help);
  d.file = file;
  return d;
}

std::string_view track_changes_name(TrackChanges changes) {
  static constexpr std::array<std::string_view, 3> names{"accept", "reject", "all"};
  return names[static_cast<std::size_t>(changes)];
}

std::string install_line(std::string_view name) { return fmt::format("install it: sudo apt-get install {}", known(name).package); }

std::string shell_quoted(std::string_view name) {
  std::string quoted = "'";
  for (const char c : name) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

ProcessLimits converter_limits(std::chrono::milliseconds deadline, std::uint64_t memory_mb) {
  ProcessLimits limits;
  limits.deadline = deadline;
  limits.address_space = (memory_mb + reserved_mb) << 20;
  limits.cpu_seconds = static_cast<std::uint32_t>(deadline.count() / 1000 + 2);
  limits.max_output = 512ull * 1024 * 1024;
  return limits;
}

Result<Program> find_external(std::string_view name, const std::string& wanted) {
  static std::mutex guard;
  static std::map<std::string, Program> found_before;
  const Known& program = known(name);
  const std::optional<std::string> path = find_program(wanted.empty() ? std::string(program.name) : wanted);
  if (!path)
    return external_error("E101", fmt::format("`{}` is needed for this format and was not found", wanted.empty() ? program.name : wanted),
                          install_line(name), {});
  const std::scoped_lock lock(guard);
  if (const auto before = found_before.find(*path); before != found_before.end()) return before->second;
  Result<Program> asked = ask_version(program, *path);
  if (asked) found_before.emplace(*path, *asked);
  return asked;
}

Diagnostic explain_end(const Program& program, const ProcessOutcome& outcome, const ProcessLimits& limits, const std::string& file) {
  if (outcome.end == ProcessEnd::not_started)
    return external_error("E105", fmt::format("{} cannot be started: {}", program.name, std::strerror(outcome.status)),
                          "check that the file is a program and may be executed", file);
  const bool cpu = outcome.end == ProcessEnd::signalled && outcome.status == SIGXCPU;
  if (outcome.end == ProcessEnd::timed_out || cpu)
    return external_error("E103", fmt::format("{} had not finished after {} s and was stopped", program.name, limits.deadline.count() / 1000.0),
                          "raise the deadline, or look at the document in the program that made it", file);
  if (outcome.end == ProcessEnd::too_much_output)
    return external_error("E108", fmt::format("{} made more than {} MB of this document and was stopped", program.name, limits.max_output >> 20),
                          "split the document", file);
  if (out_of_memory(outcome))
    return external_error("E104", fmt::format("{} ran out of the memory it may use", program.name),
                          "the document is too large, or made to be; split it, or convert it by hand", file);
  if (outcome.end == ProcessEnd::signalled)
    return external_error("E107", fmt::format("{} {} died of signal {} ({})", program.name, program.version, outcome.status, strsignal(outcome.status)),
                          "run it again; if it dies again, convert the document by hand and report it to the makers", file);
  return external_error("E106", fmt::format("{} cannot read this document: {}", program.name, first_line(outcome.errors)),
                        "open it in the program that made it and save it anew", file);
}

}  // namespace rapporteur
