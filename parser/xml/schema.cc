// Stage xml: compiling schemas by libxml2.

#include "xml/schema.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <fstream>

#include "xml/parse.h"
#include "xml/schema_text.h"

namespace rapporteur {

namespace {

using xml::xml_error;

constexpr std::size_t most_messages = 100;

struct SchemaParserDeleter {
  void operator()(xmlSchemaParserCtxt* parser) const { xmlSchemaFreeParserCtxt(parser); }
};
using SchemaParserPtr = std::unique_ptr<xmlSchemaParserCtxt, SchemaParserDeleter>;

/// Collects what is wrong with a schema while it is compiled.
struct Complaints {
  std::string file;
  Diagnostics errors;
  static void take(void* self, xmlErrorPtr error) {
    auto& complaints = *static_cast<Complaints*>(self);
    if (complaints.errors.size() >= most_messages) return;
    std::string message = error->message == nullptr ? "" : error->message;
    while (!message.empty() && message.back() == '\n') message.pop_back();
    Diagnostic d = xml_error("X204", "this schema cannot be used: " + message,
                             "schemas are read from local files only: save what it imports beside it",
                             error->line > 0 ? static_cast<std::uint32_t>(error->line) : 0);
    d.severity = error->level >= XML_ERR_ERROR ? Severity::error : Severity::warning;
    d.file = error->file != nullptr ? error->file : complaints.file;
    complaints.errors.push_back(std::move(d));
  }
};

/// While it lives, errors of libxml2 in this thread that have no other receiver come here and not to standard error.
class StructuredErrors {
 public:
  StructuredErrors(xmlStructuredErrorFunc receiver, void* self) : x_context(xmlStructuredErrorContext), x_receiver(xmlStructuredError) {
    xmlSetStructuredErrorFunc(self, receiver);
  }
  ~StructuredErrors() { xmlSetStructuredErrorFunc(x_context, x_receiver); }

 private:
  void* x_context;
  xmlStructuredErrorFunc x_receiver;
};

Result<std::shared_ptr<const Schema>> compile(SchemaParserPtr parser, const std::string& name, bool identity_is_ours = false) {
  Complaints complaints{name, {}};
  if (parser != nullptr) {
    const StructuredErrors all_errors(Complaints::take, &complaints);
    xmlSchemaSetParserStructuredErrors(parser.get(), Complaints::take, &complaints);
    if (xmlSchema* schema = xmlSchemaParse(parser.get())) return {std::make_shared<const Schema>(schema, identity_is_ours), complaints.errors};
  }
  if (complaints.errors.empty()) complaints.errors.push_back(xml_error("X204", "this schema cannot be used", {}, 0));
  return complaints.errors;
}

/// libxml2 compares each id with all before it; the Validator's own table does the same in the time of a look-up.
std::string without_identity_constraints(std::string_view xsd) {
  constexpr std::string_view last = "</xs:key>";
  const std::size_t begin = xsd.find("<xs:unique"), end = xsd.find(last);
  if (begin == std::string_view::npos || end == std::string_view::npos) return std::string(xsd);
  return std::string(xsd.substr(0, begin)).append(xsd.substr(end + last.size()));
}

}  // namespace

Schema::~Schema() { xmlSchemaFree(x_schema); }

Result<std::shared_ptr<const Schema>> Schema::from_text(std::string_view text, const std::string& name) {
  const xml::NothingAllowed nothing;
  return compile(SchemaParserPtr(xmlSchemaNewMemParserCtxt(text.data(), static_cast<int>(text.size()))), name);
}

Result<std::shared_ptr<const Schema>> Schema::from_file(const std::string& path) {
  if (!std::ifstream(path)) {
    Diagnostic d = xml_error("X205", "the schema cannot be read", "check the path", 0);
    d.file = path;
    return d;
  }
  const xml::LocalFilesAllowed files;
  return compile(SchemaParserPtr(xmlSchemaNewParserCtxt(path.c_str())), path);
}

const Schema& Schema::report() {
  static const std::shared_ptr<const Schema> schema = [] {
    const xml::NothingAllowed nothing;
    const std::string text = without_identity_constraints(schema_xsd());
    return *compile(SchemaParserPtr(xmlSchemaNewMemParserCtxt(text.data(), static_cast<int>(text.size()))), "report.xsd", true);
  }();
  return *schema;
}

}  // namespace rapporteur
