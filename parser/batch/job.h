// Stage batch: one file of a batch, done in a child process: read, parsed, written to a temporary file.
#pragma once

#include <string>
#include <string_view>

#include "batch/journal.h"
#include "rapporteur/batch.h"

namespace rapporteur {

/// What the parent asks for. `known_sha256`: where the input still has it, nothing needs to be done.
struct FileJob {
  std::string path, name, known_sha256, temporary;

  std::string packed() const;
  static FileJob unpacked(std::string_view bytes);
};

/// What the child says. Where there is XML it lies in the temporary file.
struct FileResult {
  enum class Kind : char { same = 's', done = 'd', cannot_write = 'w' } kind = Kind::done;
  Outcome outcome = Outcome::failed;
  bool review = false;
  std::uint64_t input_bytes = 0, output_bytes = 0;
  std::string sha256, symbol;
  std::string record;  ///< JSON for the report of the run; cannot_write: why

  std::string packed() const;
  static FileResult unpacked(std::string_view bytes);
};

FileResult do_file(const Engine& engine, const FileJob& job);

/// The result for a document of which there is nothing but an error.
FileResult failed_file(const Diagnostic& why);

/// Of what a file holds; empty where it cannot be read.
std::string file_sha256(const std::string& path);

/// A symbol without the marks of versions: "BS/SOM/R(2021)1/Rev.2" -> "BS/SOM/R(2021)1".
std::string base_symbol(std::string_view symbol);

}  // namespace rapporteur
