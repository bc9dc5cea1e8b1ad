// Stage search: making an index and keeping it up to date.
//
// Everything between two commits is one transaction: an index is never half of something, and a run that was broken off
// goes on with the first file whose bytes are not known yet.

#include "rapporteur/search.h"

#include <set>

#include "search/index_impl.h"
#include "search/question.h"
#include "search/ranking.h"
#include "search/schema.h"
#include "text/plain_letters.h"
#include "text/sha256.h"
#include "xml/read.h"

namespace rapporteur {

namespace {

using search::Database;
using search::SqliteFailure;
using search::Statement;
using search::told;

Diagnostic wrong_version(std::int64_t found, const std::string& file) {
  const bool older = found < search::version;
  return {.severity = Severity::error,
          .code = "S103",
          .message = std::string("the index was made by ") + (older ? "an older" : "a newer") + " rapporteur: version " +
                     std::to_string(found) + ", and this one reads " + std::to_string(search::version),
          .help = older ? "delete it and run `rapporteur index` again; the XML has everything" : "use the newer rapporteur, or delete the index and make it again",
          .file = file};
}

Diagnostic no_index(const std::string& file) { return told({SQLITE_NOTADB, ""}, file); }

/// Makes the tables where the file is empty. What is wrong with it otherwise.
Diagnostics prepare(Database& database, const std::string& file, bool may_create) {
  const bool empty = database.number("SELECT count(*) FROM sqlite_schema") == 0;
  if (empty && may_create) {
    database.run("PRAGMA page_size = 8192; BEGIN IMMEDIATE;");
    database.run(search::tables);
    database.run(("PRAGMA application_id = " + std::to_string(search::application) + "; PRAGMA user_version = " + std::to_string(search::version) + "; COMMIT;").c_str());
  }
  if (database.number("PRAGMA application_id") != search::application) return {no_index(file)};
  const std::int64_t version = database.number("PRAGMA user_version");
  if (version != search::version) return {wrong_version(version, file)};
  return {};
}

}  // namespace

SearchIndex::SearchIndex(std::unique_ptr<Impl> impl) : x_impl(std::move(impl)) {}
SearchIndex::SearchIndex(SearchIndex&&) noexcept = default;
SearchIndex& SearchIndex::operator=(SearchIndex&&) noexcept = default;
SearchIndex::~SearchIndex() = default;

Result<SearchIndex> SearchIndex::open(const std::string& file, Access access) {
  const bool write = access == Access::write;
  try {
    Database database(file, write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    if (Diagnostics wrong = prepare(database, file, write); !wrong.empty()) return wrong;
    database.run("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY");
    search::add_evidence(database);
    return SearchIndex(std::make_unique<Impl>(Impl{file, std::move(database)}));
  } catch (SqliteFailure& failure) {
    if (write && (failure.code & 0xff) == SQLITE_CANTOPEN) failure.code = SQLITE_PERM;
    return told(failure, file);
  }
}

void SearchIndex::Impl::begin() {
  if (!changing) database.run("BEGIN IMMEDIATE");
  changing = true;
}

void SearchIndex::Impl::erase(std::int64_t report) {
  const std::int64_t first = report << search::order_bits, last = ((report + 1) << search::order_bits) - 1;
  for (const char* sql : {"DELETE FROM words WHERE rowid BETWEEN ? AND ?", "DELETE FROM record WHERE id BETWEEN ? AND ?"})
    database.prepare(sql).bind(1, first).bind(2, last).run();
  for (const char* sql : {"DELETE FROM state WHERE report = ?", "DELETE FROM report WHERE id = ?"}) database.prepare(sql).bind(1, report).run();
}

std::int64_t SearchIndex::Impl::insert_report(const std::string& xml_file, const std::string& hash, const SearchRecords& records) {
  const DocumentFacts& facts = records.facts;
  const std::string names = plain_letters(facts.organization + "\n" + facts.body);
  Statement report = database.prepare("INSERT INTO report VALUES(NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  report.bind(1, xml_file).bind(2, hash).bind(3, facts.symbol).bind(4, facts.title).bind(5, facts.organization).bind(6, facts.body);
  report.bind(7, names).bind(8, facts.date).bind(9, std::int64_t{facts.year}).bind(10, records.source_name).run();
  const std::int64_t id = sqlite3_last_insert_rowid(database.get());
  Statement state = database.prepare("INSERT INTO state VALUES(?, ?, ?)");
  std::set<std::string_view> known;
  const auto add = [&](const std::string& name, const std::string& printed) {
    if (!known.insert(name).second) return;
    const std::string compared = plain_letters(name);
    state.bind(1, id).bind(2, compared).bind(3, printed).run();
  };
  for (const SearchRecord& record : records.records) {
    for (const std::string& code : record.states) add(code, "");
    for (const std::string& printed : record.states_printed) add(printed, printed);
  }
  return id;
}

void SearchIndex::Impl::insert_records(std::int64_t report, const SearchRecords& records) {
  Statement record = database.prepare("INSERT INTO record VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
  Statement words = database.prepare("INSERT INTO words(rowid, symbol, heading, text, item) VALUES(?, ?, ?, ?, ?)");
  for (const SearchRecord& one : records.records) {
    const std::int64_t id = (report << search::order_bits) + one.order;
    record.bind(1, id).bind(2, one.id).bind(3, name_of(one.kind)).bind(4, one.number).bind(5, one.agenda_item).bind(6, one.annex);
    record.bind(7, one.heading).bind(8, std::int64_t{one.line}).bind(9, std::int64_t{one.end_line}).run();
    const bool document = one.kind == RecordKind::document;
    const std::string heading = one.agenda_heading == one.heading ? one.heading : one.heading + "\n" + one.agenda_heading;
    const std::string item = one.agenda_item.empty() ? "" : search::item_word(one.agenda_item);
    words.bind(1, id).bind(2, document ? std::string_view(records.facts.symbol) : "").bind(3, heading).bind(4, one.text).bind(5, item).run();
  }
}

PutOutcome SearchIndex::Impl::put(const std::string& xml_file, const std::string& hash, const SearchRecords& records) {
  Statement known = database.prepare("SELECT id FROM report WHERE xml = ?");
  const bool there = known.bind(1, xml_file).step();
  const std::int64_t old = there ? known.number(0) : 0;
  known.reset();
  if (there) erase(old);
  insert_records(insert_report(xml_file, hash, records), records);
  return there ? PutOutcome::replaced : PutOutcome::added;
}

Result<PutOutcome> SearchIndex::put(const std::string& xml_file, std::string_view xml) {
  const std::string hash = sha256_hex(xml);
  try {
    Statement known = x_impl->database.prepare("SELECT xml FROM report WHERE sha256 = ? ORDER BY xml = ? DESC");
    if (known.bind(1, hash).bind(2, xml_file).step()) {
      if (known.text(0) == xml_file) return PutOutcome::unchanged;
      return remove(xml_file) ? Result(PutOutcome::same_as_another) : Result<PutOutcome>(told({SQLITE_IOERR, "cannot remove"}, x_impl->file));
    }
    const Result<Report> report = read_xml(xml);
    if (!report) return report.said();
    x_impl->begin();
    return x_impl->put(xml_file, hash, search_records(*report));
  } catch (const SqliteFailure& failure) {
    return told(failure, x_impl->file);
  }
}

Result<std::vector<std::string>> SearchIndex::files() const {
  try {
    std::vector<std::string> all;
    Statement files = x_impl->database.prepare("SELECT xml FROM report ORDER BY xml");
    while (files.step()) all.push_back(files.text(0));
    return all;
  } catch (const SqliteFailure& failure) {
    return told(failure, x_impl->file);
  }
}

Result<bool> SearchIndex::remove(const std::string& xml_file) {
  try {
    Statement known = x_impl->database.prepare("SELECT id FROM report WHERE xml = ?");
    if (!known.bind(1, xml_file).step()) return false;
    const std::int64_t report = known.number(0);
    known.reset();
    x_impl->begin();
    x_impl->erase(report);
    return true;
  } catch (const SqliteFailure& failure) {
    return told(failure, x_impl->file);
  }
}

Diagnostics SearchIndex::commit() {
  try {
    if (x_impl->changing) x_impl->database.run("COMMIT");
    x_impl->changing = false;
    return {};
  } catch (const SqliteFailure& failure) {
    return {told(failure, x_impl->file)};
  }
}

Result<std::uint64_t> SearchIndex::record_count() const {
  try {
    return static_cast<std::uint64_t>(x_impl->database.number("SELECT count(*) FROM record"));
  } catch (const SqliteFailure& failure) {
    return told(failure, x_impl->file);
  }
}

Result<SearchFound> SearchIndex::search(const SearchQuery& query) const {
  const Result<std::string> expression = search::fts_expression(query.words);
  if (!expression) return expression.said();
  const bool asks = !expression->empty() || query.year != 0 || !(query.body + query.state + query.symbol + query.item).empty();
  if (!asks)
    return Diagnostic{.severity = Severity::error, .code = "S201", .message = "nothing is asked", .help = "give words to look for, or a filter such as a year"};
  try {
    return x_impl->find(query, *expression);
  } catch (const SqliteFailure& failure) {
    return told(failure, x_impl->file);
  }
}

}  // namespace rapporteur
