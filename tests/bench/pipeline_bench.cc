// The whole way from bytes to validated XML, per report of the corpus and per size. `bytes_per_second` counts bytes of
// the source, over all passes; `fastest_MB/s` is that of the fastest, which tells what it takes where others use the machine too.

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include <benchmark/benchmark.h>

#include "rapporteur/rapporteur.h"
#include "support/root.h"

namespace {

using rapporteur::Engine;
using rapporteur::Input;

const Engine& engine() {
  static const Engine one = std::move(*Engine::create());
  return one;
}

Input read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  Input input;
  input.name = path.filename().string();
  input.bytes.assign(std::istreambuf_iterator<char>(stream), {});
  return input;
}

void parse(benchmark::State& state, const Input& input) {
  double fastest = std::numeric_limits<double>::max();  // seconds
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    rapporteur::Parsed parsed = engine().parse(input);
    if (parsed.outcome != rapporteur::Outcome::valid) return state.SkipWithError("not valid");
    benchmark::DoNotOptimize(parsed.xml.data());
    fastest = std::min(fastest, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  state.counters["fastest_MB/s"] = static_cast<double>(input.bytes.size()) / fastest / 1e6;
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * input.bytes.size()));
}

/// A report of `paragraphs` numbered paragraphs, with an agenda item before every tenth.
Input generated(int paragraphs) {
  Input input;
  input.name = "generated.md";
  input.bytes = "# LAKES COUNCIL OF THE NORTH\n\n7 December 2021\n\nLCN/WGF/R(2021)2\n\n**REPORT OF THE MEETING**\n\n";
  for (int n = 1; n <= paragraphs; ++n) {
    if (n % 10 == 1) input.bytes += "#### AGENDA ITEM " + std::to_string(n / 10 + 1) + ": ANY MATTER OF THAT KIND\n\n";
    input.bytes += std::to_string(n) + ". The Meeting took note of the proposal that was made by the delegation of the "
                   "Northern Lakes on 3 March 2021, and decided to attach it as Annex II to this report.\n\n";
  }
  return input;
}

void generated_report(benchmark::State& state) { parse(state, generated(static_cast<int>(state.range(0)))); }
BENCHMARK(generated_report)->RangeMultiplier(10)->Range(10, 100000)->Unit(benchmark::kMicrosecond);

}  // namespace

int main(int argc, char** argv) {
  for (const auto& folder : std::filesystem::directory_iterator(project_root() + "/corpus")) {
    for (const char* name : {"input.md", "input.txt"}) {
      const std::filesystem::path path = folder.path() / name;
      if (!std::filesystem::exists(path)) continue;
      benchmark::RegisterBenchmark(folder.path().filename().c_str(), [input = read(path)](benchmark::State& state) { parse(state, input); })
          ->Unit(benchmark::kMicrosecond);
    }
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
