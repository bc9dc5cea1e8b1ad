// Stage search: the tables of an index, and their version.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rapporteur::search {

/// PRAGMA application_id of every index: "RpIx".
inline constexpr std::int64_t application = 0x52704978;
/// PRAGMA user_version. Raised whenever the tables or what is put into them change: an index is made again from the XML
/// rather than converted.
inline constexpr std::int64_t version = 2;

/// A record's row is (report << order_bits) + order, in `record` and in `words`, so that the report of a match is known
/// without looking it up. That is what lets matches be counted by report in a few milliseconds.
inline constexpr int order_bits = 24;

/// `names` and `state.name` are folded; a state stands there by its name as printed and by its code (`printed` empty).
/// `words.item` holds the agenda item as one word, see `item_word`, so that looking under an item costs no more than looking
/// for one more word.
inline constexpr const char* tables = R"sql(
CREATE TABLE report(id INTEGER PRIMARY KEY, xml TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, symbol TEXT NOT NULL,
  title TEXT NOT NULL, organization TEXT NOT NULL, body TEXT NOT NULL, names TEXT NOT NULL, date TEXT NOT NULL,
  year INTEGER NOT NULL, source TEXT NOT NULL);
CREATE INDEX report_sha256 ON report(sha256);
CREATE INDEX report_symbol ON report(symbol COLLATE NOCASE);
CREATE TABLE state(report INTEGER NOT NULL, name TEXT NOT NULL, printed TEXT NOT NULL);
CREATE INDEX state_report ON state(report, printed);
CREATE INDEX state_name ON state(name, report);
CREATE TABLE record(id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL,
  item TEXT NOT NULL, annex TEXT NOT NULL, heading TEXT NOT NULL, line INTEGER NOT NULL, end_line INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(symbol, heading, text, item, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
)sql";

/// An agenda item as a word that nobody types: "item" and the bytes in hexadecimal.
inline std::string item_word(std::string_view item) {
  constexpr char digits[] = "0123456789abcdef";
  std::string word = "item";
  for (const char c : item) {
    const auto byte = static_cast<unsigned char>(c);
    (word += digits[byte >> 4]) += digits[byte & 15];
  }
  return word;
}

}  // namespace rapporteur::search
