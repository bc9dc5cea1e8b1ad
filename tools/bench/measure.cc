// Measures one thing at a time in one process, so that nothing else is in the figure:
//
//   measure parse N FILE ...      Engine::parse of each file N times: recognition, XML, validation; nothing is written. Once, it is
//                                 given the bytes to keep or forget, as the command line gives them
//   measure tokenise N FILE ...   md4c with callbacks that do nothing: what only reading Markdown costs
//
// Prints bytes, documents, seconds of processor time, and the largest memory in KB. The first pass over the files is not counted
// where N is more than 1: it compiles grammars and schema. Also the least seconds: of each file its fastest pass, added up and
// taken as often as there were passes. That is what it takes while nobody else uses the machine, also on one that is never quiet.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>
#include <numeric>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <md4c.h>
#include <sys/resource.h>

#include "rapporteur/rapporteur.h"

namespace {

double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/// Largest memory since this program began. getrusage would tell that of whoever started it, where that was larger.
long peak_kb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::atol(line.c_str() + 6);
  return 0;
}

std::string read_whole(const char* name) {
  std::ifstream file(name, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void tokenise(const std::string& text) {
  MD_PARSER parser{};
  parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH;
  parser.enter_block = parser.leave_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
  parser.enter_span = parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
  parser.text = [](MD_TEXTTYPE, const MD_CHAR*, MD_SIZE, void*) { return 0; };
  md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return std::fputs("usage: measure parse|tokenise N FILE ...\n", stderr), 2;
  const bool parse = std::strcmp(argv[1], "parse") == 0;
  const int times = std::atoi(argv[2]);
  const auto engine = rapporteur::Engine::create();
  if (!engine) return 4;
  std::vector<rapporteur::Input> inputs;
  std::size_t bytes = 0, not_valid = 0;
  for (int i = 3; i < argc; ++i) {
    const char* slash = std::strrchr(argv[i], '/');
    inputs.push_back({slash ? slash + 1 : argv[i], read_whole(argv[i]), "", ""});
    bytes += inputs.back().bytes.size();
  }
  std::vector<double> least(inputs.size(), std::numeric_limits<double>::max());
  double begin = processor_seconds();
  for (int pass = 0; pass < times; ++pass) {
    if (pass == 1) begin = processor_seconds();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto before = std::chrono::steady_clock::now();
      if (parse) not_valid += (times > 1 ? engine->parse(inputs[i]) : engine->parse(std::move(inputs[i]))).outcome != rapporteur::Outcome::valid;
      else tokenise(inputs[i].bytes);
      least[i] = std::min(least[i], std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count());
    }
  }
  const double seconds = processor_seconds() - begin;
  const auto counted = static_cast<std::size_t>(times > 1 ? times - 1 : 1);
  const double at_least = std::accumulate(least.begin(), least.end(), 0.0) * static_cast<double>(counted);
  std::printf("{\"bytes\":%zu,\"documents\":%zu,\"seconds\":%.6f,\"least_seconds\":%.6f,\"peak_kb\":%ld,\"not_valid\":%zu}\n", bytes * counted, inputs.size() * counted,
              seconds, at_least, peak_kb(), not_valid);
  return 0;
}
