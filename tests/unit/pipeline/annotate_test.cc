// Annotation of pandoc trees: what is put where, and that a second run changes nothing.

#include "pipeline/annotate.h"

#include <gtest/gtest.h>

#include "readers/pandoc_json.h"

namespace rapporteur {
namespace {

constexpr const char* head = R"({"pandoc-api-version":[1,22,2,1],"meta":{},"blocks":[)";

std::string str(const std::string& text) { return R"({"t":"Str","c":")" + text + R"("})"; }

/// "See Annex II.", in a paragraph.
const std::string mention = R"({"t":"Para","c":[)" + str("See") + R"(,{"t":"Space"},)" + str("Annex") + R"(,{"t":"Space"},)" + str("II.") + "]}";
const std::string item = R"({"t":"OrderedList","c":[[7,{"t":"Decimal"},{"t":"Period"}],[[)" + mention + "]]]}";
const std::string heading = R"({"t":"Header","c":[1,["opening",["x"],[]],[)" + str("Opening") + "]]}";
const std::string unknown = R"({"t":"Oddity","c":{"deep":[0.5,null,true]}})";

/// What recognition would say of heading, item and unknown block.
Report report() {
  Report report;
  Paragraph paragraph{"p7", "7", "7.", true, {}, {{}, 2, 2}};
  Ref ref;
  ref.type = RefType::annex;
  ref.normalized = "II";
  ref.children = {{Text{"Annex II"}}};
  ref.at.line = 2;
  paragraph.children.push_back({TextBlock{"", {{Text{"See "}}, {ref}, {Text{"."}}}, {{}, 2, 2}}});
  Section section;
  section.type = SectionType::agendaItem;
  section.agenda_item = "1";
  section.at.line = 1;
  section.children.push_back({paragraph});
  report.body.push_back({section});
  return report;
}

std::string annotated(const std::string& tree) {
  std::vector<std::uint32_t> leaves;
  EXPECT_TRUE(read_pandoc_json(tree, {}, unknown_origin, &leaves));
  return annotate_tree(tree, report(), leaves);
}

TEST(Annotate, PutsClassesWhereThingsStand) {
  const std::string out = annotated(head + heading + "," + item + "," + unknown + "]}");
  EXPECT_NE(out.find(R"("c":[1,["opening",["x","rapporteur","agenda-item"],[["rapporteur-type","agendaItem"],["rapporteur-agenda-item","1"]]])"), std::string::npos) << out;
  EXPECT_NE(out.find(R"({"t":"Div","c":[["",["rapporteur","numbered-paragraph"],[["rapporteur-n","7"],["rapporteur-num","7."]]],[{"t":"Para")"), std::string::npos) << out;
  EXPECT_NE(out.find(R"({"t":"Span","c":[["",["rapporteur","annex-ref"],[["rapporteur-n","II"],["rapporteur-status","unresolved"]]],[{"t":"Str","c":"Annex"},{"t":"Space"},{"t":"Str","c":"II"}]]},{"t":"Str","c":"."})"),
            std::string::npos) << out;
  EXPECT_NE(out.find(unknown), std::string::npos);
  EXPECT_TRUE(out.starts_with(R"({"pandoc-api-version":[1,22,2,1],)"));
  EXPECT_NE(out.find(R"("paragraphs":{"t":"MetaString","c":"1"})"), std::string::npos);
}

TEST(Annotate, TwiceIsOnce) {
  const std::string once = annotated(head + heading + "," + item + "," + unknown + "]}");
  EXPECT_EQ(annotated(once), once);
}

TEST(Annotate, WrongShapesAreLeftAlone) {
  const std::string odd = head + std::string(R"({"t":"Div"},{"t":"Header","c":[]},{"t":"Table","c":5},{"t":"Span","c":[["",["rapporteur"],[]]]},5,null,{"t":"Para","c":{"t":"Str"}}]})");
  EXPECT_NE(annotated(odd).find(R"({"t":"Table","c":5})"), std::string::npos);
}

TEST(Annotate, OptionsComeFromMetadata) {
  EXPECT_EQ(tree_option(R"({"meta":{"rapporteur":{"t":"MetaMap","c":{"grammar":{"t":"MetaInlines","c":[{"t":"Str","c":"bsec"}]}}}}})", "grammar"), "bsec");
  EXPECT_EQ(tree_option(R"({"meta":{"rapporteur.grammar":{"t":"MetaString","c":"bsec"}}})", "grammar"), "bsec");
  EXPECT_EQ(tree_option(R"({"meta":{}})", "grammar"), "");
  EXPECT_EQ(tree_option("half", "grammar"), "");
}

}  // namespace
}  // namespace rapporteur
