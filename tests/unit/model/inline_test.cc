// What an inline is, is seen through visit and as, whether it is kept apart or not; copies share nothing.

#include <type_traits>

#include <gtest/gtest.h>

#include "model/ids.h"
#include "rapporteur/report.h"

namespace rapporteur {
namespace {

Inline reference(std::string words) {
  Ref ref;
  ref.type = RefType::annex;
  ref.children = {{Text{std::move(words)}}};
  return {std::move(ref)};
}

TEST(Inline, StaysSmall) { EXPECT_LE(sizeof(Inline), 48u); }

TEST(Inline, IsWhatItWasMadeOf) {
  const Inline words{Text{"at Northport"}}, annex = reference("Annex I"), link{Link{"urn:x", {}}};
  EXPECT_EQ(words.as<Text>()->text, "at Northport");
  EXPECT_EQ(words.as<Ref>(), nullptr);
  EXPECT_EQ(annex.as<Ref>()->type, RefType::annex);
  EXPECT_EQ(annex.as<Text>(), nullptr);
  EXPECT_EQ(link.as<Link>()->href, "urn:x");
  EXPECT_TRUE(annex.visit([](const auto& value) { return std::is_same_v<std::decay_t<decltype(value)>, Ref>; }));
}

TEST(Inline, IsCopiedWhole) {
  Inline one = reference("Annex I");
  Inline other = one;
  other.as<Ref>()->children.front().as<Text>()->text = "Annex II";
  EXPECT_EQ(plain_text({one}), "Annex I");
  EXPECT_EQ(plain_text({other}), "Annex II");
  one = other;
  EXPECT_EQ(plain_text({one}), "Annex II");
  EXPECT_NE(one.as<Ref>(), other.as<Ref>());
}

TEST(Ids, AreGivenOnce) {
  IdMaker ids;
  EXPECT_EQ(ids.labelled("para", "7"), "para7");
  EXPECT_EQ(ids.labelled("para", "7"), "para7-2");
  EXPECT_EQ(ids.labelled("para", "7"), "para7-3");
  EXPECT_EQ(ids.unique("p1"), "p1");
  EXPECT_EQ(ids.counted("p"), "p2");
  EXPECT_EQ(ids.labelled("p", "()"), "p3");
  for (int i = 0; i < 2000; ++i) ids.counted("list");
  EXPECT_EQ(ids.counted("list"), "list2001");
  EXPECT_EQ(ids.unique("list1999"), "list1999-2");
}

}  // namespace
}  // namespace rapporteur
