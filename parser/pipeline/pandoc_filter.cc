// Stage pipeline: the pandoc filter behind one function, and the list of external programs.

#include "rapporteur/pandoc_filter.h"

#include <map>

#include "pipeline/annotate.h"
#include "readers/external.h"
#include "readers/pandoc_json.h"

namespace rapporteur {

Result<std::string> annotate_pandoc(const Engine& engine, std::string_view tree, const std::string& name) {
  SourceInfo info;
  info.name = name;
  std::vector<std::uint32_t> leaf_of_line;
  const Result<Document> document = read_pandoc_json(tree, std::move(info), unknown_origin, &leaf_of_line);
  if (!document) return document.said();
  Input input;
  input.name = name;
  input.bytes = std::string(tree);
  input.format = "pandoc-json";
  const Parsed parsed = engine.parse(input);
  if (parsed.outcome == Outcome::failed) return parsed.diagnostics;
  return {annotate_tree(tree, parsed.report, leaf_of_line), parsed.diagnostics};
}

std::string pandoc_option(std::string_view tree, const std::string& key) { return tree_option(tree, key); }

std::vector<ExternalProgram> external_programs(const ConverterOptions& options) {
  std::vector<ExternalProgram> programs = {
      {"pandoc", "DOCX, ODT, HTML, RTF, EPUB", {}, {}, true, {}},
      {"pdftotext", "PDF", {}, {}, true, {}},
      {"soffice", "old Word files, and better ODT and RTF, with --convert", {}, {}, false, {}},
      {"ocrmypdf", "scanned PDF, by hand", {}, {}, false, {}},
  };
  const std::map<std::string, std::string> wanted = {{"pandoc", options.pandoc}, {"pdftotext", options.pdftotext}, {"soffice", options.soffice}};
  for (ExternalProgram& program : programs) {
    const auto asked = wanted.find(program.name);
    const Result<Program> found = find_external(program.name, asked == wanted.end() ? std::string() : asked->second);
    if (found) {
      program.path = found->path;
      program.version = found->version;
    } else {
      program.trouble = found.said();
    }
  }
  return programs;
}

}  // namespace rapporteur
