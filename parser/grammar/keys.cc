// Stage grammar: reading keys, and the messages when they are wrong.

#include "grammar/keys.h"

#include <algorithm>

#include <fmt/format.h>

namespace rapporteur {

namespace {

/// End of the word, string or header that begins here, for the underline.
std::uint32_t word_end(std::string_view text, std::uint32_t begin) {
  if (begin >= text.size()) return begin;
  const char first = text[begin];
  std::size_t end = begin + 1;
  if (first == '\'' || first == '"') {
    while (end < text.size() && text[end] != first && text[end] != '\n') ++end;
    return static_cast<std::uint32_t>(std::min(end + 1, text.size()));
  }
  if (first == '[') return static_cast<std::uint32_t>(std::min(text.find('\n', begin), text.size()));
  while (end < text.size() && std::string_view(" \t\r\n=,]}#").find(text[end]) == std::string_view::npos) ++end;
  return static_cast<std::uint32_t>(end);
}

}  // namespace

std::string words_help(std::string_view word, const std::vector<std::string>& known) {
  const std::string near = nearest(word, known);
  const std::string all = fmt::format("{}", fmt::join(known, ", "));
  return near.empty() ? "one of: " + all : fmt::format("did you mean \"{}\"? One of: {}", near, all);
}

void KeyReader::say(Severity severity, std::string code, Place place, std::string message, std::string help) {
  const std::uint32_t begin = offset_of(x_source, place);
  x_said.push_back(said_of(x_source, {begin, word_end(x_source.text(), begin)}, severity, std::move(code),
                           std::move(message), std::move(help)));
}

void KeyReader::error(std::string code, Place place, std::string message, std::string help) {
  say(Severity::error, std::move(code), place, std::move(message), std::move(help));
}

void KeyReader::error_inside(std::string code, Place value_place, std::uint32_t begin, std::uint32_t end,
                             std::string message, std::string help) {
  const Span span{offset_in_file(x_source, value_place, begin), offset_in_file(x_source, value_place, end)};
  x_said.push_back(said_of(x_source, span, Severity::error, std::move(code), std::move(message), std::move(help)));
}

void KeyReader::only(const Value& table, std::string_view where, const std::vector<std::string>& allowed) {
  for (const Member& member : table.members)
    if (std::find(allowed.begin(), allowed.end(), member.key) == allowed.end())
      error("G101", member.place, fmt::format("{} has no key \"{}\"", where, member.key), words_help(member.key, allowed));
}

const Value* KeyReader::get(const Value& table, std::string_view key, Value::Kind kind) {
  const Value* value = table.find(key);
  if (value == nullptr) return nullptr;
  if (value->kind == kind || (kind == Value::Kind::real && value->kind == Value::Kind::integer)) return value;
  error("G103", value->place, fmt::format("\"{}\" must be {}, not {}", key, kind_name(kind), kind_name(value->kind)), "");
  return nullptr;
}

const Value* KeyReader::need(const Value& table, std::string_view where, std::string_view key, Value::Kind kind) {
  if (table.find(key) == nullptr)
    error("G104", table.place, fmt::format("{} needs the key \"{}\"", where, key), fmt::format("add a line: {} = ...", key));
  return get(table, key, kind);
}

std::string KeyReader::text(const Value& table, std::string_view key) {
  const Value* value = get(table, key, Value::Kind::string);
  return value == nullptr ? "" : value->text;
}

bool KeyReader::flag(const Value& table, std::string_view key) {
  const Value* value = get(table, key, Value::Kind::boolean);
  return value != nullptr && value->boolean;
}

std::optional<std::int64_t> KeyReader::whole(const Value& table, std::string_view key, std::int64_t least,
                                             std::int64_t most) {
  const Value* value = get(table, key, Value::Kind::integer);
  if (value == nullptr) return std::nullopt;
  if (value->integer >= least && value->integer <= most) return value->integer;
  error("G108", value->place, fmt::format("\"{}\" is {}", key, value->integer),
        fmt::format("a whole number from {} to {}", least, most));
  return std::nullopt;
}

std::optional<double> KeyReader::share(const Value& table, std::string_view key) {
  const Value* value = get(table, key, Value::Kind::real);
  if (value == nullptr) return std::nullopt;
  const double number = value->kind == Value::Kind::integer ? static_cast<double>(value->integer) : value->real;
  if (number >= 0 && number <= 1) return number;
  error("G108", value->place, fmt::format("\"{}\" is {}", key, number), "a number from 0 to 1");
  return std::nullopt;
}

std::vector<const Value*> KeyReader::strings(const Value& table, std::string_view key) {
  const Value* value = table.find(key);
  if (value == nullptr) return {};
  if (value->kind == Value::Kind::string) return {value};
  std::vector<const Value*> out;
  if (get(table, key, Value::Kind::array) == nullptr) return out;
  for (const Value& item : value->items) {
    if (item.kind == Value::Kind::string) out.push_back(&item);
    else error("G103", item.place, fmt::format("\"{}\" must hold strings, not {}", key, kind_name(item.kind)), "");
  }
  return out;
}

std::optional<std::uint8_t> KeyReader::word(const Value& value, std::string_view key, const Words& words) {
  for (const auto& [name, number] : words)
    if (name == value.text) return number;
  error("G102", value.place, fmt::format("\"{}\" is no value of \"{}\"", value.text, key),
        words_help(value.text, only_words(words)));
  return std::nullopt;
}

std::uint8_t KeyReader::bits(const Value& table, std::string_view key, const Words& words) {
  std::uint8_t out = 0;
  for (const Value* value : strings(table, key)) out = static_cast<std::uint8_t>(out | word(*value, key, words).value_or(0));
  return out;
}

}  // namespace rapporteur
