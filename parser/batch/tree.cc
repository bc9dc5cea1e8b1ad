// Stage batch: the output folder.

#include "batch/tree.h"

#include <cerrno>
#include <filesystem>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rapporteur {

namespace {

constexpr int open_folder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

int make_and_open(int at, const std::string& name, bool make) {
  if (make && ::mkdirat(at, name.c_str(), 0777) != 0 && errno != EEXIST) return -1;
  return ::openat(at, name.c_str(), open_folder);
}

void remove_files_in(int folder) {
  DIR* entries = ::fdopendir(::dup(folder));
  if (!entries) return;
  while (const dirent* entry = ::readdir(entries)) ::unlinkat(folder, entry->d_name, 0);
  ::closedir(entries);
}

}  // namespace

std::string safe_path(std::string_view path) {
  std::string safe;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    if (part.empty() || part == "." || part == "..") continue;
    if (!safe.empty()) safe += '/';
    safe += part;
  }
  return safe;
}

OutputTree::~OutputTree() {
  for (const int file : {x_root, x_temporary, x_lock, x_last_file})
    if (file >= 0) ::close(file);
}

int OutputTree::open(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error && !std::filesystem::is_directory(folder)) return error.value();
  x_folder = std::filesystem::canonical(folder, error).string();
  if (error) return error.value();
  x_root = ::open(x_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (x_root < 0) return errno;
  const int own = make_and_open(x_root, ".rapporteur", true);
  if (own < 0) return errno;
  x_lock = ::openat(own, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
  int failed = x_lock < 0 ? errno : 0;
  if (failed == 0) x_temporary = make_and_open(own, "tmp", true);
  if (failed == 0 && x_temporary < 0) failed = errno;
  ::close(own);
  return failed;
}

bool OutputTree::lock() {
  if (::flock(x_lock, LOCK_EX | LOCK_NB) != 0) return false;
  remove_files_in(x_temporary);  // left by a run that was killed
  return true;
}

std::string OutputTree::temporary(std::uint64_t ticket) const {
  return x_folder + "/.rapporteur/tmp/" + std::to_string(ticket);
}

int OutputTree::parent_of(const std::string& path, bool make) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash);
  if (x_last_file >= 0 && folder == x_last) return x_last_file;
  int at = ::dup(x_root);
  for (std::size_t begin = 0; at >= 0 && begin < folder.size();) {
    const std::size_t end = std::min(folder.find('/', begin), folder.size());
    const int next = make_and_open(at, folder.substr(begin, end - begin), make);
    const int error = errno;
    ::close(at);
    errno = error == ENOTDIR && next < 0 ? ELOOP : error;  // a symbolic link or a file where a folder should be
    at = next;
    begin = end + 1;
  }
  if (at < 0) return -1;
  if (x_last_file >= 0) ::close(x_last_file);
  x_last = folder;
  return x_last_file = at;
}

int OutputTree::place(std::uint64_t ticket, const std::string& path) {
  const int folder = parent_of(path, true);
  if (folder < 0) return errno;
  const std::string name = path.substr(path.rfind('/') + 1);
  return ::renameat(x_temporary, std::to_string(ticket).c_str(), folder, name.c_str()) == 0 ? 0 : errno;
}

void OutputTree::remove(const std::string& path) {
  const int folder = parent_of(path, false);
  if (folder >= 0) ::unlinkat(folder, path.substr(path.rfind('/') + 1).c_str(), 0);
}

void OutputTree::discard(std::uint64_t ticket) { ::unlinkat(x_temporary, std::to_string(ticket).c_str(), 0); }

std::int64_t OutputTree::size(const std::string& path) {
  struct stat found {};
  const int folder = parent_of(path, false);
  if (folder < 0 || ::fstatat(folder, path.substr(path.rfind('/') + 1).c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) return -1;
  return S_ISREG(found.st_mode) ? found.st_size : -1;
}

std::string OutputTree::head(const std::string& path) {
  const int folder = parent_of(path, false);
  const int file = folder < 0 ? -1 : ::openat(folder, path.substr(path.rfind('/') + 1).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return {};
  std::string text(8192, '\0');
  const ssize_t got = ::read(file, text.data(), text.size());
  ::close(file);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

void OutputTree::sync() { ::syncfs(x_root); }

}  // namespace rapporteur
