// Source: line table, places and repair of ill-formed UTF-8.

#include "rapporteur/source.h"

#include <gtest/gtest.h>

namespace rapporteur {
namespace {

TEST(Source, LinesEndAtLfAndCrlf) {
  const Source source({}, "one\r\ntwo\n\nfour");
  EXPECT_EQ(source.line_count(), 4u);
  EXPECT_EQ(source.line_text(1), "one");
  EXPECT_EQ(source.line_text(3), "");
  EXPECT_EQ(source.line_text(4), "four");
}

TEST(Source, TextWithoutLfHasCrLines) {
  const Source source({}, "one\rtwo\rthree\r");
  EXPECT_EQ(source.line_count(), 3u);
  EXPECT_EQ(source.line_text(2), "two");
}

TEST(Source, ColumnsCountCodePoints) {
  const Source source({}, "é1\nЖЖx");
  EXPECT_EQ(source.place_of(8), (Place{2, 3}));
}

TEST(RepairUtf8, ReplacesIllFormedSequences) {
  std::string text = "a\xC3(\xE2\x82 \xF0\x9F\x98\x80\xED\xA0\x80z\xC3";
  EXPECT_EQ(repair_utf8(text), 7u);
  EXPECT_EQ(text, "a\xEF\xBF\xBD(\xEF\xBF\xBD \xF0\x9F\x98\x80\xEF\xBF\xBDz\xEF\xBF\xBD");
}

}  // namespace
}  // namespace rapporteur
