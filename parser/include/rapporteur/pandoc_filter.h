// Stage pipeline: rapporteur inside a pandoc pipeline, and the programs that it calls itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/rapporteur.h"

namespace rapporteur {

/// Pandoc's JSON tree with what was recognised in it as classes and attributes (docs/pandoc.md lists them): headings,
/// numbered paragraphs, references to annexes, furniture; the header and counts as metadata. Running it again changes
/// nothing; unknown blocks and the api-version stay as they are. Errors: those of reading the tree (R2xx), X900.
Result<std::string> annotate_pandoc(const Engine& engine, std::string_view tree, const std::string& name = {});

/// The text of `rapporteur: KEY` in a tree's metadata; empty where it is absent.
std::string pandoc_option(std::string_view tree, const std::string& key);

/// A program that reads formats for us.
struct ExternalProgram {
  std::string name;      ///< "pandoc"
  std::string purpose;   ///< "DOCX, ODT, HTML, RTF, EPUB"
  std::string path;      ///< empty where it was not found
  std::string version;   ///< empty where it is missing or unfit
  bool required = true;  ///< false: only for --convert, or only a remedy
  Diagnostics trouble;   ///< why it cannot be used, with the line that installs it
};
std::vector<ExternalProgram> external_programs(const ConverterOptions& options = {});

}  // namespace rapporteur
