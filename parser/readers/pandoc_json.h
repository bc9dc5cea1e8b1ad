// Stage readers: pandoc's JSON syntax tree -> Document. The door for every format that pandoc reads, and for pipelines
// that call pandoc themselves (`pandoc -t json FILE | rapporteur -f pandoc-json`).
//
// Printed structure is rebuilt as lines with their look: list labels are written out from number style, delimiter and
// start (and marked inferred), table rows become lines with cells, footnotes lines of their own at the end.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "readers/line.h"
#include "rapporteur/result.h"

namespace rapporteur {

/// What happens to tracked changes of a word processor file.
enum class TrackChanges : std::uint8_t { accept, reject, all };
std::string_view track_changes_name(TrackChanges changes);

/// What is known of the file behind the tree.
struct AstOptions {
  /// Block quotes only show an indent (DOCX, ODT, RTF): they count as indentation.
  bool quotes_are_indents = false;
  /// Levels of sub-lists are rebuilt from number styles (DOCX, ODT, RTF).
  bool rebuild_nesting = false;
  /// Title, author and date of the metadata are paragraphs that the converter took out of the text (DOCX).
  bool title_is_text = false;
};

/// Reads one tree. `info` becomes the Source's, whose text is the plain rendering.
/// Errors: R201 no JSON or not all of it, R202 an api-version other than 1.22 and 1.23, R203 JSON but no pandoc
/// document, R204 nested deeper than 1,000 levels. Warnings: R205 an unknown constructor, kept as text.
Result<Document> read_pandoc_json(std::string_view json, SourceInfo info, const AstOptions& options = {});

}  // namespace rapporteur
