// Patterns that were compiled when the program was built are those that compiling them now would give.

#include <gtest/gtest.h>

#include "grammar/compiled.h"

namespace rapporteur {
namespace {

std::string compiled_now(const LazyPattern& pattern, Use use) {
  PatternError error;
  const auto compiled = Pattern::compile(pattern.text(), pattern.fold(), use, error);
  return compiled ? compiled->bytes() : error.reason;
}

TEST(StoredPattern, IsTheOneThatCompilingGives) {
  std::size_t count = 0;
  for (const BuiltinFile& builtin : builtin_files()) {
    const auto file = read_compiled(builtin.bytes);
    for (const CompiledRule& rule : file->rules) EXPECT_TRUE(rule.pattern->bytes() == compiled_now(*rule.pattern, Use::rule)) << rule.rule.name;
    for (const Select& select : file->selects) EXPECT_TRUE(select.pattern->bytes() == compiled_now(*select.pattern, Use::select)) << select.reason;
    count += file->rules.size() + file->selects.size();
  }
  EXPECT_GT(count, 100u);
}

TEST(StoredPattern, OfAnotherLibraryIsCompiledAnew) {
  PatternError error;
  std::string bytes = Pattern::compile("a(?<number>\\d+)", false, Use::rule, error)->bytes();
  EXPECT_NE(Pattern::restore(bytes), nullptr);
  bytes[4] = static_cast<char>(bytes[4] + 1);  // behind the magic number: the version
  EXPECT_EQ(Pattern::restore(bytes), nullptr);

  const LazyPattern pattern("a(?<number>\\d+)", false, Use::rule, bytes);
  Runner runner;
  Match match;
  EXPECT_EQ(runner.run(pattern, "a12", 0, false, match), Runner::Outcome::matched);
  EXPECT_EQ(match.text(Capture::number, "a12"), "12");
}

}  // namespace
}  // namespace rapporteur
