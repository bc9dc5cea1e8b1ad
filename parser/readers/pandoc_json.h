// Stage readers: pandoc's JSON syntax tree -> Document. The door for every format that pandoc reads, and for pipelines
// that call pandoc themselves (`pandoc -t json FILE | rapporteur -f pandoc-json`).
//
// Printed structure is rebuilt as lines with their look: list labels are written out from number style, delimiter and
// start (and marked inferred), table rows become lines with cells, footnotes lines of their own at the end.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "readers/line.h"
#include "rapporteur/result.h"

namespace rapporteur {

/// What is known of the file behind the tree.
struct AstOptions {
  /// Block quotes only show an indent (DOCX, ODT, RTF): they count as indentation.
  bool quotes_are_indents = false;
  /// Levels of sub-lists are rebuilt from number styles (DOCX, ODT, RTF).
  bool rebuild_nesting = false;
  /// Title, author and date of the metadata are paragraphs that the converter took out of the text (DOCX).
  bool title_is_text = false;
  /// What stands above the text on its first page and is not in the tree, a line each (DOCX).
  std::span<const std::string> page_head = {};
};

/// A tree of which nobody knows what it was made from: a title of its metadata is printed by every writer, so it is text.
inline constexpr AstOptions unknown_origin{.title_is_text = true};

/// Blocks that hold inlines or literal text are leaves: Para, Plain, Header, LineBlock, CodeBlock. They are counted from 0
/// in the order in which the tree is read, captions of figures after their bodies.
bool is_tree_leaf(std::string_view tag);
inline constexpr std::uint32_t no_leaf = ~0u;

/// Reads one tree. `info` becomes the Source's, whose text is the plain rendering.
/// `leaf_of_line`, where given, gets for each line the leaf that it came from, or no_leaf.
/// Errors: R201 no JSON or not all of it, R202 an api-version other than 1.22 and 1.23, R203 JSON but no pandoc
/// document, R204 nested deeper than 1,000 levels. Warnings: R205 an unknown constructor, kept as text.
Result<Document> read_pandoc_json(std::string_view json, SourceInfo info, const AstOptions& options = {},
                                  std::vector<std::uint32_t>* leaf_of_line = nullptr);

}  // namespace rapporteur
