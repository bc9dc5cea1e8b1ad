// The outline: events in, both forms of the outline out.

#include "exports/outline.h"

#include <gtest/gtest.h>

#include "model/build.h"
#include "support/event_notation.h"
#include "support/golden.h"
#include "support/root.h"

namespace rapporteur {
namespace {

TEST(Outline, Cases) {
  golden::check(project_root() + "/tests/cases/outline", [](const std::string& text) {
    notation::Input input = notation::Reader(text).finish();
    const Report report = build_report(input.document, std::move(input.recognised));
    return outline_tsv(report) + "\n" + outline_text(report);
  });
}

TEST(Outline, NoLinesWhereTheInputWasNoText) {
  notation::Input input = notation::Reader("paragraph n=1 label=1. | Words").finish();
  Report report = build_report(input.document, std::move(input.recognised));
  report.source_info.converter = "pandoc";
  EXPECT_EQ(outline_tsv(report), "paragraph\t1\t\tWords\t0\n");
}

TEST(Outline, NoEscapeReachesATerminal) {
  notation::Input input = notation::Reader("paragraph n=1 label=1. | A \x1B]0;red\x07 word").finish();
  const Report report = build_report(input.document, std::move(input.recognised));
  EXPECT_EQ(outline_text(report).find('\x1B'), std::string::npos);
}

}  // namespace
}  // namespace rapporteur
