// Command line: finding grammars and reading documents.

#include "documents.h"

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "output.h"

namespace tool {

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// The user's folder of grammars, then the installed one; only those that exist.
std::vector<std::string> usual_places() {
  std::vector<std::string> places;
  std::string data = environment("XDG_DATA_HOME");
  if (data.empty() && !environment("HOME").empty()) data = environment("HOME") + "/.local/share";
  std::error_code none;
  if (!data.empty()) places.push_back(data + "/rapporteur/grammars");
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", none);
  if (!none) places.push_back((self.parent_path().parent_path() / "share/rapporteur/grammars").string());
  std::erase_if(places, [](const std::string& place) { return ::access(place.c_str(), F_OK) != 0; });
  return places;
}

std::string read_all(int file, std::size_t expected, const std::string& name) {
  std::string bytes(expected + 1, '\0');
  for (std::size_t size = 0;;) {
    if (size == bytes.size()) bytes.resize(2 * size + 65536);
    const ssize_t got = ::read(file, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Stop{exit_failed, "U302", std::string("cannot be read: ") + std::strerror(errno), "", name};
    size += static_cast<std::size_t>(got);
    if (got > 0) continue;
    bytes.resize(size);
    return bytes;
  }
}

[[noreturn]] void cannot_open(const std::string& file, int error) {
  const char* help = error == ENOENT   ? "see that the name is right; - stands for standard input"
                     : error == EACCES ? "you may not read it: chmod or ask its owner"
                                       : "";
  throw Stop{exit_failed, "U302", std::string("cannot be read: ") + std::strerror(error), help, file};
}

}  // namespace

void GrammarOptions::declare(Options& options, bool with_grammar) {
  if (with_grammar)
    options.text("-g,--grammar", grammar, "GRAMMAR", "use this grammar (id, body or file) instead of choosing by evidence")
        .configurable = true;
  options.list("--grammar-path", path, "DIR", "search this folder for grammars first").configurable = true;
  if (with_grammar) converters.declare(options);
}

void GrammarOptions::declare_paranoid(Options& options) {
  options.flag("--paranoid", paranoid, "read the XML back and validate its bytes as well");
}

rapporteur::EngineOptions GrammarOptions::asked() const {
  rapporteur::EngineOptions options;
  options.grammar = grammar;
  options.grammar_path = path;
  options.paranoid = paranoid;
  for (const std::string& folder : path)
    if (struct stat found; ::stat(folder.c_str(), &found) != 0 || !S_ISDIR(found.st_mode))
      throw Stop{exit_grammar, "U108", "--grammar-path is no folder", "see that the name is right", folder};
  for (std::string& place : usual_places()) options.grammar_path.push_back(std::move(place));
  options.converters = converters.asked();
  return options;
}

rapporteur::Engine GrammarOptions::engine() const {
  auto engine = rapporteur::Engine::create(asked());
  say(engine.said(), !engine);
  if (!engine) throw Stop{exit_grammar, "", "", "", ""};
  return std::move(*engine);
}

void InputOptions::declare(Options& options, const char* file_help) {
  options.text("FILE", file, "FILE", file_help);
  options.text("-f,--from", format, "FORMAT", "format of the input instead of finding it out").choices =
      rapporteur::input_formats();
  options.text("--encoding", encoding, "NAME", "encoding of the input instead of finding it out");
}

rapporteur::Input InputOptions::input() const {
  if (file.empty() && ::isatty(STDIN_FILENO)) throw Stop{exit_usage, "U103", "no file given", "", ""};
  const std::string from = file.empty() ? "-" : file;
  return {from == "-" ? "" : base_name(from), read_input(from), format, encoding};
}

std::string read_input(const std::string& file) {
  if (file == "-") return read_all(STDIN_FILENO, 0, "standard input");
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) cannot_open(file, errno);
  struct stat found {};
  ::fstat(opened, &found);
  if (S_ISDIR(found.st_mode)) {
    ::close(opened);
    throw Stop{exit_usage, "U301", "is a directory", "a whole folder: rapporteur batch " + file + " -o OUT", file};
  }
  std::string bytes = read_all(opened, static_cast<std::size_t>(found.st_size), file);
  ::close(opened);
  return bytes;
}

std::string base_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

std::string counted(std::uint32_t n, const char* one, const char* many) { return std::to_string(n) + " " + (n == 1 ? one : many); }

int failure_status(const rapporteur::Diagnostics& diagnostics) {
  constexpr std::pair<std::string_view, Exit> statuses[] = {{"E101", exit_external}, {"E102", exit_external}, {"E105", exit_external},
                                                            {"R401", exit_convert},  {"R501", exit_convert}};
  for (const rapporteur::Diagnostic& said : diagnostics) {
    if (said.severity != rapporteur::Severity::error) continue;
    if (said.code.front() == 'G') return exit_grammar;
    for (const auto& [code, status] : statuses)
      if (said.code == code) return status;
  }
  return exit_failed;
}

std::int64_t now() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch == nullptr || *epoch == '\0') return std::time(nullptr);
  const std::string_view text = epoch;
  std::int64_t seconds = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (read.ptr == text.data() + text.size() && seconds >= 0) return seconds;
  throw Stop{exit_usage, "U404", "SOURCE_DATE_EPOCH is no number of seconds", "give the seconds since 1970, or unset it", ""};
}

std::string today() {
  const std::time_t seconds = now();
  std::tm at{};
  ::gmtime_r(&seconds, &at);
  char day[40];
  return std::string(day, std::strftime(day, sizeof day, "%Y-%m-%d", &at));
}

}  // namespace tool
