// Stage readers: other programs (pandoc, pdftotext, LibreOffice) as guarded processes.
//
// A child runs in its own process group, under limits of address space and processor time, with a deadline and a cap on
// what it may say. Whatever happens, the whole group is dead when the object is: no orphan, no zombie, no signal that
// reaches the caller. Safe to use from several threads at once.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace rapporteur {

struct ProcessLimits {
  std::chrono::milliseconds deadline{60'000};       ///< wall time; the group is killed when it has passed
  std::uint64_t address_space = 0;                  ///< bytes (RLIMIT_AS); 0: no limit
  std::uint32_t cpu_seconds = 0;                    ///< RLIMIT_CPU; 0: no limit
  std::uint64_t max_output = 1024ull * 1024 * 1024; ///< bytes of stdout; more ends the process
};

struct ProcessRequest {
  std::vector<std::string> argv;          ///< argv[0] is a path (see `find_program`), never searched for
  std::string_view input;                 ///< fed to stdin, which is then closed
  ProcessLimits limits;
  std::vector<std::string> environment;   ///< NAME=value added to the small environment that a child gets
  int inherited_file = -1;                ///< a file that the child sees as descriptor 3; -1: none
  bool starts_others = false;             ///< it does its work in children of its own: a keeper ends them all where the caller dies
};

enum class ProcessEnd : std::uint8_t { exited, signalled, timed_out, too_much_output, not_started };

struct ProcessOutcome {
  ProcessEnd end = ProcessEnd::not_started;
  int status = 0;        ///< exited: exit code; signalled: signal; not_started: errno
  std::string output;    ///< stdout
  std::string errors;    ///< stderr, its first 64 KiB
};

/// Runs a program to its end. Never throws, never blocks past the deadline (plus the time to kill).
ProcessOutcome run_process(const ProcessRequest& request);

/// The path of an executable: `name` itself where it holds a slash, else the first hit on `path` (default: $PATH).
std::optional<std::string> find_program(const std::string& name, const char* path = nullptr);

/// A child that is talked to more than once. Its destructor kills the whole group.
class ChildProcess {
 public:
  using Clock = std::chrono::steady_clock;
  /// Says of all output since the call whether it is a complete reply.
  using Complete = std::function<bool(std::string_view output)>;
  enum class Pumped : std::uint8_t { complete, ended, timed_out, too_much_output };

  /// Starts request.argv; `input` and the deadline are not used. errno in `error` where nothing was started.
  static std::optional<ChildProcess> start(const ProcessRequest& request, int& error);

  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ~ChildProcess() { end(); }

  /// Feeds `input` and collects output until it is complete, the child has ended, or the deadline has passed.
  Pumped pump(std::string_view input, bool close_input, const Complete& complete, Clock::time_point deadline,
              std::uint64_t max_output);

  /// Kills what is left of the group and reaps the child. Returns the wait status of the child.
  int end();

  pid_t pid() const { return x_pid; }
  std::string& output() { return x_output; }
  std::string& errors() { return x_errors; }

 private:
  ChildProcess() = default;
  bool read_some(int& fd, std::string& into, std::uint64_t most);
  void write_some(std::string_view& rest, bool close_input);
  bool has_exited() const;
  void close_all();

  pid_t x_pid = -1;
  int x_in = -1, x_out = -1, x_err = -1;
  int x_status = 0;
  std::string x_output, x_errors;
};

/// Starts children from a thread of its own. The kernel ends a child when the *thread* that started it ends (that is
/// how none is left behind where the caller is killed): a child that is to serve many threads needs one that stays.
class ProcessStarter {
 public:
  ProcessStarter() = default;
  ~ProcessStarter();
  ProcessStarter(const ProcessStarter&) = delete;
  ProcessStarter& operator=(const ProcessStarter&) = delete;

  /// As ChildProcess::start. May be called by several threads at once.
  std::optional<ChildProcess> start(const ProcessRequest& request, int& error);

 private:
  void serve();

  std::mutex x_guard;
  std::condition_variable x_changed;
  std::deque<std::packaged_task<void()>> x_tasks;
  bool x_over = false;
  std::thread x_thread;  // begins with the first start: a pool that nobody uses costs nothing, and may be forked
};

}  // namespace rapporteur
