// Stage search: SQLite as the rest of the folder sees it: statements that close themselves, failures as Diagnostics.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "rapporteur/diagnostic.h"

namespace rapporteur::search {

/// What SQLite said no with. Thrown within the folder only; search_index.cc makes a Diagnostic of it.
struct SqliteFailure {
  int code;
  std::string message;
};

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

/// One prepared statement. Texts bound must live until the next `reset`.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);

  Statement& bind(int at, std::string_view text);
  Statement& bind(int at, std::int64_t number);
  /// True where there is a row. Throws SqliteFailure.
  bool step();
  void reset();
  /// Runs it for what it does, and makes it ready for the next time.
  void run();

  std::int64_t number(int column) const { return sqlite3_column_int64(x_statement.get(), column); }
  double real(int column) const { return sqlite3_column_double(x_statement.get(), column); }
  std::string text(int column) const;

 private:
  std::unique_ptr<sqlite3_stmt, FinalizeStatement> x_statement;
};

class Database {
 public:
  /// Throws SqliteFailure. `flags`: as sqlite3_open_v2 takes them.
  Database(const std::string& file, int flags);

  void run(const char* sql);
  std::int64_t number(const char* sql);
  sqlite3* get() const { return x_database.get(); }
  Statement prepare(std::string_view sql) const { return {get(), sql}; }

 private:
  std::unique_ptr<sqlite3, CloseDatabase> x_database;
};

/// The failure in words, with what to do about it (S102, S104, S105, S106).
Diagnostic told(const SqliteFailure& failure, const std::string& file);

}  // namespace rapporteur::search
