// Stage readers: the rows of the table of readers for formats that another program has to read.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "readers/pandoc.h"

namespace rapporteur {

struct ReaderRow;

/// Converters that are kept running from one document to the next. The first documents are converted by processes of
/// their own, which is quicker for one; from then on workers are used. Thread-safe; make one for a run.
class Converters {
 public:
  /// The pool to use for the next document; null: a process of its own.
  PandocPool* pool(const ConverterOptions& options);

 private:
  std::atomic<unsigned> x_documents = 0;
  std::mutex x_guard;
  std::unique_ptr<PandocPool> x_pool;
};

/// How formats of other programs are read.
struct ForeignOptions : ConverterOptions {
  Converters* converters = nullptr;  ///< not owned; null: a process for each document
};

/// The rows, in the order in which they are asked whether they recognise a content.
std::vector<ReaderRow> foreign_rows();

}  // namespace rapporteur
