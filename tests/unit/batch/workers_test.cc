// Jobs that crash, hang or eat memory end alone: every other job gets its reply.

#include "batch/workers.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>

namespace rapporteur {
namespace {

std::string misbehave(std::string_view job) {
  if (job == "crash") ::raise(SIGSEGV);
  if (job == "leave") ::_exit(3);
  if (job == "hang") for (;;) ::pause();
  if (job == "eat") {
    try {
      std::vector<std::string> memory;
      for (;;) memory.emplace_back(64 * 1024 * 1024, 'x');
    } catch (const std::bad_alloc&) {
      return "no memory";
    }
  }
  return "did " + std::string(job);
}

std::map<std::uint64_t, JobDone> do_all(Workers& workers, const std::vector<std::string>& jobs) {
  std::map<std::uint64_t, JobDone> results;
  std::vector<JobDone> done;
  std::size_t next = 0;
  while (next < jobs.size() || !workers.idle()) {
    while (next < jobs.size() && !workers.full()) workers.submit(next, jobs[next]), ++next;
    done.clear();
    workers.wait(done, -1, 100);
    for (JobDone& one : done) EXPECT_TRUE(results.emplace(one.ticket, one).second) << "done twice";
  }
  return results;
}

TEST(Workers, ABadJobEndsAlone) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "its jobs crash on purpose, which the sanitizer takes for a finding";
#endif
  for (const unsigned children : {1u, 3u}) {
    Workers workers({children, 300, 0}, misbehave);
    std::vector<std::string> jobs;
    for (int i = 0; i < 200; ++i) jobs.push_back(i % 50 == 7 ? "crash" : i % 50 == 8 ? "leave" : i == 20 ? "hang" : "job " + std::to_string(i));
    const auto results = do_all(workers, jobs);
    ASSERT_EQ(results.size(), jobs.size());
    for (const auto& [ticket, done] : results) {
      const std::string& job = jobs[ticket];
      EXPECT_EQ(done.end, job == "hang" ? JobEnd::timed_out : job == "crash" || job == "leave" ? JobEnd::died : JobEnd::replied) << job;
      if (done.end == JobEnd::replied) { EXPECT_EQ(done.reply, "did " + job); }
      if (job == "crash") { EXPECT_TRUE(WIFSIGNALED(done.status) && WTERMSIG(done.status) == SIGSEGV); }
      if (job == "leave") { EXPECT_TRUE(WIFEXITED(done.status) && WEXITSTATUS(done.status) == 3); }
    }
  }
}

TEST(Workers, LargeMessagesPassBothWays) {
  Workers workers({2, 0, 0}, [](std::string_view job) { return std::string(job.rbegin(), job.rend()); });
  std::vector<std::string> jobs;
  for (int i = 0; i < 8; ++i) jobs.push_back(std::to_string(i) + std::string(5'000'000, static_cast<char>('a' + i)));
  const auto results = do_all(workers, jobs);
  for (const auto& [ticket, done] : results) EXPECT_EQ(done.reply, std::string(jobs[ticket].rbegin(), jobs[ticket].rend()));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(Workers, MemoryIsLimited) {
  Workers workers({1, 60'000, 512}, misbehave);
  const auto results = do_all(workers, {"eat", "after"});
  EXPECT_EQ(results.at(0).reply, "no memory");
  EXPECT_EQ(results.at(1).reply, "did after");
}
#endif

}  // namespace
}  // namespace rapporteur
