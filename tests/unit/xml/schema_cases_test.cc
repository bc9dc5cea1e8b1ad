// Documents with deliberate mistakes, tests/cases/schema/*.xml: what is said of each stands beside it in *.expected.
// tests/schema/check_agreement.py has xmllint and jing judge the same files.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "every_element.h"
#include "support/root.h"
#include "xml/schema_text.h"
#include "xml/validator.h"
#include "xml/writer.h"

namespace rapporteur {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(project_root()) / "tests/cases/schema";

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Compares with a file that UPDATE_GOLDENS=1 rewrites, failing all the same so that nobody accepts unread.
void expect_golden(const fs::path& path, const std::string& now) {
  if (std::getenv("UPDATE_GOLDENS") != nullptr && contents(path) != now) {
    std::ofstream(path, std::ios::binary) << now;
    ADD_FAILURE() << path << " was rewritten: read it";
  }
  EXPECT_EQ(contents(path), now) << path;
}

std::vector<fs::path> cases() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".xml") out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

TEST(SchemaCases, EachIsJudgedAsExpected) {
  Validator validator;
  std::set<std::string> codes;
  for (const fs::path& path : cases()) {
    std::string told;
    for (Diagnostic& d : validator.validate_bytes(contents(path))) {
      d.file = path.filename();
      codes.insert(d.code);
      told += render_text(d);
    }
    expect_golden(fs::path(path).replace_extension(".expected"), told.empty() ? "valid\n" : told);
  }
  EXPECT_EQ(codes, (std::set<std::string>{"X101", "X102", "X103", "X104", "X105", "X106", "X107", "X108", "X109", "X201", "X202"}));
}

TEST(SchemaCases, EveryElementAsWritten) { expect_golden(folder / "valid-every-element.xml", write_xml(test::every_element())); }

TEST(Schema, IsBuiltInToTheByte) {
  EXPECT_EQ(schema_xsd(), contents(fs::path(project_root()) / "schema/report.xsd"));
  EXPECT_EQ(schema_rnc(), contents(fs::path(project_root()) / "schema/report.rnc"));
}

TEST(Schema, OpensNothingThatItImports) {
  const auto schema = Schema::from_text(
      "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include schemaLocation='file:///etc/hostname'/></xs:schema>", "x.xsd");
  EXPECT_FALSE(schema);
  ASSERT_FALSE(schema.said().empty());
  EXPECT_EQ(schema.said()[0].code, "X204");
}

TEST(Schema, AnySchemaFileCanValidate) {
  const fs::path root(project_root());
  const auto said = [&](const char* xml, const char* xsd) { return validate_file_with_schema(root / xml, root / xsd); };
  EXPECT_TRUE(said("tests/cases/schema/valid-small.xml", "schema/report.xsd").empty());
  EXPECT_EQ(said("tests/cases/schema/bad-date.xml", "schema/report.xsd").size(), 1u);
  EXPECT_EQ(said("tests/cases/schema/valid-small.xml", "schema/none.xsd").at(0).code, "X205");
  EXPECT_EQ(said("none.xml", "schema/report.xsd").at(0).code, "X205");
  EXPECT_EQ(said("tests/cases/schema/valid-small.xml", "schema/report.rnc").at(0).code, "X204");
}

TEST(Validator, EventsAndBytesAreJudgedAlike) {
  Report report = test::every_element();
  report.body[1].as<Paragraph>()->n.clear();
  report.header[5].when = "yesterday";
  report.furniture[0].id = "para7";
  Validator validator;
  const Diagnostics events = validator.validate_events(report), bytes = validator.validate_bytes(write_xml(report));
  ASSERT_EQ(events.size(), bytes.size());
  ASSERT_EQ(events.size(), 3u);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].code, bytes[i].code);
    EXPECT_EQ(bytes[i].message.find(events[i].message), 0u);
  }
  EXPECT_EQ(render_text(events[0]),
            "a report.md:1:1: error X106: `when` of <docDate> may not be \"yesterday\"\n"
            "  help: it must be a date as YYYY, YYYY-MM or YYYY-MM-DD\n");
}

TEST(Validator, ListsAHundredMistakesAtMost) {
  Report report;
  report.grammar.id = "none";
  for (int i = 0; i < 500; ++i) report.body.push_back(Block{Quote{}});  // none has an id
  const Diagnostics said = Validator().validate_events(report);
  ASSERT_EQ(said.size(), 101u);
  EXPECT_EQ(said.back().code, "X198");
}

}  // namespace
}  // namespace rapporteur
