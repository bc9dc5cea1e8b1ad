// Stage readers: tolerant access to the members of pandoc's tree.

#include "readers/ast_walker.h"

namespace rapporteur::ast {

namespace {

/// An empty array that lives as long as the program, for trees of the wrong shape.
Value nothing_there() {
  static simdjson::dom::parser parser;
  static const Value empty = parser.parse(std::string_view("[]")).value();
  return empty;
}

}  // namespace

Array array_of(Value value) {
  Array found;
  if (value.get(found) == simdjson::SUCCESS) return found;
  return nothing_there().get_array().value();
}

Value at(Value value, std::size_t index) {
  for (const Value one : array_of(value))
    if (index-- == 0) return one;
  return nothing_there();
}

std::string_view text_of(Value value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? text : std::string_view();
}

long number_of(Value value, long otherwise) {
  std::int64_t number;
  return value.get(number) == simdjson::SUCCESS ? static_cast<long>(number) : otherwise;
}

std::string_view tag_of(Value value) {
  Value tag;
  return value.is_object() && value["t"].get(tag) == simdjson::SUCCESS ? text_of(tag) : std::string_view();
}

Value content_of(Value value) {
  Value content;
  return value.is_object() && value["c"].get(content) == simdjson::SUCCESS ? content : nothing_there();
}

std::string_view attribute(Value attributes, std::string_view key) {
  for (const Value pair : array_of(at(attributes, 2)))
    if (text_of(at(pair, 0)) == key) return text_of(at(pair, 1));
  return {};
}

bool has_class(Value attributes, std::string_view name) {
  for (const Value one : array_of(at(attributes, 1)))
    if (text_of(one) == name) return true;
  return false;
}

}  // namespace rapporteur::ast
