// Stage batch: the journal of a batch.

#include "batch/journal.h"

#include <sqlite3.h>

#include "batch/verdict.h"

namespace rapporteur {

namespace {

constexpr const char* columns = "path, output, size, sha256, fingerprint, outcome, symbol, base_symbol, record";

// user_version is the version of this table; another one is begun afresh: everything is then simply done again.
constexpr int table_version = 1;
constexpr const char* create =
    "CREATE TABLE documents(path BLOB PRIMARY KEY, output BLOB, size INTEGER, sha256 TEXT, fingerprint TEXT,"
    " outcome INTEGER, symbol TEXT, base_symbol TEXT, record TEXT, run INTEGER) WITHOUT ROWID;"
    "CREATE INDEX by_output ON documents(output);"
    "PRAGMA user_version = 1;";

void bind(sqlite3_stmt* statement, int index, const std::string& text, bool blob = false) {
  if (blob) sqlite3_bind_blob64(statement, index, text.data(), text.size(), SQLITE_TRANSIENT);
  else sqlite3_bind_text64(statement, index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

std::string column(sqlite3_stmt* row, int index) {
  const void* bytes = sqlite3_column_blob(row, index);
  return bytes ? std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(row, index))) : std::string();
}

JournalEntry entry_of(sqlite3_stmt* row) {
  return {column(row, 0), column(row, 1), sqlite3_column_int64(row, 2), column(row, 3), column(row, 4),
          static_cast<Outcome>(sqlite3_column_int(row, 5)), column(row, 6), column(row, 7), column(row, 8)};
}

std::int64_t one_number(sqlite3* database, const char* sql) {
  sqlite3_stmt* query = nullptr;
  std::int64_t value = 0;
  if (sqlite3_prepare_v2(database, sql, -1, &query, nullptr) == SQLITE_OK && sqlite3_step(query) == SQLITE_ROW) value = sqlite3_column_int64(query, 0);
  sqlite3_finalize(query);
  return value;
}

}  // namespace

Result<std::unique_ptr<Journal>> Journal::open(const std::string& file) {
  sqlite3* database = nullptr;
  const auto failed = [&] {
    const std::string why = database ? sqlite3_errmsg(database) : "out of memory";
    sqlite3_close(database);
    return batch_error("B601", "the journal cannot be used: " + why, "where it is damaged, remove it: documents are then done again", file);
  };
  if (sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) return failed();
  std::unique_ptr<Journal> journal(new Journal(database));
  const bool usable = journal->run("PRAGMA journal_mode = WAL") && journal->run("PRAGMA synchronous = NORMAL") &&
                      (one_number(database, "PRAGMA user_version") == table_version ||
                       (journal->run("DROP TABLE IF EXISTS documents") && journal->run(create)));
  if (usable) return journal;
  const auto error = failed();
  journal->x_database = nullptr;
  return error;
}

Journal::~Journal() {
  if (!x_database) return;
  for (sqlite3_stmt* one : {x_find, x_put, x_keep, x_owns}) sqlite3_finalize(one);
  sqlite3_close(x_database);
}

bool Journal::run(const char* sql) const { return sqlite3_exec(x_database, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

sqlite3_stmt* Journal::statement(sqlite3_stmt*& slot, const char* sql) const {
  if (slot) sqlite3_reset(slot);
  else sqlite3_prepare_v2(x_database, sql, -1, &slot, nullptr);
  return slot;
}

void Journal::begin_run() { x_run = one_number(x_database, "SELECT coalesce(max(run), 0) + 1 FROM documents"); }

std::optional<JournalEntry> Journal::find(const std::string& path) {
  static const std::string sql = std::string("SELECT ") + columns + " FROM documents WHERE path = ?";
  sqlite3_stmt* query = statement(x_find, sql.c_str());
  bind(query, 1, path, true);
  std::optional<JournalEntry> found;
  if (sqlite3_step(query) == SQLITE_ROW) found = entry_of(query);
  sqlite3_reset(query);
  return found;
}

bool Journal::owns(const std::string& output) {
  sqlite3_stmt* query = statement(x_owns, "SELECT 1 FROM documents WHERE output = ?");
  bind(query, 1, output, true);
  const bool found = sqlite3_step(query) == SQLITE_ROW;
  sqlite3_reset(query);
  return found;
}

void Journal::put(const JournalEntry& entry) {
  if (!x_open_transaction) x_open_transaction = run("BEGIN");
  static const std::string sql = std::string("REPLACE INTO documents(") + columns + ", run) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  sqlite3_stmt* insert = statement(x_put, sql.c_str());
  bind(insert, 1, entry.path, true);
  bind(insert, 2, entry.output, true);
  sqlite3_bind_int64(insert, 3, entry.size);
  bind(insert, 4, entry.sha256);
  bind(insert, 5, entry.fingerprint);
  sqlite3_bind_int(insert, 6, static_cast<int>(entry.outcome));
  bind(insert, 7, entry.symbol);
  bind(insert, 8, entry.base_symbol);
  bind(insert, 9, entry.record);
  sqlite3_bind_int64(insert, 10, x_run);
  x_failed |= sqlite3_step(insert) != SQLITE_DONE;
  sqlite3_reset(insert);
}

void Journal::keep(const std::string& path) {
  if (!x_open_transaction) x_open_transaction = run("BEGIN");
  sqlite3_stmt* update = statement(x_keep, "UPDATE documents SET run = ? WHERE path = ?");
  sqlite3_bind_int64(update, 1, x_run);
  bind(update, 2, path, true);
  x_failed |= sqlite3_step(update) != SQLITE_DONE;
  sqlite3_reset(update);
}

bool Journal::commit() {
  if (!x_open_transaction) return !x_failed;
  x_open_transaction = false;
  return run("COMMIT") && !x_failed;
}

void Journal::visit_rows(const std::string& sql, const std::function<void(const JournalEntry&)>& visit) const {
  sqlite3_stmt* query = nullptr;
  if (sqlite3_prepare_v2(x_database, sql.c_str(), -1, &query, nullptr) == SQLITE_OK)
    while (sqlite3_step(query) == SQLITE_ROW) visit(entry_of(query));
  sqlite3_finalize(query);
}

void Journal::each(const std::function<void(const JournalEntry&)>& visit) const {
  visit_rows(std::string("SELECT ") + columns + " FROM documents WHERE run = " + std::to_string(x_run) + " ORDER BY path", visit);
}

void Journal::each_shared(const char* column, const std::function<void(const JournalEntry&)>& visit) const {
  const std::string of_run = " FROM documents WHERE run = " + std::to_string(x_run) + " AND " + column + " <> ''";
  visit_rows(std::string("SELECT ") + columns + of_run + " AND " + column + " IN (SELECT " + column + of_run + " GROUP BY " + column +
                 " HAVING count(*) > 1) ORDER BY " + column + ", path",
             visit);
}

}  // namespace rapporteur
