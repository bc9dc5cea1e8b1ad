// The stages grammar and recognition by themselves: matching line beginnings, scanning running text, solving numbers.

#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "grammar/grammar.h"
#include "recognition/chains.h"

namespace {

using namespace rapporteur;

const std::string kSentence =
    "The Meeting took note of the proposal that was made by the delegation of the Northern Lakes on 3 March 2021, and "
    "decided to attach it as Annex II to this report, as the Secretariat had asked in document NLC/WGF/12/Rev.1.";

const Grammar& grammar() {
  static const GrammarLibrary library{GrammarPath{}};
  static const GrammarPtr one = *library.load("common.numbered-report");
  return *one;
}

void line_beginnings(benchmark::State& state) {
  Matcher matcher(grammar());
  const std::string line = "17. " + kSentence;
  std::vector<Match> found;
  for (auto _ : state) {
    found.clear();
    matcher.match_block(line, zone_any, found);
    benchmark::DoNotOptimize(found.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * line.size()));
}
BENCHMARK(line_beginnings);

void running_text(benchmark::State& state) {
  Matcher matcher(grammar());
  std::vector<Match> found;
  for (auto _ : state) {
    found.clear();
    matcher.match_inline(kSentence, zone_body, found);
    benchmark::DoNotOptimize(found.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * kSentence.size()));
}
BENCHMARK(running_text);

/// Paragraphs 1, 2, 3 ... with an agenda item before every tenth and a list of three after every seventh.
std::vector<NumberCandidate> numbering(std::size_t count) {
  std::vector<NumberCandidate> all;
  const auto add = [&](const std::string& label, float paragraph, float section, float list) {
    NumberCandidate c;
    c.line = static_cast<std::uint32_t>(all.size());
    c.readings = read_label(label);
    c.frame = frame_of("", ".");
    c.paragraph = paragraph;
    c.section = section;
    c.list = list;
    all.push_back(c);
  };
  for (std::size_t n = 1; all.size() < count; ++n) {
    if (n % 10 == 1) add(std::to_string(n / 10 + 1), -1, 3, -1);
    add(std::to_string(n % 1000), 1, -2, -1);
    for (int i = 1; n % 7 == 0 && i <= 3; ++i) add(std::to_string(i), 0, -2, 1);
  }
  return all;
}

void numbers(benchmark::State& state) {
  const std::vector<NumberCandidate> candidates = numbering(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(solve_numbering(candidates));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * candidates.size()));
}
BENCHMARK(numbers)->RangeMultiplier(10)->Range(10, 10000)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
