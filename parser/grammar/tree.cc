// Stage grammar: TOML to tree. The only file that includes toml++, which is slow to compile.

#include "grammar/tree.h"

#include <algorithm>
#include <tuple>

#include <toml++/toml.h>

namespace rapporteur {

namespace {

Place place_of(const toml::source_region& region) {
  return {static_cast<std::uint32_t>(region.begin.line), static_cast<std::uint32_t>(region.begin.column)};
}

Value convert(const toml::node& node);

void convert_table(const toml::table& table, Value& value) {
  value.kind = Value::Kind::table;
  for (const auto& [key, member] : table)
    value.members.push_back({std::string(key.str()), place_of(key.source()), convert(member)});
  // toml++ sorts members by key; authors think in the order of their file
  std::stable_sort(value.members.begin(), value.members.end(), [](const Member& a, const Member& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
}

Value convert(const toml::node& node) {
  Value value;
  value.place = place_of(node.source());
  if (const auto* text = node.as_string()) {
    value.kind = Value::Kind::string;
    value.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    value.kind = Value::Kind::integer;
    value.integer = integer->get();
  } else if (const auto* real = node.as_floating_point()) {
    value.kind = Value::Kind::real;
    value.real = real->get();
  } else if (const auto* boolean = node.as_boolean()) {
    value.kind = Value::Kind::boolean;
    value.boolean = boolean->get();
  } else if (const auto* array = node.as_array()) {
    value.kind = Value::Kind::array;
    for (const toml::node& item : *array) value.items.push_back(convert(item));
  } else if (const auto* table = node.as_table()) {
    convert_table(*table, value);
  }
  return value;
}

/// toml++ begins its sentences with "Error while parsing ..."; ours say what is wrong.
std::string plain_reason(std::string_view reason) {
  constexpr std::string_view prefix = "Error while parsing ";
  if (reason.substr(0, prefix.size()) == prefix) reason.remove_prefix(prefix.size());
  return "the file is not well-formed TOML: " + std::string(reason);
}

/// Steps over one escape of a basic string at `at` (which is a backslash); returns how many bytes of value it makes.
std::uint32_t step_over_escape(std::string_view text, std::size_t& at) {
  const char letter = at + 1 < text.size() ? text[at + 1] : '\0';
  if (letter == 'u' || letter == 'U') {
    const std::size_t digits = letter == 'u' ? 4 : 8;
    const unsigned long point = std::strtoul(std::string(text.substr(at + 2, digits)).c_str(), nullptr, 16);
    at += 2 + digits;
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  if (letter == '\n' || letter == '\r' || letter == ' ' || letter == '\t') {
    at = std::min(text.find_first_not_of(" \t\r\n", at + 1), text.size());
    return 0;
  }
  at += 2;
  return 1;
}

}  // namespace

const Value* Value::find(std::string_view key) const {
  for (const Member& member : members)
    if (member.key == key) return &member.value;
  return nullptr;
}

std::string_view kind_name(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::string: return "a string";
    case Value::Kind::integer: return "a whole number";
    case Value::Kind::real: return "a number";
    case Value::Kind::boolean: return "true or false";
    case Value::Kind::array: return "an array";
    case Value::Kind::table: return "a table";
    case Value::Kind::other: return "a date or time";
  }
  return "a value";
}

std::optional<Value> read_tree(const Source& source, Diagnostics& said) {
  try {
    return convert(toml::parse(source.text()));
  } catch (const toml::parse_error& error) {
    const std::uint32_t begin = offset_of(source, place_of(error.source()));
    said.push_back(said_of(source, {begin, begin + 1}, Severity::error, "G001", plain_reason(error.description()),
                           "patterns stand between single quotes, match = '...'; a key with letters other than a-z stands between double ones"));
    return std::nullopt;
  }
}

std::uint32_t offset_of(const Source& source, Place place) {
  if (place.line == 0) return 0;
  if (place.line > source.line_count()) return static_cast<std::uint32_t>(source.text().size());
  std::uint32_t at = source.line_begin(place.line);
  const std::string_view text = source.text();
  for (std::uint32_t column = 1; column < place.column && at < text.size() && text[at] != '\n'; ++column)
    for (++at; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; ++at) {}
  return at;
}

std::uint32_t offset_in_file(const Source& source, const Place& value_place, std::uint32_t offset) {
  const std::string_view text = source.text();
  std::size_t at = offset_of(source, value_place);
  if (at >= text.size() || (text[at] != '\'' && text[at] != '"')) return static_cast<std::uint32_t>(at);
  const char quote = text[at];
  const bool several_lines = text.substr(at, 3) == std::string(3, quote);
  at += several_lines ? 3 : 1;
  if (several_lines && text.substr(at, 2) == "\r\n") at += 2;
  else if (several_lines && text.substr(at, 1) == "\n") at += 1;
  for (std::uint32_t made = 0; made < offset && at < text.size();) {
    if (quote == '"' && text[at] == '\\') {
      made += step_over_escape(text, at);
      continue;
    }
    made += 1;
    at += 1;
  }
  return static_cast<std::uint32_t>(std::min(at, text.size()));
}

Diagnostic said_of(const Source& source, Span span, Severity severity, std::string code, std::string message,
                   std::string help) {
  const auto size = static_cast<std::uint32_t>(source.text().size());
  span.begin = std::min(span.begin, size);
  span.end = std::clamp(span.end, span.begin, size);
  Diagnostic d = diagnostic_at(source, span, severity, std::move(code), std::move(message), std::move(help));
  d.excerpt = std::string(source.line_text(d.place.line));
  const auto line_end = static_cast<std::uint32_t>(source.line_begin(d.place.line) + d.excerpt.size());
  d.caret_length = 0;
  for (std::uint32_t at = span.begin; at < std::min(span.end, line_end); ++at)
    if ((static_cast<unsigned char>(source.text()[at]) & 0xC0) != 0x80) ++d.caret_length;
  d.caret_length = std::max<std::uint32_t>(d.caret_length, 1);
  return d;
}

}  // namespace rapporteur
