// Pandoc's tree -> lines: constructors, versions, and trees that are none.

#include "readers/pandoc_json.h"

#include "foreign_help.h"

namespace rapporteur {
namespace {

using testing::only;
using testing::rendering;

std::string tree(const std::string& blocks, const std::string& version = "1,22,2,1") {
  return R"({"pandoc-api-version":[)" + version + R"(],"meta":{},"blocks":[)" + blocks + "]}";
}

std::string words(const std::string& text) { return R"([{"t":"Str","c":")" + text + R"("}])"; }
std::string para(const std::string& text) { return R"({"t":"Para","c":)" + words(text) + "}"; }

constexpr AstOptions word_processor{true, true, true};

Result<Document> read(const std::string& json, const AstOptions& options = {}) {
  SourceInfo info;
  info.name = "in.json";
  return read_pandoc_json(json, info, options);
}

TEST(PandocJson, WritesLabelsOut) {
  const auto document = read(tree(R"({"t":"OrderedList","c":[[7,{"t":"LowerAlpha"},{"t":"TwoParens"}],[[)" + para("one") + "," + para("more") + "],[" +
                                  para("two") + "]]]}"));
  ASSERT_TRUE(document);
  EXPECT_EQ(rendering(*document), "(g) one\n    more\n(h) two\n");
  EXPECT_TRUE(document->lines[0].look.label_inferred);
  EXPECT_FALSE(document->lines[1].look.label_inferred);
  EXPECT_EQ(document->lines[2].content, "(h) two");
  EXPECT_EQ(document->lines[2].number, 3u);
}

std::string list(const std::string& style, int start, const std::vector<std::string>& texts) {
  std::string items;
  for (const std::string& text : texts) items += (items.empty() ? "[" : ",[") + para(text) + "]";
  return R"({"t":"OrderedList","c":[[)" + std::to_string(start) + R"(,{"t":")" + style + R"("},{"t":"Period"}],[)" + items + "]]}";
}

TEST(PandocJson, RebuildsNestingFromNumberStyle) {
  const auto document = read(tree(list("UpperRoman", 1, {"first", "second"}) + "," + list("LowerAlpha", 1, {"below"}) + "," + para("between") + "," +
                                  list("LowerAlpha", 2, {"still below"}) + "," + list("UpperRoman", 3, {"third"})),
                             word_processor);
  ASSERT_TRUE(document);
  EXPECT_EQ(rendering(*document), "I. first\nII. second\n    a. below\nbetween\n    b. still below\nIII. third\n");
}

TEST(PandocJson, KeepsMarksAndBreaks) {
  const auto document = read(tree(R"({"t":"Para","c":[{"t":"Strong","c":[{"t":"Str","c":"DRAFT"},{"t":"LineBreak"},{"t":"Str","c":"REPORT"}]}]})"));
  ASSERT_TRUE(document);
  ASSERT_EQ(document->lines.size(), 2u);
  EXPECT_TRUE(document->lines[0].look.bold && document->lines[1].look.bold);
  EXPECT_TRUE(document->lines[1].look.broken_before);
  EXPECT_EQ(document->lines[0].block, document->lines[1].block);
  EXPECT_EQ(document->lines[1].marks.size(), 1u);
}

TEST(PandocJson, NotesGoToTheEnd) {
  const auto document = read(tree(R"({"t":"Para","c":[{"t":"Str","c":"Text"},{"t":"Note","c":[)" + para("of the note") + R"(]}]})" + "," + para("Last")));
  ASSERT_TRUE(document);
  EXPECT_EQ(rendering(*document), "Text\nLast\nof the note\n");
  EXPECT_EQ(document->lines[2].kind, LineKind::note);
  EXPECT_EQ(document->lines[0].marks.at(0).kind, MarkKind::footnote);
  EXPECT_EQ(document->lines[0].marks.at(0).text, "1");
}

TEST(PandocJson, IndentsAreNoQuotesInWordProcessorFiles) {
  const std::string json = tree(R"({"t":"BlockQuote","c":[)" + para("text") + "]}");
  EXPECT_EQ(read(json)->lines[0].look.quote_depth, 1);
  EXPECT_EQ(read(json, word_processor)->lines[0].look.quote_depth, 0);
  EXPECT_EQ(read(json, word_processor)->lines[0].look.indent, 4);
}

TEST(PandocJson, TrackedChangesAreMarks) {
  const auto document = read(tree(R"({"t":"Para","c":[{"t":"Span","c":[["",["insertion"],[["author","Ana"],["date","2021-01-02"]]],)" + words("new") +
                                  R"(]},{"t":"Space"},{"t":"Span","c":[["",["comment-start"],[]],)" + words("remark") + "]}]}"));
  ASSERT_TRUE(document);
  EXPECT_EQ(rendering(*document), "new\n");
  EXPECT_EQ(document->lines[0].marks.at(0).kind, MarkKind::inserted);
  EXPECT_EQ(document->lines[0].marks.at(0).text, "Ana\t2021-01-02");
  EXPECT_EQ(only(document->diagnostics), "R206 1 comment of a reviewer was left out | comments are no part of the report; see them in the word processor");
}

TEST(PandocJson, FigureOf123AndNullOf122) {
  const auto document = read(tree(R"({"t":"Figure","c":[["",[],[]],[null,[{"t":"Plain","c":)" + words("Caption") + R"(}]],[)" + para("Body") + "]]}", "1,23,1"));
  ASSERT_TRUE(document);
  EXPECT_EQ(rendering(*document), "Body\nCaption\n");
  EXPECT_TRUE(read(tree(R"({"t":"Null"})")));
}

TEST(PandocJson, UnknownConstructorsKeepTheirWords) {
  const auto document = read(tree(R"({"t":"Sidebar","c":[["",[],[]],[)" + para("beside") + R"(]]},{"t":"Para","c":[{"t":"Ruby","c":[{"t":"Str","c":"kan"}]}]})"));
  ASSERT_TRUE(document);
  EXPECT_EQ(rendering(*document), "beside\nkan\n");
  ASSERT_EQ(document->diagnostics.size(), 2u);
  EXPECT_EQ(document->diagnostics[0].message, "the pandoc tree has `Ruby`, which is not known here; its words were kept as text");
}

TEST(PandocJson, WrongShapesAreNoCrash) {
  for (const char* blocks : {R"({"t":"Para","c":5})", R"({"t":"Table","c":[]})", R"({"t":"OrderedList"})", R"(5,"x",null,[],{})",
                             R"({"t":"Header","c":["a",[],5]})", R"({"t":"OrderedList","c":[[-9223372036854775808,{},{}],[[],5]]})"})
    EXPECT_TRUE(read(tree(blocks))) << blocks;
}

TEST(PandocJson, OtherVersionsAreRefusedByName) {
  EXPECT_TRUE(read(tree("", "1,23,1")));
  EXPECT_EQ(only(read(tree("", "1,21")).said()),
            "R202 pandoc-api-version 1.21 is not supported; 1.22 and 1.23 are | use a pandoc from 2.15 to 3.x, whose trees carry 1.22 or 1.23");
  EXPECT_EQ(only(read(tree("", "2,0,1")).said()).substr(0, 5), "R202 ");
}

TEST(PandocJson, HalfATreeIsToldFrom) {
  const std::string whole = tree(para("text"));
  EXPECT_EQ(only(read(whole.substr(0, whole.size() / 2)).said()).substr(0, 32), "R201 this is not complete JSON: ");
  EXPECT_EQ(only(read("").said()).substr(0, 5), "R201 ");
  EXPECT_EQ(only(read("[1,2]").said()).substr(0, 5), "R203 ");
  EXPECT_EQ(only(read(R"({"blocks":[]})").said()).substr(0, 5), "R203 ");
}

TEST(PandocJson, DepthIsBounded) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += R"({"t":"BlockQuote","c":[)";
  EXPECT_EQ(only(read(tree(deep)).said()),
            "R204 the pandoc tree is nested deeper than 1000 levels | such nesting is no report; look at the document in the program that made it");
  std::string nested = para("x");
  for (int i = 0; i < 450; ++i) nested = R"({"t":"BlockQuote","c":[)" + nested + "]}";
  EXPECT_TRUE(read(tree(nested)));
}

std::string cell(const std::string& blocks) { return R"([["",[],[]],{"t":"AlignDefault"},1,1,[)" + blocks + "]]"; }
std::string table(const std::vector<std::string>& rows) {
  std::string all;
  for (const std::string& row : rows) all += (all.empty() ? "" : ",") + (R"([["",[],[]],[)" + row + "]]");
  return R"({"t":"Table","c":[["",[],[]],[null,[]],[],[["",[],[]],[]],[[["",[],[]],0,[],[)" + all + R"(]]],[["",[],[]],[]]]})";
}

TEST(PandocJson, RowsKeepCells) {
  const auto document = read(tree(table({cell(para("1.")) + "," + cell(para("Opening") + "," + para("by the Chair")), cell(para("2.")) + "," + cell("")})));
  ASSERT_TRUE(document);
  EXPECT_EQ(rendering(*document), "1.\tOpening by the Chair\n2.\t\n");
  EXPECT_EQ(document->lines[0].kind, LineKind::table_row);
  EXPECT_EQ(document->lines[0].block, document->lines[1].block);
  EXPECT_EQ(document->lines[0].marks.size(), 3u);
  EXPECT_EQ(document->lines[0].marks.back().kind, MarkKind::line_break);
}

TEST(PandocJson, TablesOfOneCellAreText) {
  const auto document = read(tree(table({cell(para("AGENDA ITEM 1"))})));
  ASSERT_TRUE(document);
  EXPECT_EQ(document->lines.at(0).kind, LineKind::text);
  EXPECT_TRUE(document->lines.at(0).look.capitals);
}

}  // namespace
}  // namespace rapporteur
