// Stage readers: page headers and footers of DOCX files, which often are the only place of the organisation, the symbol
// and the date.
//
// The header that stands on the first page is what a reader sees first: it is handed over as lines, as if it stood above
// the text. All other headers and footers are furniture; so is a line that counts pages.

#include <algorithm>
#include <memory>

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlreader.h>

#include "readers/zip_guard.h"

namespace rapporteur {

namespace {

constexpr std::uint64_t most_header_bytes = 4 << 20;
constexpr std::uint64_t most_document_bytes = 64 << 20;
constexpr int xml_options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
constexpr std::string_view document_part = "word/document.xml", relations_part = "word/_rels/document.xml.rels";

struct FreeDoc {
  void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
  void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};
using Doc = std::unique_ptr<xmlDoc, FreeDoc>;

bool is_wanted(std::string_view name) {
  const bool header = name.ends_with(".xml") && (name.starts_with("word/header") || name.starts_with("word/footer"));
  return header || name == document_part || name == relations_part;
}

std::string_view name_of(const xmlNode* node) { return node->name == nullptr ? "" : reinterpret_cast<const char*>(node->name); }

std::string text_of(xmlChar* owned) {
  std::string text = owned == nullptr ? "" : reinterpret_cast<const char*>(owned);
  xmlFree(owned);
  return text;
}

/// A paragraph of a header, or what stands between two tabs of one: left, middle and right.
struct HeaderLine {
  std::string words;
  bool counts_pages = false;
};

/// Collects the words below a node: runs of text, breaks as blanks, a line for each paragraph and part of one. Codes of
/// fields (w:instrText) are no words, but tell a page number.
class HeaderWords {
 public:
  void add(const xmlNode* node) {
    for (; node != nullptr; node = node->next) {
      if (node->type == XML_ELEMENT_NODE) element(node);
    }
  }
  std::vector<HeaderLine> lines() {
    end_line();
    return std::move(x_lines);
  }

 private:
  void element(const xmlNode* node) {
    const std::string_view name = name_of(node);
    if (name == "t") {
      for (const xmlNode* child = node->children; child != nullptr; child = child->next)
        if (child->type == XML_TEXT_NODE) x_line.words += reinterpret_cast<const char*>(child->content);
    } else if (name == "br" || name == "cr") {
      x_line.words += ' ';
    } else if (name == "tab" && name_of(node->parent) == "r") {
      end_line();
    } else if (name == "instrText" || name == "fldSimple") {
      field(node);
      if (name == "fldSimple") add(node->children);
    } else if (name != "AlternateContent" && name != "del") {
      add(node->children);
    }
    if (name == "p") end_line();
  }

  void field(const xmlNode* node) {
    xmlNode* of = const_cast<xmlNode*>(node);
    const xmlChar* code = reinterpret_cast<const xmlChar*>("instr");
    const std::string words = text_of(name_of(node) == "fldSimple" ? xmlGetProp(of, code) : xmlNodeGetContent(of));
    x_line.counts_pages = x_line.counts_pages || words.find("PAGE") != std::string::npos;
  }

  void end_line() {
    std::string& words = x_line.words;
    while (!words.empty() && words.back() == ' ') words.pop_back();
    words.erase(0, std::min(words.find_first_not_of(' '), words.size()));
    if (!words.empty()) x_lines.push_back(std::move(x_line));
    x_line = {};
  }

  HeaderLine x_line;
  std::vector<HeaderLine> x_lines;
};

std::vector<HeaderLine> lines_of(const std::string& xml) {
  const Doc doc(xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, xml_options));
  if (!doc || doc->intSubset != nullptr) return {};  // a document type has no business here
  HeaderWords words;
  words.add(xmlDocGetRootElement(doc.get()));
  return words.lines();
}

std::string attribute(xmlTextReader* reader, const char* name) {
  return text_of(xmlTextReaderGetAttribute(reader, reinterpret_cast<const xmlChar*>(name)));
}

/// The relation that the first page's header goes by: the header of its own that a section's first page may have, else
/// the usual one. Sections tell of themselves behind their text; the first is what counts.
std::string relation_of_first_header(const std::string& document) {
  const std::unique_ptr<xmlTextReader, FreeDoc> reader(
      xmlReaderForMemory(document.data(), static_cast<int>(document.size()), nullptr, nullptr, xml_options));
  std::string usual, first;
  bool own_first = false, in_section = false;
  while (reader && xmlTextReaderRead(reader.get()) == 1) {
    const xmlChar* local = xmlTextReaderConstLocalName(reader.get());
    const std::string_view name = local == nullptr ? "" : reinterpret_cast<const char*>(local);
    const bool end = xmlTextReaderNodeType(reader.get()) == XML_READER_TYPE_END_ELEMENT;
    if (name == "sectPr" && end) break;
    in_section = in_section || name == "sectPr";
    if (!in_section || end) continue;
    own_first = own_first || name == "titlePg";
    if (name != "headerReference") continue;
    const std::string type = attribute(reader.get(), "w:type");
    if (type == "first") first = attribute(reader.get(), "r:id");
    if (type == "default") usual = attribute(reader.get(), "r:id");
  }
  return own_first ? first : usual;
}

/// The part that a relation leads to, "word/header1.xml"; empty where it leads nowhere.
std::string part_of(const std::string& relations, const std::string& id) {
  const std::unique_ptr<xmlTextReader, FreeDoc> reader(
      xmlReaderForMemory(relations.data(), static_cast<int>(relations.size()), nullptr, nullptr, xml_options));
  while (!id.empty() && reader && xmlTextReaderRead(reader.get()) == 1) {
    if (attribute(reader.get(), "Id") != id) continue;
    const std::string target = attribute(reader.get(), "Target");
    return target.starts_with("/") ? target.substr(1) : "word/" + target;
  }
  return {};
}

void append_line(std::string& text, const std::string& line) {
  if (!text.empty()) text += '\n';
  text += line;
}

}  // namespace

DocxHeaders docx_headers(std::string_view bytes) {
  std::string first_part, relations, document;
  std::vector<OutsideText> parts = read_parts(bytes, is_wanted, most_document_bytes);
  std::erase_if(parts, [&](OutsideText& part) {
    if (part.where == document_part) return document = std::move(part.text), true;
    if (part.where == relations_part) return relations = std::move(part.text), true;
    return part.text.size() > most_header_bytes;
  });
  if (!parts.empty()) first_part = part_of(relations, relation_of_first_header(document));
  DocxHeaders headers;
  for (const OutsideText& part : parts) {
    std::string words;
    for (HeaderLine& line : lines_of(part.text)) {
      if (part.where == first_part && !line.counts_pages) headers.first_page.push_back(std::move(line.words));
      else append_line(words, line.words);
    }
    const bool seen = std::any_of(headers.others.begin(), headers.others.end(), [&](const OutsideText& one) { return one.text == words; });
    if (!words.empty() && !seen) headers.others.push_back({part.where, std::move(words)});
  }
  return headers;
}

}  // namespace rapporteur
