// Stage xml: W3C XML Schemas, compiled by libxml2.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "rapporteur/result.h"

struct _xmlSchema;

namespace rapporteur {

/// A compiled W3C XML Schema. Immutable; any number of threads may validate against one.
class Schema {
 public:
  /// The published schema, compiled on first use (about 1.5 ms). What it says of ids and targets the Validator looks at
  /// itself.
  static const Schema& report();
  /// A schema that stands alone in `text`; nothing that it imports is opened. Errors: X204.
  static Result<std::shared_ptr<const Schema>> from_text(std::string_view text, const std::string& name);
  /// A schema in a file. What it imports is opened where it is a local file; the network never is. Errors: X204, X205.
  static Result<std::shared_ptr<const Schema>> from_file(const std::string& path);

  /// `identity_is_ours`: ids and targets are looked at by the Validator and not by the schema, which takes twice as long.
  explicit Schema(_xmlSchema* schema, bool identity_is_ours = false) : x_schema(schema), x_identity(identity_is_ours) {}
  ~Schema();
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;
  _xmlSchema* get() const { return x_schema; }
  bool identity_is_ours() const { return x_identity; }

 private:
  _xmlSchema* x_schema;
  bool x_identity;
};

}  // namespace rapporteur
