// Stage grammar: from a grammar file's TOML to a compiled file, with every mistake told at its place.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "grammar/compiled.h"
#include "grammar/tree.h"
#include "rapporteur/result.h"

namespace rapporteur {

/// A text that a rule must match (or must not), with the captures that must come out.
struct Sample {
  struct Expected { Capture capture; std::string text; Place place; };
  std::size_t rule = 0;  ///< position in CompiledFile::rules
  bool must_match = true;
  std::string text;
  Place place;           ///< of the text in the file
  std::vector<Expected> expected;
};

/// A pattern as the author wrote it, for lint.
struct WrittenPattern { std::string text; Place place; };

struct ReadFile {
  std::shared_ptr<CompiledFile> file;    ///< null where there were errors
  std::vector<Sample> samples;
  std::vector<WrittenPattern> written;   ///< one a rule
  std::vector<Place> names;              ///< where each rule's [[block]] or [[inline]] stands
  std::vector<std::pair<std::string, Place>> unused_pieces;
  Diagnostics said;
};

/// Finds what `extends` names; the diagnostics of a failure are shown at the place of the name.
using FindBase = std::function<Result<CompiledFilePtr>(const std::string& id)>;

/// Reads and compiles a file; neither runs samples nor lints.
ReadFile read_grammar_file(const Source& source, const FindBase& find_base);

/// Runs the samples of a file; one diagnostic (G3xx) a failure. Returns how many held in `held`.
Diagnostics run_samples(const Source& source, const ReadFile& read, std::size_t& held);

/// Advice about rules that work but will cost time or surprise (G5xx).
Diagnostics lint(const Source& source, const ReadFile& read);

inline bool has_errors(const Diagnostics& said) {
  for (const Diagnostic& d : said)
    if (d.severity == Severity::error) return true;
  return false;
}

}  // namespace rapporteur
