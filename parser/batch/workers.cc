// Stage batch: child processes that do jobs.
//
// Parent and child talk over a pair of sockets: eight bytes of length, then the message. A few jobs are sent ahead, so
// that a child never waits for its parent; it is always the oldest job of a child that it works on.

#include "batch/workers.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <new>
#include <optional>

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rapporteur {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t jobs_ahead = 8;             // given to one child at a time, while they are small
constexpr std::size_t bytes_ahead = 128 * 1024;   // about what a socket holds
constexpr std::size_t most_unfinished_bytes = 64 * 1024 * 1024;
constexpr std::size_t large_message = 16 * 1024 * 1024;  // memory of such a job is given back at once

/// False at the end of the other side.
bool read_exactly(int file, char* into, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::read(file, into, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    into += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool write_exactly(int file, const char* from, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = ::send(file, from, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return false;
    from += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

void append_with_length(std::string& out, std::string_view message) {
  const std::uint64_t size = message.size();
  out.reserve(out.size() + sizeof size + message.size());
  out.append(reinterpret_cast<const char*>(&size), sizeof size).append(message);
}

/// Standard input and output belong to the parent; a child that wrote there would spoil them.
void leave_standard_files() {
  const int nothing = ::open("/dev/null", O_RDWR);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(nothing, STDOUT_FILENO);
  if (nothing > STDERR_FILENO) ::close(nothing);
}

void become_child(const WorkLimits& limits, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(0);
  ::signal(SIGINT, SIG_IGN);  // Ctrl-C goes to the whole group; the parent decides what it means
  ::signal(SIGTERM, SIG_DFL);
  leave_standard_files();
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  rlimit limit{};
  if (limits.memory_mb != 0 && ::getrlimit(RLIMIT_AS, &limit) == 0) {
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, limits.memory_mb * 1024 * 1024);
    ::setrlimit(RLIMIT_AS, &limit);
  }
#else
  (void)limits;
#endif
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
}

[[noreturn]] void work_until_parent_leaves(int file, const Workers::Work& work) try {
  std::string job, reply;
  std::uint64_t size = 0;
  while (read_exactly(file, reinterpret_cast<char*>(&size), sizeof size)) {
    job.resize(size);
    if (!read_exactly(file, job.data(), size)) break;
    reply.clear();
    append_with_length(reply, work(job));
    if (!write_exactly(file, reply.data(), reply.size())) break;
    if (job.capacity() + reply.capacity() > large_message) {
      job = {};
      reply = {};
      ::malloc_trim(0);
    }
  }
  ::_exit(0);
} catch (const std::bad_alloc&) {
  ::_exit(exit_no_memory);
}

}  // namespace

EngineOptions within(EngineOptions asked, const WorkLimits& limits) {
  asked.converters.workers = 1;
  const std::chrono::milliseconds whole(limits.deadline_ms);
  if (limits.deadline_ms != 0) asked.converters.deadline = std::min(asked.converters.deadline, whole - whole / 10);
  return asked;
}

struct Workers::Child {
  pid_t pid = -1;
  int file = -1;
  std::deque<Job> jobs;        // sent or to be sent; the first is being worked on
  std::size_t job_bytes = 0;
  std::string out;             // what is still to be sent ...
  std::size_t sent = 0;        // ... from here on
  std::string in;
  Clock::time_point head_since;

  bool takes_more() const { return jobs.empty() || (jobs.size() < jobs_ahead && job_bytes < bytes_ahead); }
};

Workers::Workers(const WorkLimits& limits, Work work) : x_limits(limits), x_work(std::move(work)), x_read(64 * 1024) {
  x_children.resize(std::max(1u, limits.workers));
}

Workers::~Workers() {
  for (Child& child : x_children) {
    if (child.pid < 0) continue;
    ::close(child.file);
    ::kill(child.pid, SIGKILL);
    ::waitpid(child.pid, nullptr, 0);
  }
}

bool Workers::full() const {
  return x_unfinished >= 2 * jobs_ahead * x_children.size() || (x_unfinished > 0 && x_unfinished_bytes >= most_unfinished_bytes);
}

void Workers::submit(std::uint64_t ticket, std::string job) {
  ++x_unfinished;
  x_unfinished_bytes += job.size();
  x_waiting.push_back({ticket, std::move(job)});
}

void Workers::drop(const Job& job) {
  x_unfinished_bytes -= job.bytes.size();
  --x_unfinished;
}

void Workers::finish_begun() {
  x_ending = true;  // what was sent ahead stands in the socket: a child is ended before it comes to it
  for (const Job& job : x_waiting) drop(job);
  x_waiting.clear();
  for (Child& child : x_children)
    for (; child.jobs.size() > 1; child.jobs.pop_back()) drop(child.jobs.back());
}

void Workers::start(Child& child) {
  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return;
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) {
    for (const Child& other : x_children)
      if (other.pid > 0) ::close(other.file);
    ::close(pair[0]);
    become_child(x_limits, parent);
    work_until_parent_leaves(pair[1], x_work);
  }
  ::close(pair[1]);
  if (pid < 0) {
    ::close(pair[0]);
    return;
  }
  ::fcntl(pair[0], F_SETFL, O_NONBLOCK);
  child.pid = pid;
  child.file = pair[0];
}

/// Hands waiting jobs to the children that have least to do.
void Workers::assign() {
  for (bool any = true; any && !x_waiting.empty();) {
    any = false;
    Child* least = nullptr;
    for (Child& child : x_children)
      if (child.takes_more() && (!least || child.jobs.size() < least->jobs.size())) least = &child;
    if (!least) return;
    if (least->pid < 0) start(*least);
    if (least->pid < 0) return;  // no process can be had now; tried again at the next wait
    if (least->jobs.empty()) least->head_since = Clock::now();
    append_with_length(least->out, x_waiting.front().bytes);
    least->job_bytes += x_waiting.front().bytes.size();
    least->jobs.push_back(std::move(x_waiting.front()));
    x_waiting.pop_front();
    feed(*least);
    any = true;
  }
}

void Workers::feed(Child& child) {
  while (child.sent < child.out.size()) {
    const ssize_t sent = ::send(child.file, child.out.data() + child.sent, child.out.size() - child.sent, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return;  // full, or dead: reading will tell
    child.sent += static_cast<std::size_t>(sent);
  }
  child.out.clear();
  child.sent = 0;
}

/// Reads what a child says; complete replies become done jobs.
void Workers::collect(Child& child, std::vector<JobDone>& done) {
  bool ended = false;
  for (;;) {
    const ssize_t got = ::read(child.file, x_read.data(), x_read.size());
    if (got < 0 && errno == EINTR) continue;
    if (got > 0) child.in.append(x_read.data(), static_cast<std::size_t>(got));
    ended = got == 0 || (got < 0 && errno != EAGAIN);
    if (got < static_cast<ssize_t>(x_read.size())) break;
  }
  std::size_t at = 0;
  std::uint64_t size = 0;
  while (child.in.size() - at >= sizeof size && !child.jobs.empty()) {
    std::memcpy(&size, child.in.data() + at, sizeof size);
    if (child.in.size() - at - sizeof size < size) break;
    done.push_back({child.jobs.front().ticket, JobEnd::replied, 0, child.in.substr(at + sizeof size, size)});
    at += sizeof size + size;
    child.job_bytes -= child.jobs.front().bytes.size();
    x_unfinished_bytes -= child.jobs.front().bytes.size();
    --x_unfinished;
    child.jobs.pop_front();
    child.head_since = Clock::now();
  }
  child.in.erase(0, at);
  if (child.in.empty() && child.in.capacity() > large_message) child.in = {};
  if (ended || (x_ending && child.jobs.empty())) bury(child, JobEnd::died, done);
}

/// Ends a child. The job that it was at is done for; those behind it are given to others.
void Workers::bury(Child& child, JobEnd end, std::vector<JobDone>& done) {
  int status = 0;
  ::close(child.file);
  ::kill(child.pid, SIGKILL);
  ::waitpid(child.pid, &status, 0);
  std::deque<Job> jobs = std::move(child.jobs);
  child = Child();
  if (jobs.empty()) return;
  x_unfinished_bytes -= jobs.front().bytes.size();
  --x_unfinished;
  done.push_back({jobs.front().ticket, end, status, {}});
  jobs.pop_front();
  x_waiting.insert(x_waiting.begin(), std::make_move_iterator(jobs.begin()), std::make_move_iterator(jobs.end()));
}

void Workers::check_deadlines(std::vector<JobDone>& done) {
  if (x_limits.deadline_ms == 0) return;
  const auto now = Clock::now();
  for (Child& child : x_children)
    if (!child.jobs.empty() && now - child.head_since >= std::chrono::milliseconds(x_limits.deadline_ms))
      bury(child, JobEnd::timed_out, done);
}

bool Workers::wait(std::vector<JobDone>& done, int also, int milliseconds) {
  assign();
  std::vector<pollfd> files;
  std::vector<Child*> whose;
  for (Child& child : x_children) {
    if (child.pid < 0) continue;
    files.push_back({child.file, static_cast<short>(POLLIN | (child.out.empty() ? 0 : POLLOUT)), 0});
    whose.push_back(&child);
  }
  if (also >= 0) files.push_back({also, POLLIN, 0});
  if (x_limits.deadline_ms != 0) milliseconds = std::min(milliseconds, static_cast<int>(x_limits.deadline_ms / 4 + 1));
  if (::poll(files.data(), files.size(), milliseconds) < 0) return false;
  for (std::size_t i = 0; i < whose.size(); ++i) {
    if (files[i].revents & POLLOUT) feed(*whose[i]);
    if (files[i].revents & (POLLIN | POLLHUP | POLLERR)) collect(*whose[i], done);
  }
  check_deadlines(done);
  assign();
  return also >= 0 && files.back().revents != 0;
}

}  // namespace rapporteur
