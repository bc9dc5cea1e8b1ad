// Stage readers: page headers and footers of DOCX files, which often are the only place of the organisation, the symbol
// and the date.

#include <algorithm>
#include <memory>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "readers/zip_guard.h"

namespace rapporteur {

namespace {

constexpr std::uint64_t most_header_bytes = 4 << 20;

struct FreeDoc {
  void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
};

bool is_header_part(std::string_view name) {
  return name.ends_with(".xml") && (name.starts_with("word/header") || name.starts_with("word/footer"));
}

std::string_view name_of(const xmlNode* node) { return node->name == nullptr ? "" : reinterpret_cast<const char*>(node->name); }

/// The words below `node`: runs of text, tabs and breaks as blanks, a line end after each paragraph. Fields' codes
/// (w:instrText) are no words.
void add_words(const xmlNode* node, std::string& words) {
  for (; node != nullptr; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    const std::string_view name = name_of(node);
    if (name == "t") {
      for (const xmlNode* child = node->children; child != nullptr; child = child->next)
        if (child->type == XML_TEXT_NODE) words += reinterpret_cast<const char*>(child->content);
    } else if (name == "tab" || name == "br" || name == "cr") {
      words += ' ';
    } else if (name != "AlternateContent" && name != "instrText" && name != "del") {
      add_words(node->children, words);
    }
    if (name == "p" && !words.empty() && words.back() != '\n') words += '\n';
  }
}

std::string words_of(const std::string& xml) {
  const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  const std::unique_ptr<xmlDoc, FreeDoc> doc(xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, options));
  std::string words;
  if (!doc || doc->intSubset != nullptr) return words;  // a document type has no business here
  add_words(xmlDocGetRootElement(doc.get()), words);
  while (!words.empty() && (words.back() == '\n' || words.back() == ' ')) words.pop_back();
  return words;
}

}  // namespace

std::vector<OutsideText> docx_headers(std::string_view bytes) {
  std::vector<OutsideText> headers;
  for (const OutsideText& part : read_parts(bytes, is_header_part, most_header_bytes)) {
    std::string words = words_of(part.text);
    const bool seen = std::any_of(headers.begin(), headers.end(), [&](const OutsideText& one) { return one.text == words; });
    if (!words.empty() && !seen) headers.push_back({part.where, std::move(words)});
  }
  return headers;
}

}  // namespace rapporteur
