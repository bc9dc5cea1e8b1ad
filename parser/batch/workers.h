// Stage batch: a few child processes that do jobs, so that no document can hurt another.
//
// A document that crashes, eats memory or never ends takes its process with it and nothing else: the parent notices,
// says which job it was, and starts another child. Processes rather than threads, because neither a stack overflow in
// a library nor a runaway loop can be stopped in a thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/batch.h"

namespace rapporteur {

/// How a job ended.
/// With which status a child leaves that gets no memory.
constexpr int exit_no_memory = 70;

enum class JobEnd : std::uint8_t {
  replied,
  died,       ///< its process was ended by a signal or left by itself
  timed_out,  ///< killed at its deadline
};

struct JobDone {
  std::uint64_t ticket = 0;
  JobEnd end = JobEnd::replied;
  int status = 0;     ///< died: what waitpid said
  std::string reply;
};

/// The options of an engine that works in such a process: one converter at a time, whose deadline passes before the
/// document's own, so that it is the converter that is blamed.
EngineOptions within(EngineOptions asked, const WorkLimits& limits);

/// Use it from one thread, in a process that has no others while children are started.
class Workers {
 public:
  /// Turns a job into its reply. Runs in a child, for one job after another; its state lives as long as the child.
  using Work = std::function<std::string(std::string_view job)>;

  Workers(const WorkLimits& limits, Work work);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// Whether so much is under way that another job would only take up memory.
  bool full() const;
  bool idle() const { return x_unfinished == 0; }
  void submit(std::uint64_t ticket, std::string job);
  /// Drops all jobs but those that a child is at work on: nothing is said of the others.
  void finish_begun();

  /// Waits up to `milliseconds` until a job is done, a signal comes, or `also` (a file descriptor, -1: none) can be
  /// read. Appends what is done, in the order in which it was done. Returns whether `also` can be read.
  bool wait(std::vector<JobDone>& done, int also, int milliseconds);

 private:
  struct Job {
    std::uint64_t ticket;
    std::string bytes;
  };
  struct Child;

  void assign();
  void start(Child& child);
  void feed(Child& child);
  void collect(Child& child, std::vector<JobDone>& done);
  void bury(Child& child, JobEnd end, std::vector<JobDone>& done);
  void check_deadlines(std::vector<JobDone>& done);
  void drop(const Job& job);

  WorkLimits x_limits;
  Work x_work;
  std::deque<Job> x_waiting;
  std::vector<Child> x_children;
  std::vector<char> x_read;  ///< what a child says goes through here: a string that grew for each reading would be zeroed first
  bool x_ending = false;     ///< a child that has done the job at hand is ended
  std::size_t x_unfinished = 0;
  std::size_t x_unfinished_bytes = 0;
};

}  // namespace rapporteur
