// Stage readers: from the bytes that a caller hands in to a Document: format, encoding, reader.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/input.h"
#include "rapporteur/result.h"
#include "rapporteur/source.h"
#include "readers/foreign_rows.h"
#include "readers/line.h"

namespace rapporteur {

struct ReadOptions {
  double review_below = 0.7;  ///< a certainty of the encoding below this asks for review (T105)
  ForeignOptions foreign;     ///< formats that other programs read
};

/// One format that can be read: to add one, add a row (see reader_rows).
struct ReaderRow {
  std::string_view format;                               ///< what Input::format calls it
  std::string_view summary;                              ///< for people
  std::string_view extensions;                           ///< each between blanks, with its dot: " .txt .text "
  std::string_view media_type;                           ///< IANA
  bool (*recognises)(std::string_view bytes) = nullptr;  ///< by content, whatever the name says; null: by name only
  Result<Document> (*read)(const Input& input, const ReadOptions& options) = nullptr;
};

/// All formats, in the order in which they are asked whether they recognise a content.
const std::vector<ReaderRow>& reader_rows();

/// The row for an input: by its `format`, else by content, else by the extension of its name, else plain text.
/// Null where `format` names none.
const ReaderRow* find_reader(const Input& input);

/// Name, size and sha256 of an input; encoding and certainty are left as they are for UTF-8.
SourceInfo source_info(const Input& input, std::string_view media_type);

/// Bytes of a text format to a Source. Warnings: T104 replaced bytes, T105 encoding uncertain. Errors: T101 a binary
/// format that is no text, T102 control bytes throughout, T103 no such encoding, T106 more than 4 GiB.
Result<SourcePtr> make_source(const Input& input, std::string_view media_type, const ReadOptions& options = {});

/// The whole way. What make_source said goes into Document::diagnostics. Errors also: R101 unknown format.
Result<Document> read_document(const Input& input, const ReadOptions& options = {});

}  // namespace rapporteur
