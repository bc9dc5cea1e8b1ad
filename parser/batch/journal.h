// Stage batch: what a batch remembers of every document, so that the next run does only what is left or has changed.
//
// An SQLite database (WAL) at OUT/.rapporteur/journal.db. Only the process that runs the batch writes to it, many
// documents at a time.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "rapporteur/batch.h"
#include "rapporteur/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace rapporteur {

/// Where it stands under OUT.
constexpr const char* journal_at = ".rapporteur/journal.db";

/// A document as it was done last.
struct JournalEntry {
  std::string path;         ///< of the input, as the run names it; any bytes
  std::string output;       ///< under OUT; empty where nothing was written
  std::int64_t size = 0;    ///< of the output, in bytes
  std::string sha256;       ///< of the input; empty where it could not be read
  std::string fingerprint;  ///< of the version, options and grammars that it was done with
  Outcome outcome = Outcome::failed;
  std::string symbol;
  std::string base_symbol;  ///< the same for all versions of one document
  std::string record;       ///< JSON: what its report row is made of
};

class Journal {
 public:
  /// Errors: B601.
  static Result<std::unique_ptr<Journal>> open(const std::string& file);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// Begins a run: what is kept or put from now on belongs to it.
  void begin_run();
  std::optional<JournalEntry> find(const std::string& path);
  /// Whether any document was written to this place.
  bool owns(const std::string& output);
  void put(const JournalEntry& entry);
  /// The document belongs to this run too, as it was done before.
  void keep(const std::string& path);
  /// Makes all since the last call last. False where the disk would not have it.
  bool commit();

  /// Every document of this run, by path. `group` runs: "sha256" and "base_symbol" visit only what two or more share.
  void each(const std::function<void(const JournalEntry&)>& visit) const;
  void each_shared(const char* column, const std::function<void(const JournalEntry&)>& visit) const;

 private:
  explicit Journal(sqlite3* database) : x_database(database) {}
  bool run(const char* sql) const;
  void visit_rows(const std::string& sql, const std::function<void(const JournalEntry&)>& visit) const;
  sqlite3_stmt* statement(sqlite3_stmt*& slot, const char* sql) const;

  sqlite3* x_database;
  std::int64_t x_run = 0;
  bool x_open_transaction = false;
  bool x_failed = false;
  mutable sqlite3_stmt *x_find = nullptr, *x_put = nullptr, *x_keep = nullptr, *x_owns = nullptr;
};

}  // namespace rapporteur
