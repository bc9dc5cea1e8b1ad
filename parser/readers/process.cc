// Stage readers: guarded processes on fork, exec and poll.
//
// stdin of a child is a socket, not a pipe: writing to a dead child then gives EPIPE without the signal that would end
// the caller. Between fork and exec only async-signal-safe calls are made, since the caller may have threads.

#include "readers/process.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rapporteur {

namespace {

constexpr std::size_t most_error_text = 64 * 1024;
constexpr int exit_poll_ms = 50;  // how often a child that keeps its pipes open is asked whether it has ended

void close_fd(int& fd) {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

/// Six descriptors for the three streams and one pair that tells of a failed exec.
struct Pipes {
  int in[2]{-1, -1}, out[2]{-1, -1}, err[2]{-1, -1}, failed[2]{-1, -1};

  bool open() {
    return ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) == 0 && ::pipe2(out, O_CLOEXEC) == 0 &&
           ::pipe2(err, O_CLOEXEC) == 0 && ::pipe2(failed, O_CLOEXEC) == 0;
  }
  ~Pipes() {
    for (int* pair : {in, out, err, failed})
      for (int side = 0; side < 2; ++side) close_fd(pair[side]);
  }
};

/// A small, fixed environment: nothing of the caller's locale or of a user's configuration reaches a child.
std::vector<std::string> child_environment(const ProcessRequest& request) {
  std::vector<std::string> all{"LC_ALL=C.UTF-8", "HOME=/nonexistent"};
  for (const char* name : {"PATH", "TMPDIR", "SYSTEMROOT"})
    if (const char* value = std::getenv(name)) all.push_back(std::string(name) + "=" + value);
  for (const std::string& given : request.environment) {
    const std::string name = given.substr(0, given.find('=') + 1);
    std::erase_if(all, [&](const std::string& have) { return have.compare(0, name.size(), name) == 0; });
    all.push_back(given);
  }
  return all;
}

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> all;
  for (const std::string& one : strings) all.push_back(const_cast<char*>(one.c_str()));
  all.push_back(nullptr);
  return all;
}

void limit(int resource, std::uint64_t value) {
  if (value == 0) return;
  const rlimit both{value, value};
  ::setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

struct ChildSetup {
  Pipes& pipes;
  char** argv;
  char** environment;
  const ProcessRequest& request;
  pid_t parent;
};

/// What a dying caller can send reaches its child, not the child's children. So the child stays behind as a keeper, which
/// goes on only as the program's parent: it ends the whole group when the caller dies, and ends as the program ends.
/// Returns in the process that is to become the program.
void leave_keeper_behind() {
  sigset_t awaited;
  ::sigemptyset(&awaited);
  ::sigaddset(&awaited, SIGTERM);
  ::sigaddset(&awaited, SIGCHLD);
  ::sigprocmask(SIG_SETMASK, &awaited, nullptr);
  const pid_t caller = ::getppid();
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  const pid_t keeper = ::getpid(), program = ::_Fork();
  if (program < 0) ::_exit(127);
  if (program == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != keeper) ::_exit(127);
    return;
  }
  ::close_range(0, ~0u, 0);
  for (int status = 0;;) {
    if (::getppid() != caller) ::kill(0, SIGKILL);
    if (::sigwaitinfo(&awaited, nullptr) == SIGTERM) ::kill(0, SIGKILL);
    if (::waitpid(program, &status, WNOHANG) != program) continue;
    if (WIFSIGNALED(status)) {
      ::signal(WTERMSIG(status), SIG_DFL);
      ::sigprocmask(SIG_UNBLOCK, &awaited, nullptr);
      ::kill(keeper, WTERMSIG(status));
    }
    ::_exit(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
  }
}

/// The child's side of the fork. Never returns.
[[noreturn]] void become_child(const ChildSetup& setup) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != setup.parent) ::_exit(127);
  if (setup.request.starts_others) leave_keeper_behind();
  // Everything is moved above the numbers that will be used, so that no dup2 overwrites one that is still needed.
  const int failed = ::fcntl(setup.pipes.failed[1], F_DUPFD_CLOEXEC, 10);
  const int in = ::fcntl(setup.pipes.in[1], F_DUPFD_CLOEXEC, 10);
  const int out = ::fcntl(setup.pipes.out[1], F_DUPFD_CLOEXEC, 10);
  const int err = ::fcntl(setup.pipes.err[1], F_DUPFD_CLOEXEC, 10);
  const int file = setup.request.inherited_file < 0 ? -1 : ::fcntl(setup.request.inherited_file, F_DUPFD_CLOEXEC, 10);
  ::dup2(in, 0);
  ::dup2(out, 1);
  ::dup2(err, 2);
  if (file >= 0) ::dup2(file, 3);
  ::close_range(file >= 0 ? 4 : 3, ~0u, CLOSE_RANGE_CLOEXEC);
  limit(RLIMIT_AS, setup.request.limits.address_space);
  limit(RLIMIT_CPU, setup.request.limits.cpu_seconds);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  ::execve(setup.argv[0], setup.argv, setup.environment);
  const int error = errno;
  [[maybe_unused]] const auto written = ::write(failed, &error, sizeof error);
  ::_exit(127);
}

/// errno of a failed exec, 0 where it went well.
int exec_error(int fd) {
  int error = 0;
  ssize_t got;
  do got = ::read(fd, &error, sizeof error);
  while (got < 0 && errno == EINTR);
  return got == static_cast<ssize_t>(sizeof error) ? error : 0;
}

int milliseconds_left(ChildProcess::Clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - ChildProcess::Clock::now()).count();
  return static_cast<int>(std::clamp<long long>(left, 0, exit_poll_ms));
}

bool executable(const std::string& path) {
  return ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

std::optional<std::string> find_program(const std::string& name, const char* path) {
  if (name.find('/') != std::string::npos) return executable(name) ? std::optional(name) : std::nullopt;
  if (path == nullptr) path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    const std::string_view folder = rest.substr(0, colon);
    const std::string candidate = std::string(folder) + "/" + name;
    if (!folder.empty() && executable(candidate)) return candidate;
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
  }
  return std::nullopt;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept { *this = std::move(other); }

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  if (this == &other) return *this;
  end();
  x_pid = std::exchange(other.x_pid, -1);
  x_in = std::exchange(other.x_in, -1);
  x_out = std::exchange(other.x_out, -1);
  x_err = std::exchange(other.x_err, -1);
  x_status = other.x_status;
  x_output = std::move(other.x_output);
  x_errors = std::move(other.x_errors);
  return *this;
}

std::optional<ChildProcess> ChildProcess::start(const ProcessRequest& request, int& error) {
  Pipes pipes;
  if (!pipes.open()) {
    error = errno;
    return std::nullopt;
  }
  const std::vector<std::string> environment = child_environment(request);
  std::vector<char*> argv = pointers(request.argv), env = pointers(environment);
  const ChildSetup setup{pipes, argv.data(), env.data(), request, ::getpid()};
  const pid_t pid = ::fork();
  if (pid < 0) {
    error = errno;
    return std::nullopt;
  }
  if (pid == 0) become_child(setup);
  ::setpgid(pid, pid);  // both sides do it: whichever comes first
  ChildProcess child;
  child.x_pid = pid;
  close_fd(pipes.failed[1]);
  error = exec_error(pipes.failed[0]);
  if (error != 0) return std::nullopt;
  child.x_in = std::exchange(pipes.in[0], -1);
  child.x_out = std::exchange(pipes.out[0], -1);
  child.x_err = std::exchange(pipes.err[0], -1);
  for (const int fd : {child.x_in, child.x_out, child.x_err}) ::fcntl(fd, F_SETFL, O_NONBLOCK);
  return child;
}

/// Reads what is there, keeping at most `most` bytes. False where the stream has ended.
bool ChildProcess::read_some(int& fd, std::string& into, std::uint64_t most) {
  char buffer[65536];
  for (;;) {
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got > 0) {
      if (into.size() < most) into.append(buffer, std::min<std::uint64_t>(static_cast<std::uint64_t>(got), most - into.size()));
      if (got < static_cast<ssize_t>(sizeof buffer)) return true;
      continue;
    }
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return true;
    close_fd(fd);
    return false;
  }
}

void ChildProcess::write_some(std::string_view& rest, bool close_input) {
  while (!rest.empty()) {
    const ssize_t put = ::send(x_in, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (put >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(put));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno == EAGAIN) return;
    rest = {};  // the child reads no more; what it says tells why
    close_input = true;
  }
  if (close_input) close_fd(x_in);
}

bool ChildProcess::has_exited() const {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(x_pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == x_pid;
}

ChildProcess::Pumped ChildProcess::pump(std::string_view input, bool close_input, const Complete& complete,
                                        Clock::time_point deadline, std::uint64_t max_output) {
  x_output.clear();
  write_some(input, close_input);
  for (;;) {
    if (complete && complete(x_output)) return Pumped::complete;
    if (x_output.size() > max_output) return Pumped::too_much_output;
    if (Clock::now() >= deadline) return Pumped::timed_out;
    const bool exited = has_exited();
    pollfd watched[3] = {{x_out, POLLIN, 0}, {x_err, POLLIN, 0}, {input.empty() ? -1 : x_in, POLLOUT, 0}};
    const int ready = ::poll(watched, 3, exited ? 0 : x_out < 0 && x_err < 0 ? 1 : milliseconds_left(deadline));
    if (ready < 0 && errno != EINTR) return Pumped::ended;
    if (watched[0].revents != 0) read_some(x_out, x_output, max_output + 1);
    if (watched[1].revents != 0) read_some(x_err, x_errors, most_error_text);
    if (watched[2].revents != 0) write_some(input, close_input);
    if (exited && (ready <= 0 || (x_out < 0 && x_err < 0)) && !(complete && complete(x_output))) return Pumped::ended;
  }
}

void ChildProcess::close_all() {
  close_fd(x_in);
  close_fd(x_out);
  close_fd(x_err);
}

int ChildProcess::end() {
  if (x_pid > 0) {
    ::kill(-x_pid, SIGKILL);  // before the child is reaped: until then nobody else can have its number
    while (::waitpid(x_pid, &x_status, 0) < 0 && errno == EINTR) {}
    x_pid = -1;
  }
  close_all();
  return x_status;
}

ProcessOutcome run_process(const ProcessRequest& request) {
  ProcessOutcome outcome;
  const auto deadline = ChildProcess::Clock::now() + request.limits.deadline;
  std::optional<ChildProcess> child = ChildProcess::start(request, outcome.status);
  if (!child) return outcome;
  const ChildProcess::Pumped pumped = child->pump(request.input, true, nullptr, deadline, request.limits.max_output);
  const int status = child->end();
  outcome.output = std::move(child->output());
  outcome.errors = std::move(child->errors());
  if (pumped == ChildProcess::Pumped::timed_out) {
    outcome.end = ProcessEnd::timed_out;
  } else if (pumped == ChildProcess::Pumped::too_much_output) {
    outcome.end = ProcessEnd::too_much_output;
  } else {
    outcome.end = WIFSIGNALED(status) ? ProcessEnd::signalled : ProcessEnd::exited;
    outcome.status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  }
  return outcome;
}

ProcessStarter::~ProcessStarter() {
  {
    const std::scoped_lock lock(x_guard);
    x_over = true;
  }
  x_changed.notify_all();
  if (x_thread.joinable()) x_thread.join();
}

void ProcessStarter::serve() {
  for (;;) {
    std::packaged_task<void()> task;
    {
      std::unique_lock lock(x_guard);
      x_changed.wait(lock, [&] { return x_over || !x_tasks.empty(); });
      if (x_tasks.empty()) return;
      task = std::move(x_tasks.front());
      x_tasks.pop_front();
    }
    task();
  }
}

std::optional<ChildProcess> ProcessStarter::start(const ProcessRequest& request, int& error) {
  std::optional<ChildProcess> child;
  std::packaged_task<void()> task([&] { child = ChildProcess::start(request, error); });
  std::future<void> done = task.get_future();
  {
    const std::scoped_lock lock(x_guard);
    if (!x_thread.joinable()) x_thread = std::thread([this] { serve(); });
    x_tasks.push_back(std::move(task));
  }
  x_changed.notify_one();
  done.get();
  return child;
}

}  // namespace rapporteur
