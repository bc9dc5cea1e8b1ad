// Command line: the programs that read formats for us, for all commands that read documents.
#pragma once

#include <chrono>
#include <string>

#include "options.h"
#include "rapporteur/converters.h"

namespace tool {

/// --pandoc, --pdftotext, --soffice, --convert, --track-changes, --converter-deadline,
/// --converter-memory, --new-pandocs
struct ConverterFlags {
  std::string pandoc, pdftotext, soffice;
  std::string track_changes = "accept";
  std::string deadline = "60";
  int memory = 1024;
  bool convert = false, new_pandocs = false;

  /// The first three only.
  void declare_programs(Options& options);
  void declare(Options& options);
  /// Throws Stop (usage) where a value cannot be.
  rapporteur::ConverterOptions asked() const;
};

/// "0.5" as an option's value. Throws Stop (usage) where it is no number of seconds.
std::chrono::milliseconds seconds_of(const char* option, const std::string& text);

}  // namespace tool
