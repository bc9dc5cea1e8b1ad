// What becomes of an input that is handed over.

#include <gtest/gtest.h>

#include "rapporteur/rapporteur.h"

namespace rapporteur {
namespace {

TEST(Engine, GivesBackTheBytesOfAnInputThatIsHandedOver) {
  const auto engine = Engine::create();
  ASSERT_TRUE(engine);
  Input input{"report.md", "# NORTHERN LAKES COUNCIL\n\n1. The Meeting was held online on 12 May 2021.\n", "", ""};
  const Parsed kept = engine->parse(input);
  EXPECT_FALSE(input.bytes.empty());
  const Parsed given = engine->parse(std::move(input));
  EXPECT_TRUE(input.bytes.empty());  // NOLINT(bugprone-use-after-move): that is the promise
  EXPECT_EQ(kept.xml, given.xml);
  EXPECT_EQ(given.outcome, Outcome::valid);
}

}  // namespace
}  // namespace rapporteur
