// Command line: what all commands that read a document have in common.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "converters.h"
#include "options.h"
#include "rapporteur/rapporteur.h"

namespace tool {

/// How the engine is made: -g, --grammar-path, --paranoid and, for commands that read documents, the options of converters.
struct GrammarOptions {
  std::string grammar;
  std::vector<std::string> path;
  ConverterFlags converters;
  bool paranoid = false;

  void declare(Options& options, bool with_grammar = true);
  void declare_paranoid(Options& options);  ///< for commands that write XML
  rapporteur::EngineOptions asked() const;
  /// Throws Stop (grammar) after saying what is wrong.
  rapporteur::Engine engine() const;
};

struct InputOptions {
  std::string file;
  std::string format;
  std::string encoding;

  void declare(Options& options, const char* file_help);
  /// Reads the file, or standard input for "-". Throws Stop where there is none or it cannot be read.
  rapporteur::Input input() const;
};

/// The bytes of a file or, for "-", of standard input. Throws Stop: a directory (usage), anything unreadable (failed).
std::string read_input(const std::string& file);

/// A file's own name, without its folders.
std::string base_name(const std::string& path);

/// "1 paragraph", "2 paragraphs"
std::string counted(std::uint32_t n, const char* one, const char* many);

/// Seconds since 1970: the clock, or what SOURCE_DATE_EPOCH says in its stead. Throws Stop where that is no number.
std::int64_t now();
/// The day of `now`, YYYY-MM-DD, in UTC.
std::string today();

/// The exit status of a document that could not be parsed, from what is said of it.
int failure_status(const rapporteur::Diagnostics& diagnostics);

}  // namespace tool
