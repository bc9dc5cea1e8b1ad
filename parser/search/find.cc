// Stage search: asking.
//
// First the matches are counted by report, last ones first, which needs nothing but their row numbers and gives the total
// and all facets; then the best are ranked, and only of those that are shown is anything else read. Both have a bound, so
// that a question which everything answers takes no longer than others: words that stand everywhere tell no record from
// another anyway.

#include <algorithm>
#include <limits>
#include <optional>
#include <unordered_map>

#include "search/index_impl.h"
#include "search/question.h"
#include "search/ranking.h"
#include "search/schema.h"
#include "text/plain_letters.h"

namespace rapporteur {

namespace {

using search::Statement;

/// Of more matches than this, the ones that were put in last are counted.
constexpr std::uint64_t most_counted = 10000;
/// Of more than this, the ones that were put in last are ranked, which takes ten times as long as counting.
constexpr std::uint64_t most_ranked = 3000;

/// Where more reports than one in so many are asked for, reading all of them in their order is faster than each by itself.
constexpr std::int64_t share_read_at_once = 8;

/// Conditions that choose reports, as SQL with its values, and the agenda item asked for.
struct Filters {
  std::string reports;  ///< condition on `report`; empty: all
  std::vector<std::string> values;
  std::string item;

  explicit Filters(const SearchQuery& query) : item(query.item) {
    if (!query.body.empty()) add("instr(names, ?) > 0", plain_letters(query.body));
    if (query.year != 0) add("year = CAST(? AS INTEGER)", std::to_string(query.year));
    if (!query.symbol.empty()) add("symbol = ? COLLATE NOCASE", without_blanks(query.symbol));
    if (!query.state.empty()) add("id IN (SELECT report FROM state WHERE name = ?)", plain_letters(query.state));
  }

  /// Condition on the row numbers of `words`, beginning with AND.
  std::string sql() const {
    if (reports.empty()) return {};
    return " AND (rowid >> " + std::to_string(search::order_bits) + ") IN (SELECT id FROM report WHERE " + reports + ")";
  }

  /// Binds the values that `sql` wants, from `at` on; returns the next free place.
  int bind(Statement& to, int at) const {
    for (const std::string& value : values) to.bind(at++, value);
    return at;
  }

 private:
  static std::string without_blanks(std::string text) {
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    return text;
  }

  void add(const char* condition, std::string value) {
    if (!reports.empty()) reports += " AND ";
    reports += condition;
    values.push_back(std::move(value));
  }
};

/// Where to look: in the words, of which an agenda item is one (schema.h), or, where nothing but reports is asked for, in
/// the table of reports.
struct Where {
  std::string expression, from, row;
  bool words;

  Where(const std::string& asked, const Filters& filters) : expression(asked), words(!asked.empty() || !filters.item.empty()) {
    if (!filters.item.empty()) {
      const std::string item = "(item : " + search::item_word(filters.item) + ")";
      expression = asked.empty() ? item : "({symbol heading text} : (" + asked + ")) AND " + item;
    }
    row = words ? "rowid" : "(id << " + std::to_string(search::order_bits) + ")";
    from = words ? " FROM words WHERE words MATCH ?" + filters.sql() : " FROM report WHERE " + filters.reports;
  }
};

class Asking {
 public:
  Asking(search::Database& database, const SearchQuery& query, const std::string& expression)
      : x_database(database), x_query(query), x_filters(query), x_where(expression, x_filters) {}

  SearchFound all() {
    SearchFound found;
    count(found);
    hits(found);
    return found;
  }

 private:
  /// The statement, made the first time it is wanted.
  Statement& once(std::optional<Statement>& statement, std::string_view sql) {
    if (!statement) statement.emplace(x_database.prepare(sql));
    return *statement;
  }

  int bind(Statement& to) const {
    int at = 1;
    if (x_where.words) to.bind(at++, x_where.expression);
    return x_filters.bind(to, at);
  }

  /// A report and how many of its records were found.
  using Reports = std::vector<std::pair<std::int64_t, std::uint64_t>>;

  void count(SearchFound& found) {
    Reports reports;
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    for (const bool ranking : {true, false}) {
      const std::uint64_t limit = ranking ? most_ranked : most_counted + 1;
      Statement rows = x_database.prepare("SELECT " + x_where.row + (ranking && x_where.words ? ", evidence(words)" : "") + x_where.from + " AND " + x_where.row +
                                          " < ? ORDER BY 1 DESC LIMIT ?");
      const int at = bind(rows);
      rows.bind(at, before).bind(at + 1, static_cast<std::int64_t>(limit - found.total));
      while (rows.step()) {
        before = rows.number(0);
        if (ranking && x_where.words) x_ranking.add(before, rows.text(1));
        add_one(reports, before >> search::order_bits);
        ++found.total;
      }
      if (found.total < limit) break;
    }
    found.more = found.total > most_counted;
    found.total = std::min(found.total, most_counted);
    std::reverse(reports.begin(), reports.end());
    facets(found, reports);
  }

  static void add_one(Reports& reports, std::int64_t report) {
    if (reports.empty() || reports.back().first != report) reports.emplace_back(report, 0);
    ++reports.back().second;
  }

  using Counts = std::unordered_map<std::string, std::uint64_t>;

  /// Calls `each` with every row of `sql` that belongs to a report found, and with the matches of that report. Of `sql`,
  /// the first column is the report.
  template <typename Each>
  void rows_of(const Reports& reports, const std::string& sql, Each each) {
    if (reports.empty()) return;
    const std::int64_t all = x_database.number("SELECT max(id) FROM report");
    const bool at_once = static_cast<std::int64_t>(reports.size()) > all / share_read_at_once;
    Statement rows = x_database.prepare(sql + (at_once ? " >= ?1 ORDER BY 1" : " = ?1"));
    if (!at_once) {
      for (const auto& [report, matches] : reports) {
        rows.bind(1, report);
        while (rows.step()) each(rows, matches);
        rows.reset();
      }
      return;
    }
    rows.bind(1, reports.front().first);
    auto at = reports.begin();
    while (rows.step()) {
      while (at != reports.end() && at->first < rows.number(0)) ++at;
      if (at == reports.end()) return;
      if (at->first == rows.number(0)) each(rows, at->second);
    }
  }

  void facets(SearchFound& found, const Reports& reports) {
    Counts years, bodies, states;
    rows_of(reports, "SELECT id, year, iif(body = '', organization, body) FROM report WHERE id", [&](const Statement& facts, std::uint64_t matches) {
      if (facts.number(1) != 0) years[facts.text(1)] += matches;
      if (std::string body = facts.text(2); !body.empty()) bodies[std::move(body)] += matches;
    });
    rows_of(reports, "SELECT report, printed FROM state WHERE printed <> '' AND report",
            [&](const Statement& named, std::uint64_t matches) { states[named.text(1)] += matches; });
    found.years = commonest(years);
    found.bodies = commonest(bodies);
    found.states = commonest(states);
  }

  static Facet commonest(const Counts& counts) {
    Facet all(counts.begin(), counts.end());
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
    if (all.size() > 10) all.resize(10);
    return all;
  }

  void hits(SearchFound& found) {
    const auto limit = static_cast<std::size_t>(std::clamp(x_query.limit, 0, most_hits));
    const std::vector<std::int64_t> rows = x_where.words ? x_ranking.best(limit) : in_order(limit);
    auto words = x_where.words ? snippets(rows) : Words{};
    for (const std::int64_t row : rows) found.hits.push_back(hit(row, x_where.words ? std::move(words[row]) : first_words(row)));
  }

  std::vector<std::int64_t> in_order(std::size_t limit) const {
    std::vector<std::int64_t> found;
    Statement rows = x_database.prepare("SELECT " + x_where.row + x_where.from + " ORDER BY 1 LIMIT ?");
    rows.bind(bind(rows), static_cast<std::int64_t>(limit));
    while (rows.step()) found.push_back(rows.number(0));
    return found;
  }

  using Words = std::unordered_map<std::int64_t, std::string>;

  /// The words around the match, of all rows in one walk: the beginning of a word is looked up but once.
  Words snippets(const std::vector<std::int64_t>& rows) const {
    Words all;
    std::string list;
    for (const std::int64_t row : rows) list += (list.empty() ? "" : ",") + std::to_string(row);
    Statement cut = x_database.prepare("SELECT rowid, snippet(words, 2, char(2), char(3), '…', 32) FROM words WHERE words MATCH ? AND rowid >= ? AND +rowid IN (" + list + ")");
    cut.bind(1, x_where.expression).bind(2, rows.empty() ? 0 : *std::min_element(rows.begin(), rows.end()));
    while (cut.step()) all[cut.number(0)] = cut.text(1);
    return all;
  }

  std::string first_words(std::int64_t row) {
    Statement& cut = once(x_words, "SELECT substr(text, 1, 200) FROM words WHERE rowid = ?1");
    std::string text = cut.bind(1, row).step() ? cut.text(0) : std::string();
    cut.reset();
    return text;
  }

  SearchHit hit(std::int64_t row, std::string words) {
    Statement& facts = once(
        x_facts,
        "SELECT r.name, r.kind, r.heading, r.number, r.item, r.annex, r.line, r.end_line, d.symbol, d.title,"
        " iif(d.body = '', d.organization, d.body), d.date, d.xml, d.source FROM record r JOIN report d ON d.id = (r.id >> 24) WHERE r.id = ?");
    SearchHit hit;
    if (!facts.bind(1, row).step()) return hit;
    std::string* const texts[] = {&hit.id, &hit.kind, &hit.heading, &hit.number, &hit.agenda_item, &hit.annex};
    for (int i = 0; i < 6; ++i) *texts[i] = facts.text(i);
    hit.line = static_cast<std::uint32_t>(facts.number(6));
    hit.end_line = static_cast<std::uint32_t>(facts.number(7));
    std::string* const of_report[] = {&hit.symbol, &hit.title, &hit.body, &hit.date, &hit.xml, &hit.source};
    for (int i = 0; i < 6; ++i) *of_report[i] = facts.text(8 + i);
    facts.reset();
    std::replace(words.begin(), words.end(), '\n', ' ');
    hit.snippet = std::move(words);
    hit.citation = citation(hit);
    return hit;
  }

  static std::string citation(const SearchHit& hit) {
    std::string out = hit.symbol.empty() ? hit.title.empty() ? hit.source : hit.title : hit.symbol;
    const bool in_annex = !hit.annex.empty();
    if (in_annex) out += hit.annex == "-" ? ", annex" : ", annex " + hit.annex;
    if (hit.kind == "paragraph") out += ", paragraph " + hit.number;
    if (hit.kind == "section" && hit.agenda_item.empty() && !hit.heading.empty()) out += ", " + hit.heading;
    if (!hit.agenda_item.empty()) out += ", agenda item " + hit.agenda_item;
    return out;
  }

  search::Database& x_database;
  const SearchQuery& x_query;
  Filters x_filters;
  Where x_where;
  std::optional<Statement> x_facts, x_words;
  search::Ranking x_ranking;
};

}  // namespace

SearchFound SearchIndex::Impl::find(const SearchQuery& query, const std::string& expression) {
  return Asking(database, query, expression).all();
}

}  // namespace rapporteur
