// Stage batch: the folder that a batch writes into, and nothing outside of it.
//
// Files appear whole: they are written under OUT/.rapporteur/tmp and moved to their place. Folders are opened one by
// one, and none of them may be a symbolic link, so that nobody can lead a batch out of its folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rapporteur {

/// A path as it may stand under the output folder: no leading `/`, no `.`, `..` or empty part. Empty where nothing is left.
std::string safe_path(std::string_view path);

class OutputTree {
 public:
  /// `folder` is made where it is missing. 0 or errno.
  int open(const std::string& folder);
  OutputTree() = default;
  OutputTree(const OutputTree&) = delete;
  OutputTree& operator=(const OutputTree&) = delete;
  ~OutputTree();

  /// Takes the folder for this process, until it ends. False where another batch has it.
  bool lock();
  /// Where a worker writes the output of a job, an absolute path.
  std::string temporary(std::uint64_t ticket) const;
  /// Moves a temporary file to its place, making folders. 0 or errno.
  int place(std::uint64_t ticket, const std::string& path);
  /// Removes a file if it is there.
  void remove(const std::string& path);
  /// Removes a temporary file that will not be moved.
  void discard(std::uint64_t ticket);
  /// Its size; -1 where it is not there or no plain file.
  std::int64_t size(const std::string& path);
  /// The beginning of a file, for who wrote it; empty where it is not there.
  std::string head(const std::string& path);
  /// Everything written so far is on the disk when it returns.
  void sync();

  const std::string& folder() const { return x_folder; }
  int file() const { return x_root; }

 private:
  int parent_of(const std::string& path, bool make);

  std::string x_folder;   // absolute
  int x_root = -1, x_temporary = -1, x_lock = -1;
  std::string x_last;     // folder that x_last_file is open on: neighbours usually follow each other
  int x_last_file = -1;
};

}  // namespace rapporteur
