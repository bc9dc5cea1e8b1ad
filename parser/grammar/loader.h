// Stage grammar: finds grammar files and reads each once, with what they extend.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "grammar/file_reader.h"

namespace rapporteur {

/// How much is done with a file that is read.
enum class Thoroughness : std::uint8_t { compile, samples, lint };  ///< each includes those before

/// Finds, reads and keeps compiled files. Not thread-safe: its owner locks.
class Loader {
 public:
  explicit Loader(GrammarPath path) : x_path(std::move(path)) {}

  const GrammarPath& path() const { return x_path; }

  /// By id, through the search path; `beside`: the folder above the file that asks, searched first; may be empty.
  Result<CompiledFilePtr> by_id(const std::string& id, const std::string& beside);
  Result<CompiledFilePtr> by_file(const std::string& file);
  /// From text already read. `samples` (if given) gets how many samples held and how many there are.
  Result<CompiledFilePtr> from_text(const std::string& file, std::string text, Thoroughness how,
                                    std::pair<std::size_t, std::size_t>* samples = nullptr);

  /// Ids that the path offers, each with its file ("" where it is built in), in the order of ids.
  std::map<std::string, std::string> offered() const;

  /// What the embedding of the built-in grammars sets: names in the product instead of on the disk.
  void name_files_after(std::string root) { x_root = std::move(root); }

 private:
  std::string find(const std::string& id, const std::string& beside) const;
  Result<CompiledFilePtr> builtin(const std::string& id);
  std::string shown(const std::string& file) const;

  GrammarPath x_path;
  std::string x_root;
  std::map<std::string, CompiledFilePtr> x_files;     ///< by path; built-in ones by id
  std::map<std::string, Diagnostics> x_broken;
  std::vector<std::string> x_open;                    ///< files being read, to find circles
};

/// The whole content of a file of at most 4 MiB, or why not (G002, G003).
Result<std::string> read_whole(const std::string& file);

}  // namespace rapporteur
