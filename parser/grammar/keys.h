// Stage grammar: reading keys of a grammar file: kinds, allowed words, and the messages when they are wrong.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/tree.h"
#include "grammar/vocabulary.h"

namespace rapporteur {

/// Collects what there is to say about one file.
class KeyReader {
 public:
  KeyReader(const Source& source, Diagnostics& said) : x_source(source), x_said(said) {}

  const Source& source() const { return x_source; }
  Diagnostics& said() { return x_said; }

  /// Adds a diagnostic about the word that begins at `place`.
  void say(Severity severity, std::string code, Place place, std::string message, std::string help);
  void error(std::string code, Place place, std::string message, std::string help);
  /// As above, about bytes of the value of a string.
  void error_inside(std::string code, Place value_place, std::uint32_t begin, std::uint32_t end, std::string message,
                    std::string help);

  /// Tells every key of `table` that is not among `allowed` (G101).
  void only(const Value& table, std::string_view where, const std::vector<std::string>& allowed);
  /// The value of a key if it is of that kind; tells a wrong kind (G103).
  const Value* get(const Value& table, std::string_view key, Value::Kind kind);
  /// As `get`, and tells where the key is missing (G104).
  const Value* need(const Value& table, std::string_view where, std::string_view key, Value::Kind kind);
  std::string text(const Value& table, std::string_view key);
  bool flag(const Value& table, std::string_view key);
  std::optional<std::int64_t> whole(const Value& table, std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<double> share(const Value& table, std::string_view key);
  /// The strings of a value that may be one string or an array of strings.
  std::vector<const Value*> strings(const Value& table, std::string_view key);
  /// The value of a word; tells an unknown one (G102).
  std::optional<std::uint8_t> word(const Value& value, std::string_view key, const Words& words);
  /// The words of a key together, as bits.
  std::uint8_t bits(const Value& table, std::string_view key, const Words& words);

 private:
  const Source& x_source;
  Diagnostics& x_said;
};

/// "did you mean X?" or "one of: a, b, c".
std::string words_help(std::string_view word, const std::vector<std::string>& known);

}  // namespace rapporteur
