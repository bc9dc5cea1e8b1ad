// Stage grammar: a TOML file as a plain tree with the place of every key and value.
//
// The rest of the stage works on this tree, so that the TOML library is compiled once (tree.cc) and could be replaced.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/diagnostic.h"
#include "rapporteur/source.h"

namespace rapporteur {

struct Member;

/// One TOML value. Only the field that `kind` names is filled.
struct Value {
  enum class Kind : std::uint8_t { string, integer, real, boolean, array, table, other };
  Kind kind = Kind::other;
  std::string text;
  std::int64_t integer = 0;
  double real = 0;
  bool boolean = false;
  std::vector<Value> items;
  std::vector<Member> members;  ///< in the order of the file
  Place place{0, 0};            ///< where it begins in the file; columns count code points

  const Value* find(std::string_view key) const;
};

struct Member {
  std::string key;
  Place place;
  Value value;
};

/// What a kind of value is called in messages: "a string", "a table" ...
std::string_view kind_name(Value::Kind kind);

/// Reads TOML. Nothing where it is not well-formed; then `said` has the reason (G001), with place and excerpt.
std::optional<Value> read_tree(const Source& source, Diagnostics& said);

/// Offset in the file's text of byte `offset` of a string value: the one place that knows how TOML writes strings
/// (literal or with escapes, on one line or several) and that joins columns in code points to offsets in bytes.
std::uint32_t offset_in_file(const Source& source, const Place& value_place, std::uint32_t offset);

/// Byte offset in the file of a place.
std::uint32_t offset_of(const Source& source, Place place);

/// An error or warning with the line it is about: `span` in bytes of the file.
Diagnostic said_of(const Source& source, Span span, Severity severity, std::string code, std::string message,
                   std::string help);

}  // namespace rapporteur
