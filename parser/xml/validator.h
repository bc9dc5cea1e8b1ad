// Stage xml: is a document what the schema says? Said in an archivist's words.
//
// The published XSD validates, in libxml2, in two ways: the events that a report is written as (fast, nothing is read
// again), or the bytes of any file. Neither ever opens a file or the network, resolves an entity, or accepts a DTD.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "rapporteur/report.h"
#include "rapporteur/result.h"
#include "xml/schema.h"

namespace rapporteur {

namespace xml {
class Judge;
class Sink;
}  // namespace xml

/// Validates one document after another. One for each thread; it keeps its buffers.
///
/// No diagnostics: the document is valid. At most 100 are given; a last one says where there are more. Codes: X1xx the
/// document is not as the schema wants it, X2xx it could not be read as XML.
class Validator {
 public:
  /// By the published schema, which is compiled when libxml2 is first asked.
  Validator();
  /// The schema must live as long as the validator.
  explicit Validator(const Schema& schema);
  ~Validator();
  Validator(Validator&&) noexcept;

  /// Places are lines of the XML; the message names the line of the source where the document knows it.
  Diagnostics validate_bytes(std::string_view xml);
  /// What `write_xml` would write. Places are lines of the source.
  Diagnostics validate_events(const Report& report);
  /// The same, all of it by libxml2, whatever it has said of others.
  Diagnostics validate_by_libxml(const Report& report);
  /// The same of any document: `tell` tells its events.
  Diagnostics validate_by_libxml(const std::function<void(xml::Sink&)>& tell, const std::string& name_of_source = {});
  /// Knows what libxml2 says by the published schema.
  xml::Judge& judge();

 private:
  struct State;
  std::unique_ptr<State> x_state;
};

/// Reads a file and validates it against a schema file (any XSD). Errors besides the validator's: X204, X205.
Diagnostics validate_file_with_schema(const std::string& xml_path, const std::string& xsd_path);

}  // namespace rapporteur
