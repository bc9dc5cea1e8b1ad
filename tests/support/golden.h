// Cases in one text file: what goes in, a line of dashes, what comes out. UPDATE_GOLDENS=1 rewrites the second part in
// place and fails, so that nobody accepts it unread.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace rapporteur::golden {

inline constexpr const char* divider = "\n----\n";

inline std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The *.txt files of a folder, sorted by name.
inline std::vector<std::filesystem::path> cases(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".txt") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

/// Runs `make` on the first part of each case of the folder and compares with the second.
template <typename Make>
void check(const std::filesystem::path& folder, Make make) {
  const bool update = std::getenv("UPDATE_GOLDENS") != nullptr;
  for (const auto& path : cases(folder)) {
    const std::string whole = read(path);
    const std::size_t at = whole.find(divider);
    const std::string input = whole.substr(0, at);
    const std::string expected = at == std::string::npos ? "" : whole.substr(at + std::string(divider).size());
    const std::string got = make(input);
    if (got == expected) continue;
    if (update) std::ofstream(path, std::ios::binary) << input << divider << got;
    ADD_FAILURE() << path.filename() << (update ? " rewritten: review the change\n" : " differs; got:\n") << got;
  }
}

}  // namespace rapporteur::golden
