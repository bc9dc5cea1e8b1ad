// Stage xml: the safe parser and the entity loader.
//
// libxml2 has one entity loader for the whole process. Ours steps in only in threads that are at work for this stage
// and leaves every other use of libxml2 in the program as it was.

#include "xml/parse.h"

#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>

#include <limits>
#include <mutex>
#include <string>

#include <fmt/format.h>

namespace rapporteur::xml {

namespace {

enum class Access : std::uint8_t { not_ours, nothing, local_files };
thread_local Access access_now = Access::not_ours;
xmlExternalEntityLoader loader_before = nullptr;

bool is_local(std::string_view url) {
  return url.find("://") == std::string_view::npos || url.substr(0, 7) == "file://";
}

xmlParserInputPtr load(const char* url, const char* id, xmlParserCtxtPtr parser) {
  if (access_now == Access::nothing) return nullptr;
  if (access_now == Access::local_files && (url == nullptr || !is_local(url))) return nullptr;
  return loader_before(url, id, parser);
}

std::string trimmed(const char* text) {
  std::string out = text == nullptr ? "" : text;
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  return out;
}

Reading& reading_of(void* context) { return *static_cast<Reading*>(static_cast<xmlParserCtxt*>(context)->_private); }

void refuse_dtd(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
  auto* parser = static_cast<xmlParserCtxt*>(context);
  reading_of(context).stop(
      parser, xml_error("X202", "the document has a DOCTYPE, which is never read: it can define entities that name other files or grow without end",
                        "take the DOCTYPE out; a report needs none", static_cast<std::uint32_t>(parser->input->line)));
}

/// libxml2's own handler, which builds the tree, behind the check of depth.
void start_in_tree(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int n_namespaces,
                   const xmlChar** namespaces, int count, int defaulted, const xmlChar** attributes) {
  auto* parser = static_cast<xmlParserCtxt*>(context);
  if (reading_of(context).depth_allowed(parser, static_cast<std::size_t>(parser->nodeNr)))
    xmlSAX2StartElementNs(context, name, prefix, uri, n_namespaces, namespaces, count, defaulted, attributes);
}

void not_well_formed(void* context, xmlErrorPtr error) {
  if (error->level < XML_ERR_ERROR) return;
  auto* parser = static_cast<xmlParserCtxt*>(context);
  const auto line = error->line > 0 ? static_cast<std::uint32_t>(error->line) : 0;
  reading_of(context).stop(parser, xml_error("X201", "this is not well-formed XML: " + trimmed(error->message),
                                             "the file was damaged or edited by hand: repair it at this line or write it anew", line));
}

}  // namespace

Diagnostic xml_error(std::string code, std::string message, std::string help, std::uint32_t line) {
  Diagnostic d;
  d.severity = Severity::error;
  d.code = std::move(code);
  d.message = std::move(message);
  d.help = std::move(help);
  d.place = {line, line == 0 ? 0u : 1u};
  return d;
}

void ParserDeleter::operator()(xmlParserCtxt* parser) const {
  if (parser->myDoc != nullptr) xmlFreeDoc(parser->myDoc);
  xmlFreeParserCtxt(parser);
}

void Reading::stop(xmlParserCtxt* parser, Diagnostic why) {
  if (stopped) return;
  stopped = true;
  errors.push_back(std::move(why));
  xmlStopParser(parser);
}

bool Reading::depth_allowed(xmlParserCtxt* parser, std::size_t depth) {
  if (depth < static_cast<std::size_t>(max_depth)) return true;
  stop(parser, xml_error("X203", fmt::format("elements stand within each other more than {} deep", max_depth),
                         "no report is like that: the file was damaged or made to do harm",
                         static_cast<std::uint32_t>(parser->input->line)));
  return false;
}

void prepare_libxml() {
  static std::once_flag once;
  std::call_once(once, [] {
    xmlInitParser();
    loader_before = xmlGetExternalEntityLoader();
    xmlSetExternalEntityLoader(load);
  });
}

LocalFilesAllowed::LocalFilesAllowed() {
  prepare_libxml();
  access_now = Access::local_files;
}
LocalFilesAllowed::~LocalFilesAllowed() { access_now = Access::not_ours; }
NothingAllowed::NothingAllowed() {
  prepare_libxml();
  access_now = Access::nothing;
}
NothingAllowed::~NothingAllowed() { access_now = Access::not_ours; }

ParserPtr safe_parser(std::string_view xml, Reading& reading) {
  prepare_libxml();
  if (xml.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
  ParserPtr parser(xml.empty() ? nullptr : xmlCreateMemoryParserCtxt(xml.data(), static_cast<int>(xml.size())));
  if (parser == nullptr) return nullptr;
  xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_BIG_LINES | XML_PARSE_NOCDATA);
  parser->_private = &reading;
  xmlSAXHandler& sax = *parser->sax;
  sax.startElementNs = start_in_tree;
  sax.comment = nullptr;
  sax.processingInstruction = nullptr;
  sax.internalSubset = refuse_dtd;
  sax.externalSubset = nullptr;
  sax.resolveEntity = nullptr;
  sax.error = nullptr;
  sax.fatalError = nullptr;
  sax.warning = nullptr;
  sax.serror = not_well_formed;
  return parser;
}

}  // namespace rapporteur::xml
