// Command line: writing, whole or not at all, and saying why not.

#include "output.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"

namespace tool {

namespace {

/// 0 or errno.
int write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = ::write(file, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return 0;
}

[[noreturn]] void cannot_write(const std::string& path, int error) {
  throw Stop{exit_write, "U601", std::string("cannot write: ") + std::strerror(error),
             "nothing was left half-written; see that the place exists, is yours and has room", path};
}

/// An attribute's value as it was before it was written.
std::string unescaped(std::string text) {
  constexpr std::pair<std::string_view, char> entities[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&amp;", '&'}};
  for (const auto& [entity, letter] : entities)
    for (std::size_t at = 0; (at = text.find(entity, at)) != std::string::npos; ++at) text.replace(at, entity.size(), 1, letter);
  return text;
}

/// The value of an attribute of the first <source> in `head`; empty where there is none.
std::string source_attribute(std::string_view head, std::string_view name) {
  const std::size_t element = head.find("<source ");
  if (element == std::string_view::npos) return {};
  head = head.substr(element, head.find('>', element) - element);
  const std::string opening = " " + std::string(name) + "=\"";
  const std::size_t at = head.find(opening);
  if (at == std::string_view::npos) return {};
  head = head.substr(at + opening.size());
  return unescaped(std::string(head.substr(0, head.find('"'))));
}

/// The beginning of a file, where its <source> stands.
std::string head_of(const std::string& path) {
  std::string head(8192, '\0');
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  const ssize_t got = ::read(file, head.data(), head.size());
  ::close(file);
  head.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return head;
}

/// A device, a pipe: nothing that a rename may replace.
bool special(const std::string& path) {
  struct stat found;
  return ::stat(path.c_str(), &found) == 0 && !S_ISREG(found.st_mode);
}

mode_t usual_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

void reader_went_away() {
  std::signal(SIGPIPE, SIG_DFL);
  std::raise(SIGPIPE);
}

void write_out(std::string_view text) {
  const int error = write_all(STDOUT_FILENO, text);
  if (error == EPIPE) reader_went_away();
  if (error != 0) cannot_write("standard output", error);
}

void say(std::string_view text) { (void)write_all(STDERR_FILENO, text); }
void say(const rapporteur::Diagnostic& diagnostic) { say(rapporteur::render_text(diagnostic)); }

void say(const rapporteur::Diagnostics& diagnostics, bool all) {
  std::string text;
  for (const rapporteur::Diagnostic& diagnostic : diagnostics)
    if (all || diagnostic.severity != rapporteur::Severity::info) text += rapporteur::render_text(diagnostic);
  say(text);
}

void say_error(const char* code, const std::string& message, const std::string& help, const std::string& file) {
  rapporteur::Diagnostic said;
  said.severity = rapporteur::Severity::error;
  said.code = code;
  said.message = message;
  said.help = help;
  said.file = file;
  say(said);
}

void write_file(const std::string& path, std::string_view text) {
  if (special(path)) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    const int error = file < 0 ? errno : write_all(file, text);
    if (file >= 0) ::close(file);
    if (error != 0) cannot_write(path, error);
    return;
  }
  std::string temporary = path + ".XXXXXX";
  const int file = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (file < 0) cannot_write(path, errno);
  int error = write_all(file, text);
  if (::fchmod(file, usual_mode()) != 0 && error == 0) error = errno;
  if (::close(file) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return;
  ::unlink(temporary.c_str());
  cannot_write(path, error);
}

void refuse_to_overwrite(const std::string& path, const std::string& source_name, const std::string& source_sha256) {
  if (::access(path.c_str(), F_OK) != 0 || special(path)) return;
  const std::string head = head_of(path);
  const std::string name = source_attribute(head, "originalName"), sha256 = source_attribute(head, "sha256");
  if (!sha256.empty() && (sha256 == source_sha256 || (!name.empty() && name == source_name))) return;
  const std::string what = sha256.empty() ? "exists and says of no source that it came from"
                                          : "exists and came from another source" + (name.empty() ? "" : ", " + name);
  throw Stop{exit_write, "U602", what, "give another name to -o, or --force to overwrite it", path};
}

}  // namespace tool
