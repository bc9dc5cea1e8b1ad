// Text cases of the readers: tests/cases/readers/NAME.{txt,md} with NAME.{txt,md}.expected, the dump of its lines.
// UPDATE_GOLDENS=1 rewrites the expected files in place and fails the run, so that nobody accepts them unread.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "readers/dump.h"
#include "readers/markdown_reader.h"
#include "readers/text_reader.h"
#include "support/root.h"

namespace rapporteur {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<fs::path> cases() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(fs::path(project_root()) / "tests/cases/readers")) {
    const fs::path& path = entry.path();
    if (path.extension() == ".txt" || path.extension() == ".md") found.push_back(path);
  }
  std::sort(found.begin(), found.end());
  return found;
}

Document read(const fs::path& path) {
  return (path.extension() == ".md" ? read_markdown : read_text)(std::make_shared<Source>(SourceInfo{}, bytes_of(path)));
}

class Case : public testing::TestWithParam<fs::path> {};

TEST_P(Case, dump_is_as_expected) {
  const Document document = read(GetParam());
  const std::string dump = dump_lines(document);
  const fs::path expected = GetParam().string() + ".expected";
  if (std::getenv("UPDATE_GOLDENS") != nullptr && bytes_of(expected) != dump) {
    std::ofstream(expected, std::ios::binary) << dump;
    FAIL() << "rewritten: " << expected << "; read it, then run again";
  }
  EXPECT_EQ(bytes_of(expected), dump);
  for (const Diagnostic& d : check_coverage(document)) ADD_FAILURE() << render_text(d);
}

INSTANTIATE_TEST_SUITE_P(readers, Case, testing::ValuesIn(cases()), [](const auto& tested) {
  std::string name = tested.param.filename().string();
  std::replace_if(name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return name;
});

}  // namespace
}  // namespace rapporteur
