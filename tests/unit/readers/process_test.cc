// Guarded processes: every way to end, and that nothing is left behind.

#include "readers/process.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rapporteur {
namespace {

using std::chrono::milliseconds;

ProcessRequest shell(const std::string& script) {
  ProcessRequest request;
  request.argv = {"/bin/sh", "-c", script};
  request.limits.deadline = milliseconds(10'000);
  return request;
}

TEST(Process, FeedsAndCollectsMoreThanAnyPipeHolds) {
  ProcessRequest request = shell("cat; echo said >&2; exit 3");
  const std::string input(5'000'000, 'x');
  request.input = input;
  const ProcessOutcome outcome = run_process(request);
  EXPECT_EQ(outcome.end, ProcessEnd::exited);
  EXPECT_EQ(outcome.status, 3);
  EXPECT_EQ(outcome.output, input);
  EXPECT_EQ(outcome.errors, "said\n");
}

TEST(Process, ChildThatDoesNotReadIsNoTrouble) {
  ProcessRequest request = shell("exec 0<&-; echo done");
  const std::string input(5'000'000, 'x');
  request.input = input;
  const ProcessOutcome outcome = run_process(request);
  EXPECT_EQ(outcome.end, ProcessEnd::exited);
  EXPECT_EQ(outcome.output, "done\n");
}

TEST(Process, DeadlineKillsTheWholeGroup) {
  ProcessRequest request = shell("sleep 60 & echo $!; sleep 60");
  request.limits.deadline = milliseconds(200);
  const auto begin = std::chrono::steady_clock::now();
  const ProcessOutcome outcome = run_process(request);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(1200));
  EXPECT_EQ(outcome.end, ProcessEnd::timed_out);
  const pid_t grandchild = std::stoi(outcome.output);
  for (int i = 0; i < 50 && ::kill(grandchild, 0) == 0; ++i) std::this_thread::sleep_for(milliseconds(10));
  EXPECT_TRUE(::kill(grandchild, 0) != 0 || ::waitpid(grandchild, nullptr, WNOHANG) != 0 ) << "the grandchild lives on";
}

TEST(Process, GrandchildDoesNotKeepItOpen) {
  const auto begin = std::chrono::steady_clock::now();
  const ProcessOutcome outcome = run_process(shell("sleep 60 & echo done"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(2000));
  EXPECT_EQ(outcome.end, ProcessEnd::exited);
  EXPECT_EQ(outcome.output, "done\n");
}

/// The number of a process that lives, that is, is there and no zombie.
bool lives(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  std::getline(stat, line);
  return stat && line[line.rfind(')') + 2] != 'Z';
}

TEST(Process, ACallerThatIsKilledLeavesNoGrandchild) {
  std::string path = testing::TempDir() + "grandchild-XXXXXX";
  const int file = ::mkstemp(path.data());
  ASSERT_GE(file, 0);
  ::close(file);
  const pid_t caller = ::fork();
  if (caller == 0) {
    ProcessRequest request = shell("sleep 60 & echo $! > " + path + "; wait");
    request.starts_others = true;
    run_process(request);
    ::_exit(0);
  }
  pid_t grandchild = 0;
  for (int i = 0; i < 500 && grandchild == 0; ++i, std::this_thread::sleep_for(milliseconds(10))) std::ifstream(path) >> grandchild;
  ASSERT_GT(grandchild, 0);
  EXPECT_TRUE(lives(grandchild));
  ::kill(caller, SIGKILL);
  ::waitpid(caller, nullptr, 0);
  for (int i = 0; i < 500 && lives(grandchild); ++i) std::this_thread::sleep_for(milliseconds(10));
  EXPECT_FALSE(lives(grandchild));
  ::unlink(path.c_str());
}

TEST(Process, AKeeperEndsAsItsProgramEnds) {
  ProcessRequest request = shell("cat; exit 3");
  request.starts_others = true;
  request.input = "words";
  const ProcessOutcome outcome = run_process(request);
  EXPECT_EQ(outcome.end, ProcessEnd::exited);
  EXPECT_EQ(outcome.status, 3);
  EXPECT_EQ(outcome.output, "words");
  request.argv[2] = "kill -15 $$";
  const ProcessOutcome killed = run_process(request);
  EXPECT_EQ(killed.end, ProcessEnd::signalled);
  EXPECT_EQ(killed.status, SIGTERM);
  request.argv = {"/no/such/program"};
  EXPECT_EQ(run_process(request).end, ProcessEnd::not_started);
}

TEST(Process, OutputIsCapped) {
  ProcessRequest request = shell("while :; do echo 0123456789012345678901234567890123456789; done");
  request.limits.max_output = 100'000;
  const ProcessOutcome outcome = run_process(request);
  EXPECT_EQ(outcome.end, ProcessEnd::too_much_output);
  EXPECT_LE(outcome.output.size(), 100'001u);
}

TEST(Process, SignalsAndMissingProgramsAreTold) {
  const ProcessOutcome killed = run_process(shell("kill -9 $$"));
  EXPECT_EQ(killed.end, ProcessEnd::signalled);
  EXPECT_EQ(killed.status, SIGKILL);
  ProcessRequest missing;
  missing.argv = {"/no/such/program"};
  EXPECT_EQ(run_process(missing).end, ProcessEnd::not_started);
  EXPECT_EQ(run_process(missing).status, ENOENT);
}

TEST(Process, ProcessorTimeIsLimited) {
  ProcessRequest request = shell("while :; do :; done");
  request.limits.cpu_seconds = 1;
  const ProcessOutcome outcome = run_process(request);
  EXPECT_EQ(outcome.end, ProcessEnd::signalled);
}

TEST(Process, EnvironmentIsSmall) {
  ::setenv("LANG", "tr_TR.UTF-8", 1);
  const ProcessOutcome outcome = run_process(shell("echo $LC_ALL $LANG $HOME"));
  EXPECT_EQ(outcome.output, "C.UTF-8 /nonexistent\n");
}

TEST(Process, ManyThreadsAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) {
        ProcessRequest request = shell("cat");
        const std::string input = std::to_string(t * 100 + i);
        request.input = input;
        good += run_process(request).output == input;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 40);
}

TEST(FindProgram, LooksOnPathOnly) {
  EXPECT_EQ(find_program("sh", "/nowhere:/bin"), "/bin/sh");
  EXPECT_EQ(find_program("sh", ""), std::nullopt);
  EXPECT_EQ(find_program("/no/such/program"), std::nullopt);
}

}  // namespace
}  // namespace rapporteur
