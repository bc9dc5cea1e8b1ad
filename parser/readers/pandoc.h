// Stage readers: whatever pandoc reads -> Document, through pandoc as a guarded process.
//
// One file is converted by one process. A batch keeps a few processes running (PandocPool), which saves most of the
// time that pandoc takes to start.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "readers/external.h"
#include "readers/pandoc_json.h"

namespace rapporteur {

/// One conversion.
struct PandocJob {
  std::string_view bytes;
  std::string_view from;   ///< pandoc's name of the format
  TrackChanges changes = TrackChanges::accept;
  std::chrono::milliseconds deadline{60'000};
  std::string file;        ///< for messages
  std::uint64_t memory_mb = 1024;
};

/// Pandoc's run time keeps two heaps while it collects garbage: each may have half the memory.
std::string heap_option(std::uint64_t memory_mb);

/// A JSON tree, from a process of its own (`--sandbox`, a heap of half the memory, see converter_limits). Errors E103 to
/// E108.
Result<std::string> run_pandoc(const Program& pandoc, const PandocJob& job);

/// Running pandocs that take one document after another. Thread-safe; a caller waits while all are busy. A worker that
/// hangs or dies is replaced, and its document is tried once more in a process of its own.
class PandocPool {
 public:
  /// `documents_each`: a worker is replaced after so many, so that its memory stays flat.
  PandocPool(Program pandoc, unsigned workers, unsigned documents_each = 500, std::uint64_t memory_mb = 1024);
  ~PandocPool();
  PandocPool(const PandocPool&) = delete;
  PandocPool& operator=(const PandocPool&) = delete;

  Result<std::string> convert(const PandocJob& job);
  const Program& program() const { return x_pandoc; }
  /// Process ids of the workers that run now, for tests and for `ps`.
  std::vector<pid_t> workers() const;

 private:
  struct Worker;
  std::unique_ptr<Worker> take();
  void give_back(std::unique_ptr<Worker> worker);
  bool start(Worker& worker);
  void stop(Worker& worker);

  Program x_pandoc;
  unsigned x_documents_each;
  std::uint64_t x_memory_mb;
  ProcessStarter x_starter;
  mutable std::mutex x_guard;
  std::condition_variable x_returned;
  std::vector<std::unique_ptr<Worker>> x_idle;
  std::vector<pid_t> x_pids;
  int x_script = -1;  // the workers' loop, as a file in memory
};

struct PandocOptions : ConverterOptions {
  PandocPool* pool = nullptr;  ///< not owned; null: a process for each document
};

/// Reads a document of a format that pandoc knows ("docx", "odt", "epub", "html", "rtf", ...). `info` holds name, size and
/// sha256 of the bytes; media type (unless given), converter and its version are filled in here. Text formats must be UTF-8.
/// Errors: R3xx (containers), E1xx (the process), R20x (the tree).
Result<Document> read_with_pandoc(std::string_view bytes, std::string_view from, SourceInfo info, const PandocOptions& options = {},
                                  std::string_view media_type = {});

}  // namespace rapporteur
