// Stage search: the tables of an index, and their version.
#pragma once

#include <cstdint>

namespace rapporteur::search {

/// PRAGMA application_id of every index: "RpIx".
inline constexpr std::int64_t application = 0x52704978;
/// PRAGMA user_version. Raised whenever the tables or what is put into them change: an index is made again from the XML
/// rather than converted.
inline constexpr std::int64_t version = 1;

/// A record's row is (report << order_bits) + order, in `record` and in `words`, so that the report of a match is known
/// without looking it up. That is what lets matches be counted by report in a few milliseconds.
inline constexpr int order_bits = 24;

/// `names` and `state.name` are folded; a state stands there by its name as printed and by its code (`printed` empty).
/// Of `words`, the columns and their weights: a symbol found is nearly always what
/// was meant, words of the text count more than those of the heading above it.
inline constexpr const char* tables = R"sql(
CREATE TABLE report(id INTEGER PRIMARY KEY, xml TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, symbol TEXT NOT NULL,
  title TEXT NOT NULL, organization TEXT NOT NULL, body TEXT NOT NULL, names TEXT NOT NULL, date TEXT NOT NULL,
  year INTEGER NOT NULL, source TEXT NOT NULL);
CREATE INDEX report_sha256 ON report(sha256);
CREATE INDEX report_symbol ON report(symbol);
CREATE TABLE state(report INTEGER NOT NULL, name TEXT NOT NULL, printed TEXT NOT NULL);
CREATE INDEX state_report ON state(report);
CREATE TABLE record(id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL,
  item TEXT NOT NULL, annex TEXT NOT NULL, heading TEXT NOT NULL, line INTEGER NOT NULL, end_line INTEGER NOT NULL);
CREATE INDEX record_item ON record(item);
CREATE VIRTUAL TABLE words USING fts5(symbol, heading, text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
INSERT INTO words(words, rank) VALUES('rank', 'bm25(5.0, 1.0, 2.0)');
)sql";

}  // namespace rapporteur::search
