// Stage readers: pandoc's JSON syntax tree -> Document: checks of the tree as a whole.

#include "readers/pandoc_json.h"

#include <fmt/format.h>

#include "readers/ast_walker.h"

namespace rapporteur {

namespace {

using ast::Value;

constexpr std::size_t most_depth = 1000;

Diagnostic error(std::string code, std::string message, std::string help, const SourceInfo& info) {
  Diagnostic d;
  d.severity = Severity::error;
  d.code = std::move(code);
  d.message = std::move(message);
  d.help = std::move(help);
  d.file = info.name;
  return d;
}

Diagnostic parse_error(simdjson::error_code code, const SourceInfo& info) {
  if (code == simdjson::DEPTH_ERROR)
    return error("R204", fmt::format("the pandoc tree is nested deeper than {} levels", most_depth),
                 "such nesting is no report; look at the document in the program that made it", info);
  if (code == simdjson::CAPACITY || code == simdjson::MEMALLOC)
    return error("R207", "the pandoc tree is too large to be read", "split the document", info);
  return error("R201", fmt::format("this is not complete JSON: {}", simdjson::error_message(code)),
               "feed the whole output of `pandoc -t json`; a pandoc that failed leaves nothing, or half a tree", info);
}

/// The api-version as printed ("1.22.2.1"), or empty.
std::string version_text(Value version) {
  std::string text;
  for (const Value part : ast::array_of(version)) {
    if (!text.empty()) text += '.';
    text += std::to_string(ast::number_of(part, -1));
  }
  return text;
}

/// Pandoc itself compares only the first two numbers.
bool known_version(Value version) {
  const long major = ast::number_of(ast::at(version, 0), -1), minor = ast::number_of(ast::at(version, 1), -1);
  return major == 1 && (minor == 22 || minor == 23);
}

Diagnostics remarks(const ast::Walker& walker, const SourceInfo& info) {
  Diagnostics said;
  for (const std::string& tag : walker.unknown()) {
    Diagnostic d = error("R205", fmt::format("the pandoc tree has `{}`, which is not known here; its words were kept as text", tag),
                         "update rapporteur, or convert the document with a pandoc from 2.15 to 3.x", info);
    d.severity = Severity::warning;
    said.push_back(std::move(d));
  }
  if (walker.comments() > 0) {
    Diagnostic d = error("R206", fmt::format("{} left out", walker.comments() == 1 ? std::string("1 comment of a reviewer was") : fmt::format("{} comments of reviewers were", walker.comments())),
                         "comments are no part of the report; see them in the word processor", info);
    d.severity = Severity::info;
    said.push_back(std::move(d));
  }
  return said;
}

}  // namespace

bool is_tree_leaf(std::string_view tag) {
  return tag == "Para" || tag == "Plain" || tag == "Header" || tag == "LineBlock" || tag == "CodeBlock";
}

Result<Document> read_pandoc_json(std::string_view json, SourceInfo info, const AstOptions& options,
                                  std::vector<std::uint32_t>* leaf_of_line) {
  simdjson::dom::parser parser;
  if (const auto failed = parser.allocate(json.size() + 1, most_depth)) return parse_error(failed, info);
  Value root, version, block_list, meta;
  if (const auto failed = parser.parse(json).get(root)) return parse_error(failed, info);
  if (!root.is_object() || root["pandoc-api-version"].get(version) || root["blocks"].get(block_list) || !block_list.is_array())
    return error("R203", "this is JSON, but no pandoc document: `pandoc-api-version` or `blocks` is missing",
                 "make it with `pandoc -t json FILE`", info);
  if (!known_version(version))
    return error("R202", fmt::format("pandoc-api-version {} is not supported; 1.22 and 1.23 are", version_text(version)),
                 "use a pandoc from 2.15 to 3.x, whose trees carry 1.22 or 1.23", info);
  ast::Walker walker(options);
  walker.page_head();
  if (options.title_is_text && root["meta"].get(meta) == simdjson::SUCCESS) walker.title_block(meta);
  walker.blocks(block_list, {});
  walker.notes();
  Diagnostics said = remarks(walker, info);
  if (walker.writer().too_long()) return parse_error(simdjson::CAPACITY, info);
  if (leaf_of_line != nullptr) *leaf_of_line = walker.leaves();
  Document document = walker.writer().finish(std::move(info));
  document.diagnostics = std::move(said);
  return document;
}

}  // namespace rapporteur
