// Stage grammar: checking a grammar for its author, and the starter file.

#include "grammar/author.h"

#include <fmt/format.h>

#include "grammar/grammar_impl.h"
#include "grammar/loader.h"

namespace rapporteur {

GrammarCheck check_grammar_text(const std::string& file_name, const std::string& toml, const GrammarPath& path) {
  Loader loader(path);
  GrammarCheck check;
  std::pair<std::size_t, std::size_t> samples;
  Result<CompiledFilePtr> file = loader.from_text(file_name, toml, Thoroughness::lint, &samples);
  check.loads = static_cast<bool>(file);
  check.said = file.said();
  check.samples_held = samples.first;
  check.samples = samples.second;
  if (!file) return check;
  check.id = (*file)->id;
  check.rules = (*file)->rules.size();
  return check;
}

GrammarCheck check_grammar(const std::string& file, const GrammarPath& path) {
  Result<std::string> text = read_whole(file);
  if (text) return check_grammar_text(file, *text, path);
  GrammarCheck check;
  check.said = text.said();
  return check;
}

std::string grammar_template(std::string_view id, std::string_view organization_name) {
  constexpr std::string_view text = R"~(# Grammar of the reports of @NAME@.
#
# A line that begins with # is a comment. Patterns stand between single quotes; a blank in a pattern stands for nothing:
# write \s for a blank of the report. Check after every change: rapporteur grammar check THIS-FILE

[grammar]
id      = "@ID@"
version = 1
title   = "Report of @NAME@"
extends = ["common.numbered-report"]    # numbered paragraphs, annexes, dates: see what they find before adding rules

# How a document shows that this grammar suits it. Looked for in its first 8,192 bytes.
[[select]]
match  = '\b @PATTERN@ \b'
fold   = true                           # capitals or not
weight = 0.6
reason = "names @NAME@"

# A heading that opens an agenda item. Change the pattern and the sample to what your reports print.
[[block]]
name   = "agenda-item"
zone   = "body"
match  = 'AGENDA \s+ ITEM \s+ (?<number>\d{1,2}) \s* [:.] \s* (?<title>.+)'
emit   = "section"
type   = "agendaItem"
counts = "number"
sample = [{ text = "AGENDA ITEM 1: OPENING OF THE MEETING", number = "1", title = "OPENING OF THE MEETING" }]
counter = ["AGENDA ITEMS"]
)~";
  const auto quoted = [](std::string_view from, bool pattern) {
    std::string out;
    for (const char c : from) {
      const bool control = static_cast<unsigned char>(c) < 0x20 || c == '\x7F';
      const bool plain = static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (control || c == '"' || c == '\'' || c == '\\' || (pattern && c == ' ')) out += pattern ? "\\s+" : " ";
      else if (pattern && !plain) (out += '\\') += c;
      else out += c;
    }
    return out;
  };
  std::string out(text);
  const auto fill = [&out](std::string_view mark, const std::string& value) {
    for (std::size_t at = 0; (at = out.find(mark, at)) != std::string::npos; at += value.size()) out.replace(at, mark.size(), value);
  };
  fill("@ID@", std::string(id));
  fill("@PATTERN@", quoted(organization_name, true));
  fill("@NAME@", quoted(organization_name, false));
  return out;
}

Result<GrammarPtr> load_grammar_text(const std::string& file_name, const std::string& toml, const GrammarLibrary* library) {
  Loader loader(library == nullptr ? GrammarPath{} : library->path());
  Result<CompiledFilePtr> file = loader.from_text(file_name, toml, Thoroughness::lint);
  if (!file) return file.said();
  return {make_grammar(*file), file.said()};
}

}  // namespace rapporteur
