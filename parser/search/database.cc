// Stage search: SQLite's C interface, wrapped once.

#include "search/database.h"

namespace rapporteur::search {

namespace {

/// How long to wait for another program that is just writing, in ms.
constexpr int patience = 3000;

void check(int code, sqlite3* database) {
  if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
    throw SqliteFailure{database == nullptr ? code : sqlite3_extended_errcode(database), database == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database)};
}

}  // namespace

Statement::Statement(sqlite3* database, std::string_view sql) {
  sqlite3_stmt* made = nullptr;
  check(sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &made, nullptr), database);
  x_statement.reset(made);
}

Statement& Statement::bind(int at, std::string_view text) {
  check(sqlite3_bind_text64(x_statement.get(), at, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8),
        sqlite3_db_handle(x_statement.get()));
  return *this;
}

Statement& Statement::bind(int at, std::int64_t number) {
  check(sqlite3_bind_int64(x_statement.get(), at, number), sqlite3_db_handle(x_statement.get()));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(x_statement.get());
  check(code, sqlite3_db_handle(x_statement.get()));
  return code == SQLITE_ROW;
}

void Statement::reset() { sqlite3_reset(x_statement.get()); }

void Statement::run() {
  while (step()) {
  }
  reset();
}

std::string Statement::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(x_statement.get(), column));
  return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(x_statement.get(), column)));
}

Database::Database(const std::string& file, int flags) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
  x_database.reset(opened);
  check(code, opened);
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_busy_timeout(opened, patience);
}

void Database::run(const char* sql) { check(sqlite3_exec(get(), sql, nullptr, nullptr, nullptr), get()); }

std::int64_t Database::number(const char* sql) {
  Statement statement = prepare(sql);
  return statement.step() ? statement.number(0) : 0;
}

Diagnostic told(const SqliteFailure& failure, const std::string& file) {
  Diagnostic said{.severity = Severity::error, .file = file};
  const auto say = [&](const char* code, std::string message, const char* help) {
    said.code = code;
    said.message = std::move(message);
    said.help = help;
    return said;
  };
  switch (failure.code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return say("S105", "another program is writing this index", "wait until it is done, then run the same command again");
    case SQLITE_NOTADB: return say("S102", "this file is no index", "see the name; `rapporteur index DIR -o FILE` makes one");
    case SQLITE_CORRUPT: return say("S104", "the index is damaged: " + failure.message, "delete it and run `rapporteur index` again; the XML has everything");
    case SQLITE_CANTOPEN: return say("S101", "the index cannot be opened", "see that the file is there and may be read; `rapporteur index DIR -o FILE` makes one");
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_FULL:
    case SQLITE_IOERR:
      return say("S106", "the index cannot be written: " + failure.message, "see that the place is yours and has room; the same command goes on where it stopped");
    default: return say("S104", "the index does not answer: " + failure.message, "delete it and run `rapporteur index` again; the XML has everything");
  }
}

}  // namespace rapporteur::search
