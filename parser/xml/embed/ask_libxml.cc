// Build step of stage xml: the questions, each a small document that libxml2 validates.

#include "xml/embed/ask_libxml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlschemas.h>

#include <algorithm>
#include <set>

#include "xml/schema.h"

namespace rapporteur::xml {

namespace {

const xmlChar* chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }
std::size_t index(Tag tag) { return static_cast<std::size_t>(tag); }
std::size_t index(Attribute attribute) { return static_cast<std::size_t>(attribute); }

/// libxml2, with a new document for every question. What it says of the parts that lead up to the question does not count:
/// they stand there without the attributes and children that they need.
class Oracle {
 public:
  explicit Oracle(const Schema& schema) : x_context(xmlSchemaNewValidCtxt(schema.get())) {
    xmlSchemaSetValidStructuredErrors(x_context, [](void* self, xmlErrorPtr error) { static_cast<Oracle*>(self)->x_said.push_back(error->code); }, this);
  }
  ~Oracle() { xmlSchemaFreeValidCtxt(x_context); }
  Oracle(const Oracle&) = delete;
  Oracle& operator=(const Oracle&) = delete;

  void begin() { x_plug = xmlSchemaSAXPlug(x_context, &x_sax, &x_data); }
  void end() { xmlSchemaSAXUnplug(x_plug); }
  void open(Tag tag) {
    x_said.clear();
    x_sax->startElementNs(x_data, chars(name_of(tag).data()), nullptr, chars(report_namespace), 0, nullptr, 0, 0, nullptr);
  }
  void open(Tag tag, Attribute attribute, const std::string& value) {
    const bool of_xml = attribute == Attribute::lang;
    const xmlChar* pointers[] = {chars(name_of(attribute).data()) + (of_xml ? 4 : 0), of_xml ? chars("xml") : nullptr,
                                 of_xml ? XML_XML_NAMESPACE : nullptr, chars(value.data()), chars(value.data() + value.size())};
    x_said.clear();
    x_sax->startElementNs(x_data, chars(name_of(tag).data()), nullptr, chars(report_namespace), 0, nullptr, 1, 0, pointers);
  }
  void text(const char* text) {
    x_said.clear();
    x_sax->characters(x_data, chars(text), 1);
  }
  void close(Tag tag) { x_sax->endElementNs(x_data, chars(name_of(tag).data()), nullptr, chars(report_namespace)); }
  void forget() { x_said.clear(); }

  /// Whether anything was said, but for this one matter; how often that was.
  bool objects(int but = 0) const { return static_cast<std::size_t>(times(but)) != x_said.size(); }
  std::ptrdiff_t times(int code) const { return std::count(x_said.begin(), x_said.end(), code); }

 private:
  xmlSchemaValidCtxt* x_context;
  xmlSchemaSAXPlugPtr x_plug = nullptr;
  xmlSAXHandlerPtr x_sax = nullptr;
  void* x_data = nullptr;
  std::vector<int> x_said;
};

constexpr int lacks_attribute = XML_SCHEMAV_CVC_COMPLEX_TYPE_4;

/// Goes through all contents there are, beginning with the empty ones.
class Contents {
 public:
  Contents(Oracle& oracle, AskedVerdicts& asked) : x_oracle(oracle), x_asked(asked) {}

  void ask() {
    for (std::size_t i = 0; i < tag_count; ++i) x_asked.answers.first_content[i] = known(static_cast<Tag>(i), {}, 0);
    for (std::size_t at = 0; at < x_contents.size(); ++at) {
      Verdicts::Row row;
      for (std::size_t i = 0; i < tag_count; ++i) row[i] = after(x_contents[at], static_cast<Tag>(i));
      x_asked.next_content.push_back(row);
      x_asked.may_end.push_back(may_end(x_contents[at]));
    }
  }

 private:
  struct Content {
    Tag parent;
    std::vector<Tag> children;  ///< a content that comes this far
    std::uint8_t heads = 0;     ///< which of <num>, <heading> and <mark> it has: they may come in several orders
  };

  /// Its number; a new one where it differs from all others in what may follow.
  std::int16_t known(Tag parent, std::vector<Tag> children, std::uint8_t heads) {
    for (std::size_t i = 0; i < x_contents.size() && !children.empty(); ++i) {
      const Content& one = x_contents[i];
      if (one.parent == parent && one.heads == heads && !one.children.empty() && one.children.back() == children.back()) return static_cast<std::int16_t>(i);
    }
    x_contents.push_back({parent, std::move(children), heads});
    return static_cast<std::int16_t>(x_contents.size() - 1);
  }

  void show(const Content& content) {
    x_oracle.begin();
    x_oracle.open(content.parent);
    for (const Tag before : content.children) {
      x_oracle.open(before);
      x_oracle.close(before);
    }
  }

  std::int16_t after(Content content, Tag child) {
    show(content);
    x_oracle.open(child);
    const bool good = !x_oracle.objects(lacks_attribute);
    x_oracle.end();
    if (!good) return Verdicts::bad;
    const std::uint8_t head = child == Tag::num ? 1 : child == Tag::heading ? 2 : child == Tag::mark ? 4 : 0;
    content.children.push_back(child);
    return known(content.parent, std::move(content.children), content.heads | head);
  }

  bool may_end(const Content& content) {
    show(content);
    x_oracle.forget();
    x_oracle.close(content.parent);
    const bool good = !x_oracle.objects();
    x_oracle.end();
    return good;
  }

  Oracle& x_oracle;
  AskedVerdicts& x_asked;
  std::vector<Content> x_contents;
};

std::uint8_t ask_text(Oracle& oracle, Tag parent) {
  std::uint8_t good = 0;
  for (const bool visible : {false, true}) {
    oracle.begin();
    oracle.open(parent);
    oracle.text(visible ? "x" : " ");
    oracle.close(parent);
    if (!oracle.objects(XML_SCHEMAV_ELEMENT_CONTENT)) good |= visible ? 2 : 1;  // but that children are missing
    oracle.end();
  }
  return good;
}

/// Whether an attribute may have this value, and whether the element lacks one attribute less with it.
struct Value {
  bool good, required;
};
Value ask_value(Oracle& oracle, Tag element, Attribute attribute, const std::string& value) {
  oracle.begin();
  oracle.open(element);
  const auto lacked = oracle.times(lacks_attribute);
  oracle.end();
  oracle.begin();
  oracle.open(element, attribute, value);
  const Value answer{!oracle.objects(lacks_attribute), oracle.times(lacks_attribute) < lacked};
  oracle.end();
  return answer;
}

/// Every word of every enumeration of the schema.
void find_words(const xmlNode* node, std::set<std::string>& words) {
  for (; node != nullptr; node = node->next) {
    if (node->type == XML_ELEMENT_NODE && xmlStrcmp(node->name, chars("enumeration")) == 0)
      if (xmlChar* value = xmlGetNoNsProp(const_cast<xmlNode*>(node), chars("value"))) {
        words.emplace(reinterpret_cast<const char*>(value));
        xmlFree(value);
      }
    find_words(node->children, words);
  }
}

std::set<std::string> enumerated(std::string_view xsd) {
  std::set<std::string> words;
  if (xmlDoc* doc = xmlReadMemory(xsd.data(), static_cast<int>(xsd.size()), nullptr, nullptr, XML_PARSE_NONET)) {
    find_words(xmlDocGetRootElement(doc), words);
    xmlFreeDoc(doc);
  }
  return words;
}

class Attributes {
 public:
  Attributes(Oracle& oracle, AskedVerdicts& asked, std::set<std::string> words) : x_oracle(oracle), x_asked(asked), x_words(std::move(words)) {
    x_asked.exact.push_back({});
  }

  void ask(Tag element) {
    for (std::size_t i = 0; i < attribute_count; ++i) {
      const auto attribute = static_cast<Attribute>(i);
      x_asked.answers.values[index(element)][i] = kind_of(attribute) == Kind::exact ? good_words(element, attribute) : good_forms(element, attribute);
    }
  }

 private:
  bool good(Tag element, Attribute attribute, const std::string& value) {
    const Value answer = ask_value(x_oracle, element, attribute, value);
    if (answer.required) x_asked.answers.required[index(element)] |= std::uint64_t{1} << index(attribute);
    return answer.good;
  }

  std::uint16_t good_forms(Tag element, Attribute attribute) {
    std::uint16_t forms = 0;
    for (int i = 0; i < form_count; ++i) {
      const std::string sample = sample_of(kind_of(attribute), static_cast<ValueForm>(i));
      if (form_of(kind_of(attribute), sample) == static_cast<ValueForm>(i) && good(element, attribute, sample)) forms |= static_cast<std::uint16_t>(1u << i);
    }
    return forms;
  }

  std::uint16_t good_words(Tag element, Attribute attribute) {
    Verdicts::Exact list{static_cast<std::uint16_t>(x_asked.words.size()), 0};
    for (const std::string& word : x_words) {
      if (!good(element, attribute, word)) continue;
      x_asked.words.push_back(word);
      ++list.count;
    }
    if (list.count == 0) return 0;
    x_asked.exact.push_back(list);
    return static_cast<std::uint16_t>(x_asked.exact.size() - 1);
  }

  Oracle& x_oracle;
  AskedVerdicts& x_asked;
  std::set<std::string> x_words;
};

// == as C++ ==

template <typename Items>
std::string list(const Items& items) {
  std::string out = "{";
  for (const auto& item : items) out += std::to_string(item) + ",";
  return out += "}";
}

template <typename Rows>
std::string rows(const Rows& items) {
  std::string out;
  for (const auto& row : items) out += "    " + list(row) + ",\n";
  return out;
}

}  // namespace

AskedVerdicts ask_libxml(const Schema& schema, std::string_view xsd) {
  AskedVerdicts asked;
  Oracle oracle(schema);
  Contents(oracle, asked).ask();
  Attributes attributes(oracle, asked, enumerated(xsd));
  for (std::size_t i = 0; i < tag_count; ++i) {
    asked.answers.text[i] = ask_text(oracle, static_cast<Tag>(i));
    attributes.ask(static_cast<Tag>(i));
  }
  return asked;
}

std::string as_source(const AskedVerdicts& asked) {
  std::string exact, words;
  for (const Verdicts::Exact& one : asked.exact) exact += "{" + std::to_string(one.first) + "," + std::to_string(one.count) + "},";
  for (const std::string& word : asked.words) words += "\"" + word + "\",";
  return "// Written by embed_verdicts: what libxml2 says, by schema/report.xsd.\n\n#include \"xml/verdicts.h\"\n\n"
         "namespace rapporteur::xml {\n\nnamespace {\n\nusing Exact = Verdicts::Exact;\n\nconstexpr Verdicts::Row next_content[] = {\n" +
         rows(asked.next_content) + "};\nconstexpr std::uint8_t may_end[] = " + list(asked.may_end) + ";\nconstexpr Exact exact[] = {" + exact +
         "};\nconstexpr std::string_view words[] = {" + words + "};\n\nconstexpr Verdicts verdicts{\n    " + list(asked.answers.first_content) +
         ",\n    next_content,\n    may_end,\n    " + list(asked.answers.text) + ",\n    " + list(asked.answers.required) + ",\n    {{\n" +
         rows(asked.answers.values) + "    }},\n    exact,\n    words,\n};\n\n}  // namespace\n\n" +
         "const Verdicts& verdicts_of_report() { return verdicts; }\n\n}  // namespace rapporteur::xml\n";
}

}  // namespace rapporteur::xml
