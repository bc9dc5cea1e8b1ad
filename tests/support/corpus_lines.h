// The lines of the project's own corpus, for tests that hold patterns against real layouts.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "rapporteur/source.h"
#include "support/root.h"

namespace rapporteur {

/// Of its Markdown and text files, as valid UTF-8; empty and very long lines left out.
inline std::vector<std::string> lines_of_the_corpus() {
  std::vector<std::string> lines;
  for (const auto& entry : std::filesystem::directory_iterator(project_root() + "/corpus"))
    for (const char* name : {"input.md", "input.txt"}) {
      std::ifstream file(entry.path() / name);
      for (std::string line; std::getline(file, line);) {
        repair_utf8(line);
        if (!line.empty() && line.size() < 500) lines.push_back(line);
      }
    }
  return lines;
}

}  // namespace rapporteur
