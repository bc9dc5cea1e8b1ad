// What authors of grammars are told, whole: tests/cases/grammar/*.toml, each with its *.expected.

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "grammar/author.h"
#include "support/root.h"

namespace rapporteur {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(GrammarMessages, AreAsExpected) {
  std::set<fs::path> cases;
  for (const auto& entry : fs::directory_iterator(project_root() + "/tests/cases/grammar"))
    if (entry.path().extension() == ".toml") cases.insert(entry.path());
  ASSERT_GE(cases.size(), 25u);
  for (const fs::path& path : cases) {
    const GrammarCheck check = check_grammar_text(path.filename().string(), content_of(path), GrammarPath{});
    std::string said;
    for (const Diagnostic& d : check.said) said += render_text(d);
    const fs::path expected = fs::path(path).replace_extension(".expected");
    if (said == content_of(expected)) continue;
    ADD_FAILURE() << path.filename().string() << " says now:\n" << said;
    if (std::getenv("UPDATE_GOLDENS") != nullptr) std::ofstream(expected) << said;
  }
}

TEST(GrammarMessages, TheStarterPassesAsItIs) {
  for (const char* name : {"Commission of the Lakes", "Comité «Été» (C.E.)", "A \"quoted\" \\body's # name"}) {
    const GrammarCheck check = check_grammar_text("lakes.toml", grammar_template("lakes.report", name), GrammarPath{});
    EXPECT_TRUE(check.loads);
    for (const Diagnostic& d : check.said) ADD_FAILURE() << render_text(d);
    EXPECT_EQ(check.samples_held, check.samples);
  }
}

}  // namespace
}  // namespace rapporteur
