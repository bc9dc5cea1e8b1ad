// One Engine serves several threads at once: each gets the bytes that it would have got alone. Run with ThreadSanitizer
// (preset tsan), this is the proof that what they share is safe to share.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "rapporteur/rapporteur.h"
#include "support/root.h"

namespace rapporteur {
namespace {

namespace fs = std::filesystem;

std::vector<Input> corpus() {
  std::vector<fs::path> paths;
  for (const auto& folder : fs::directory_iterator(fs::path(project_root()) / "corpus"))
    for (const char* name : {"input.md", "input.txt"})
      if (fs::exists(folder.path() / name)) paths.push_back(folder.path() / name);
  std::sort(paths.begin(), paths.end());
  std::vector<Input> inputs;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    inputs.push_back({path.filename(), {std::istreambuf_iterator<char>(file), {}}, "", ""});
  }
  return inputs;
}

TEST(Threads, ShareAnEngineAndGetTheSameBytes) {
  const std::vector<Input> inputs = corpus();
  ASSERT_GE(inputs.size(), 12u);
  std::vector<std::string> alone;
  {
    const auto engine = Engine::create();
    for (const Input& input : inputs) alone.push_back(engine->parse(input).xml);
  }
  const auto engine = Engine::create();  // a new one: the threads also meet at what is made when it is first needed
  constexpr std::size_t count = 4;
  std::vector<std::string> wrong(count);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < count; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        const std::size_t at = (i + t * inputs.size() / count) % inputs.size();
        const Parsed parsed = engine->parse(inputs[at], {"outline-tsv"});
        if (parsed.outcome != Outcome::valid || parsed.xml != alone[at]) wrong[t] += std::to_string(at) + " ";
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<std::string>(count));
}

}  // namespace
}  // namespace rapporteur
