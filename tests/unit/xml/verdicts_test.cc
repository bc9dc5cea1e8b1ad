// The answers that are built in come to the same as asking libxml2: each of them, for what the schema is like, for every
// order of the parts of a section's head, and for thousands of documents that were spoilt at random.

#include "xml/verdicts.h"

#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <functional>
#include <map>
#include <random>
#include <set>

#include "every_element.h"
#include "xml/embed/ask_libxml.h"
#include "xml/parse.h"
#include "xml/schema_text.h"
#include "xml/validator.h"
#include "xml/walk.h"

namespace rapporteur {
namespace {

using xml::Attribute;
using xml::Kind;
using xml::Tag;

// == the schema is of the form that the Verdicts rely on ==

std::string get(xmlNode* node, const char* name) {
  xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
  const std::string out = value == nullptr ? "" : reinterpret_cast<const char*>(value);
  xmlFree(value);
  return out.substr(out.starts_with("r:") ? 2 : 0);
}

/// The published schema, looked into.
class SchemaShape {
 public:
  SchemaShape() : x_doc(xmlReadMemory(schema_xsd().data(), static_cast<int>(schema_xsd().size()), "report.xsd", nullptr, XML_PARSE_NONET)) {
    for (xmlNode* node = xmlDocGetRootElement(x_doc)->children; node != nullptr; node = node->next)
      if (node->type == XML_ELEMENT_NODE) x_globals[kind(node) + " " + get(node, "name")] = node;
  }
  ~SchemaShape() { xmlFreeDoc(x_doc); }

  static std::string kind(xmlNode* node) { return reinterpret_cast<const char*>(node->name); }
  const std::map<std::string, xmlNode*>& globals() const { return x_globals; }

  /// Visits all that an element declares, through groups and types.
  void visit(xmlNode* node, const std::function<void(xmlNode*)>& tell) const {
    tell(node);
    for (const auto& [attribute, what] : {std::pair{"ref", kind(node)}, {"base", std::string("complexType")}, {"type", std::string("complexType")}}) {
      const auto found = kind(node) == "element" && std::string(attribute) == "ref" ? x_globals.end() : x_globals.find(what + " " + get(node, attribute));
      if (found != x_globals.end()) visit(found->second, tell);
    }
    for (xmlNode* child = node->children; child != nullptr; child = child->next)
      if (child->type == XML_ELEMENT_NODE) visit(child, tell);
  }

 private:
  xmlDoc* x_doc;
  std::map<std::string, xmlNode*> x_globals;
};

TEST(SchemaShape, EveryElementIsGlobalAndNamedInTheVocabulary) {
  SchemaShape shape;
  std::set<std::string> declared, known;
  for (const auto& [name, node] : shape.globals())
    if (SchemaShape::kind(node) == "element") declared.insert(get(node, "name"));
  for (const std::string_view name : xml::vocabulary::tag_names) known.emplace(name);
  EXPECT_EQ(declared, known);
}

TEST(SchemaShape, AContentDependsOnItsLastChildAlone) {
  SchemaShape shape;
  for (const auto& [name, global] : shape.globals()) {
    if (SchemaShape::kind(global) != "element") continue;
    std::map<std::string, int> places;
    shape.visit(global, [&, outer = global](xmlNode* node) {
      const std::string kind = SchemaShape::kind(node);
      for (const char* wild : {"any", "all", "substitutionGroup", "alternative"}) EXPECT_NE(kind, wild) << name;
      EXPECT_EQ(get(node, "nillable") + get(node, "substitutionGroup") + get(node, "abstract"), "") << name;
      for (const char* bound : {"minOccurs", "maxOccurs"}) {
        const std::string value = get(node, bound);
        EXPECT_TRUE(value.empty() || value == "0" || value == "1" || value == "unbounded") << name;
      }
      if (kind == "element" && node != outer) {
        EXPECT_EQ(get(node, "name"), "") << "a local element in " << name;
        ++places[get(node, "ref")];
      }
    });
    for (const auto& [child, times] : places) {
      const bool head = name == "element section" && (child == "num" || child == "heading" || child == "mark");
      EXPECT_TRUE(times == 1 || head) << name << " " << child;
    }
    const std::string type = get(global, "type");
    EXPECT_TRUE(type.empty() || type == "xs:string" || shape.globals().contains("complexType " + type)) << name << ": any text is good in <" << type << ">";
  }
}

TEST(SchemaShape, ValuesOfOneFormAreAllGoodOrAllBad) {
  // For each kind of value the types in which its forms are homogeneous; "": any text.
  const std::map<Kind, std::set<std::string>> types{
      {Kind::word, {"", "word", "xs:token"}},         {Kind::id, {"xs:NCName", "xs:token"}},
      {Kind::share, {"share"}},                       {Kind::figures, {"xs:positiveInteger", "xs:nonNegativeInteger"}},
      {Kind::date, {"isoDate"}},                      {Kind::sha256, {"sha256"}},
      {Kind::role, {"word", "enumeration head"}},     {Kind::code, {"word", "pattern [A-Z][0-9]{3}"}},
      {Kind::version, {"xs:token", "xs:nonNegativeInteger"}}};
  SchemaShape shape;
  std::set<std::string> declared{"xml:lang"}, known;
  for (const std::string_view name : xml::vocabulary::attribute_names) known.emplace(name);
  for (const auto& [name, global] : shape.globals())
    if (SchemaShape::kind(global) == "element") shape.visit(global, [&](xmlNode* node) {
      if (SchemaShape::kind(node) != "attribute") return;
      const std::string attribute = get(node, "name");
      if (attribute == "src") return;  // never written: there is one source
      declared.insert(attribute);
      std::string type = get(node, "type");
      if (node->children != nullptr)
        for (const char* facet : {"enumeration", "pattern"})
          shape.visit(node, [&](xmlNode* part) {
            if (SchemaShape::kind(part) == facet) type += (type.empty() ? "" : ", ") + std::string(facet) + " " + get(part, "value");
          });
      for (std::size_t i = 0; i < xml::attribute_count; ++i) {
        const auto one = static_cast<Attribute>(i);
        const bool homogeneous = name_of(one) != attribute || kind_of(one) == Kind::exact || types.at(kind_of(one)).contains(type);
        EXPECT_TRUE(homogeneous) << attribute << " of " << name << " is '" << type << "'";
      }
    });
  EXPECT_EQ(declared, known);
}

// == the answers that are built in ==

xml::AskedVerdicts ask(std::string_view xsd) {
  const xml::NothingAllowed nothing;
  const auto schema = Schema::from_text(xsd, "report.xsd");
  return xml::ask_libxml(**schema, xsd);
}

/// What of the answers differs from those that are built in, in words.
std::string differences(const xml::AskedVerdicts& asked) {
  const xml::Verdicts& known = xml::verdicts_of_report();
  std::string out;
  if (asked.answers.first_content != known.first_content || !std::ranges::equal(asked.next_content, known.next_content)) out += "children ";
  if (!std::ranges::equal(asked.may_end, known.may_end)) out += "ends ";
  if (asked.answers.text != known.text) out += "text ";
  if (asked.answers.required != known.required) out += "required ";
  if (asked.answers.values != known.values || !std::ranges::equal(asked.exact, known.exact)) out += "values ";
  if (!std::ranges::equal(asked.words, known.words)) out += "words ";
  return out;
}

std::string changed(const std::string& what, const std::string& to) {
  std::string xsd(schema_xsd());
  const std::size_t at = xsd.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return xsd.replace(at, what.size(), to);
}

TEST(Verdicts, AreWhatLibxmlSaysOfTheSchemaThatIsBuiltIn) { EXPECT_EQ(differences(ask(schema_xsd())), ""); }

TEST(Verdicts, OfAnotherSchemaAreOthers) {
  EXPECT_EQ(differences(ask(changed("<xs:enumeration value=\"minutes\"/>", ""))), "values words ");
  EXPECT_EQ(differences(ask(changed("<xs:attribute name=\"verdict\" use=\"required\">", "<xs:attribute name=\"verdict\">"))), "required ");
  EXPECT_EQ(differences(ask(changed("<xs:element ref=\"r:review\"/>", "<xs:element minOccurs=\"0\" ref=\"r:review\"/>"))), "children ends ");
}

// == documents, as lists of what a walk tells ==

struct Told {
  enum class What { open, attribute, figure, text, close } what;
  int name = 0;
  std::string value;
};
using Telling = std::vector<Told>;

class Recorder final : public xml::Sink {
 public:
  Telling telling;
  void open(Tag tag) override { telling.push_back({Told::What::open, static_cast<int>(tag), ""}); }
  void attribute(Attribute a, std::string_view value) override { telling.push_back({Told::What::attribute, static_cast<int>(a), std::string(value)}); }
  void figure(Attribute a, std::string_view value) override { telling.push_back({Told::What::figure, static_cast<int>(a), std::string(value)}); }
  void position(const xml::Position& at) override {
    if (!at.rule.empty()) attribute(Attribute::rule, at.rule);
    if (at.confidence != 100) figure(Attribute::confidence, xml::Share(at.confidence));
  }
  void text(std::string_view text) override { telling.push_back({Told::What::text, 0, std::string(text)}); }
  void close() override { telling.push_back({Told::What::close, 0, ""}); }
};

void tell(const Telling& telling, xml::Sink& sink) {
  for (const Told& one : telling) switch (one.what) {
      case Told::What::open: sink.open(static_cast<Tag>(one.name)); break;
      case Told::What::attribute: sink.attribute(static_cast<Attribute>(one.name), one.value); break;
      case Told::What::figure: sink.figure(static_cast<Attribute>(one.name), one.value); break;
      case Told::What::text: sink.text(one.value); break;
      case Told::What::close: sink.close(); break;
    }
}

Telling told_of(const Report& report) {
  Recorder recorder;
  xml::walk(report, recorder);
  return recorder.telling;
}

bool sure_of(xml::Judge& judge, const Telling& telling) {
  judge.begin();
  tell(telling, judge);
  return judge.sure();
}

bool valid(Validator& validator, const Telling& telling) {
  return validator.validate_by_libxml([&](xml::Sink& sink) { tell(telling, sink); }).empty();
}

Report small_report() {
  Report report;
  report.grammar.id = "none";
  return report;
}

TEST(Judge, IsSureOfWhatIsValid) {
  xml::Judge judge;
  EXPECT_TRUE(sure_of(judge, told_of(test::every_element())));
  EXPECT_TRUE(sure_of(judge, told_of(small_report())));
  EXPECT_TRUE(sure_of(judge, told_of(test::every_element()))) << "and again";
}

TEST(Judge, KnowsEveryOrderOfASectionsHead) {
  Validator validator;
  const Telling frame = told_of(small_report());
  const auto body = std::find_if(frame.begin(), frame.end(), [](const Told& t) { return t.what == Told::What::open && t.name == static_cast<int>(Tag::body); });
  const std::vector<Tag> parts{Tag::num, Tag::heading, Tag::mark, Tag::p, Tag::section};
  int good = 0;
  for (int word = 0; word < 5 * 5 * 5 * 5 * 5; ++word) {
    Telling section{{Told::What::open, static_cast<int>(Tag::section), ""}, {Told::What::attribute, static_cast<int>(Attribute::id), "s"},
                    {Told::What::attribute, static_cast<int>(Attribute::type), "heading"}};
    for (int rest = word; rest > 0; rest /= 5) {
      section.push_back({Told::What::open, static_cast<int>(parts[static_cast<std::size_t>(rest % 5)]), ""});
      if (rest % 5 == 4) {
        section.push_back({Told::What::attribute, static_cast<int>(Attribute::id), "s" + std::to_string(rest)});
        section.push_back({Told::What::attribute, static_cast<int>(Attribute::type), "heading"});
      }
      section.push_back({Told::What::close, 0, ""});
    }
    section.push_back({Told::What::close, 0, ""});
    Telling telling = frame;
    telling.insert(telling.begin() + (body - frame.begin()) + 1, section.begin(), section.end());
    const bool expected = valid(validator, telling);
    ASSERT_EQ(sure_of(validator.judge(), telling), expected) << word;
    good += expected;
  }
  EXPECT_GT(good, 50);
}

/// From an `open` to behind its `close`.
std::size_t end_of(const Telling& telling, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < telling.size(); ++i) {
    depth += telling[i].what == Told::What::open;
    if (telling[i].what == Told::What::close && --depth == 0) return i + 1;
  }
  return telling.size();
}

class Spoiler {
 public:
  explicit Spoiler(unsigned seed) : x_random(seed) {}

  void spoil(Telling& telling) {
    const std::size_t at = pick(telling.size() - 2) + 1;
    Told& one = telling[at];
    if (one.what == Told::What::attribute || one.what == Told::What::figure) return spoil_attribute(telling, at);
    if (one.what == Told::What::open) return spoil_element(telling, at);
    if (one.what == Told::What::text) one.value = pick(2) ? "" : " \n";
    else telling.insert(telling.begin() + static_cast<std::ptrdiff_t>(at), {Told::What::text, 0, pick(2) ? "word" : "\t"});
  }

 private:
  std::size_t pick(std::size_t below) { return x_random() % below; }

  void spoil_attribute(Telling& telling, std::size_t at) {
    static const std::vector<std::string> values{"", " ", "x", "7", "0", "-1", "007", "0.5", "0.50", "1.00", "2021", "2021-02", "2021-02-30", "21-2-3", "head",
                                                 "state", "annex", "resolved", "true", "a b", "9a", "é", "\xC3", "X101", "x101", "p1", "s1", "1.0", "ok"};
    if (pick(3) == 0) telling.erase(telling.begin() + static_cast<std::ptrdiff_t>(at));
    else if (pick(6) == 0) telling[at].name = static_cast<int>(pick(xml::attribute_count));
    else telling[at].value = values[pick(values.size())];
  }

  void spoil_element(Telling& telling, std::size_t at) {
    const auto begin = telling.begin() + static_cast<std::ptrdiff_t>(at), end = telling.begin() + static_cast<std::ptrdiff_t>(end_of(telling, at));
    const Telling element(begin, end);
    switch (pick(4)) {
      case 0: telling.erase(begin, end); break;
      case 1: telling.insert(end, element.begin(), element.end()); break;
      case 2: telling[at].name = static_cast<int>(pick(xml::tag_count)); break;
      default: {  // to another place, perhaps into another element
        telling.erase(begin, end);
        std::size_t to = pick(telling.size() - 1) + 1;
        while (to < telling.size() - 1 && (telling[to].what == Told::What::attribute || telling[to].what == Told::What::figure)) ++to;
        telling.insert(telling.begin() + static_cast<std::ptrdiff_t>(to), element.begin(), element.end());
      }
    }
  }

  std::mt19937 x_random;
};

bool names_an_attribute_twice(const Telling& telling) {
  std::set<int> names;
  for (const Told& one : telling) {
    if (one.what == Told::What::open) names.clear();
    if ((one.what == Told::What::attribute || one.what == Told::What::figure) && !names.insert(one.name).second) return true;
  }
  return false;
}

TEST(Judge, IsNeverSureOfWhatLibxmlRejects) {
  const Telling whole = told_of(test::every_element()), small = told_of(small_report());
  Validator validator;
  Spoiler spoiler(7);
  int sure = 0, unsure_of_valid = 0, rejected = 0;
  for (int i = 0; i < 6000; ++i) {
    Telling telling = i % 10 == 0 ? small : whole;
    for (int spoilt = 0; spoilt <= i % 3; ++spoilt) spoiler.spoil(telling);
    if (names_an_attribute_twice(telling)) continue;  // no walk does, and no XML can
    const bool judged = sure_of(validator.judge(), telling), right = valid(validator, telling);
    ASSERT_TRUE(right || !judged) << "document " << i;
    sure += judged;
    unsure_of_valid += right && !judged;
    rejected += !right;
  }
  EXPECT_GT(rejected, 2000);
  EXPECT_GT(sure, 300);
  EXPECT_LT(unsure_of_valid * 4, sure) << "of what is valid the judge is mostly sure";
}

}  // namespace
}  // namespace rapporteur
