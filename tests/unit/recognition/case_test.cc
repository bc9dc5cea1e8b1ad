// Text cases of recognition: tests/cases/recognition/NAME.{txt,md} with NAME.{txt,md}.expected, its events by the grammar
// that knows no body. UPDATE_GOLDENS=1 rewrites the expected files in place and fails the run.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "rapporteur/rapporteur.h"
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

/// Without the confidences, which are measured elsewhere and move with every weight: "... (0.93)".
std::string without_confidence(const std::string& events) {
  std::istringstream in(events);
  std::string out;
  for (std::string row; std::getline(in, row);) out += row.substr(0, row.ends_with(')') ? row.rfind(" (") : row.size()) + "\n";
  return out;
}

std::vector<fs::path> cases() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(fs::path(project_root()) / "tests/cases/recognition"))
    if (const fs::path& path = entry.path(); path.extension() == ".txt" || path.extension() == ".md") found.push_back(path);
  std::sort(found.begin(), found.end());
  return found;
}

const Engine& engine() {
  static const Result<Engine> made = Engine::create({.grammar = "common"});
  return *made;
}

class Case : public testing::TestWithParam<fs::path> {};

TEST_P(Case, events_are_as_expected) {
  const Parsed parsed = engine().parse({.name = GetParam().filename().string(), .bytes = bytes_of(GetParam())}, {"events"});
  ASSERT_EQ(parsed.outcome, Outcome::valid);
  std::string got = without_confidence(parsed.shown.front());
  for (const Diagnostic& said : parsed.diagnostics) got += render_text(said);
  const fs::path expected = GetParam().string() + ".expected";
  if (std::getenv("UPDATE_GOLDENS") != nullptr && bytes_of(expected) != got) {
    std::ofstream(expected, std::ios::binary) << got;
    FAIL() << "rewritten: " << expected << "; read it, then run again";
  }
  EXPECT_EQ(bytes_of(expected), got);
}

INSTANTIATE_TEST_SUITE_P(recognition, Case, testing::ValuesIn(cases()), [](const auto& tested) {
  std::string name = tested.param.filename().string();
  std::replace_if(name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return name;
});

// What the case "numbers-with-a-gap" shows, in the XML: nothing is ever renumbered, and the gap has its place.
TEST(Numbering, gap_is_said_and_the_number_stays) {
  const std::string text =
      "8. The Committee heard a report of its treasurer and thanked him for it.\n\n"
      "9. The Committee agreed to meet again in the spring of the next year.\n\n"
      "11. The Committee elected Ms Ilse Brandt as its chair for two years.\n\n"
      "12. The Committee closed its session at noon.\n";
  const Parsed parsed = engine().parse({.name = "gap.txt", .bytes = text});
  ASSERT_EQ(parsed.outcome, Outcome::valid);
  EXPECT_NE(parsed.xml.find("n=\"11\""), std::string::npos) << parsed.xml;
  EXPECT_EQ(parsed.xml.find("n=\"10\""), std::string::npos) << parsed.xml;
  std::string warnings;
  for (const Diagnostic& said : parsed.diagnostics)
    if (said.code == "N101") warnings += render_text(said);
  EXPECT_EQ(warnings.substr(0, warnings.find('\n')), "gap.txt:5:1: warning N101: paragraph 11 follows 9: 10 is missing");
}

}  // namespace
}  // namespace rapporteur
