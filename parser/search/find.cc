// Stage search: asking.
//
// First the matches are counted by report, which needs nothing but their row numbers and gives the total and all facets;
// then the best are ranked and fetched.

#include <algorithm>
#include <unordered_map>

#include "search/index_impl.h"
#include "search/question.h"
#include "search/schema.h"
#include "text/plain_letters.h"

namespace rapporteur {

namespace {

using search::Statement;

/// Ranking takes about 1 us a match. Of a question that more records answer than this, the ones that were put in last
/// are ranked: words that stand everywhere tell no record from another anyway.
constexpr std::size_t most_ranked = 10000;

/// Conditions that choose reports, and the one that chooses records, as SQL with its values.
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

  /// Condition on the row numbers of `record` and `words`, beginning with AND.
  std::string sql(const char* row) const {
    std::string out;
    const std::string report = "(" + std::string(row) + " >> " + std::to_string(search::order_bits) + ")";
    if (!reports.empty()) out += " AND " + report + " IN (SELECT id FROM report WHERE " + reports + ")";
    if (!item.empty()) out += " AND +" + std::string(row) + " IN (SELECT id FROM record WHERE item = ?)";  // +: not a look-up in FTS5 for each
    return out;
  }

  /// Binds the values that `sql` wants, from `at` on; returns the next free place.
  int bind(Statement& to, int at) const {
    for (const std::string& value : values) to.bind(at++, value);
    if (!item.empty()) to.bind(at++, item);
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

/// Where to look: in the words or, where none are asked for, among the records themselves (documents alone, unless an
/// agenda item is asked for).
struct Where {
  std::string from, row;
  bool words;

  Where(const std::string& expression, const Filters& filters) : words(!expression.empty()) {
    row = words ? "rowid" : "id";
    from = words ? " FROM words WHERE words MATCH ?" : filters.item.empty() ? " FROM record WHERE kind = 'document'" : " FROM record WHERE 1";
    from += filters.sql(row.c_str());
  }
};

class Asking {
 public:
  Asking(search::Database& database, const SearchQuery& query, const std::string& expression)
      : x_database(database), x_query(query), x_expression(expression), x_filters(query), x_where(expression, x_filters) {}

  SearchFound all() {
    SearchFound found;
    count(found);
    hits(found);
    return found;
  }

 private:
  int bind(Statement& to) const {
    int at = 1;
    if (x_where.words) to.bind(at++, x_expression);
    return x_filters.bind(to, at);
  }

  void count(SearchFound& found) {
    std::vector<std::pair<std::int64_t, std::uint64_t>> reports;
    Statement rows = x_database.prepare("SELECT " + x_where.row + x_where.from + " ORDER BY " + x_where.row);
    bind(rows);
    while (rows.step()) {
      const std::int64_t row = rows.number(0), report = row >> search::order_bits;
      x_last[found.total % most_ranked] = row;
      if (reports.empty() || reports.back().first != report) reports.emplace_back(report, 0);
      ++reports.back().second;
      ++found.total;
    }
    if (x_where.words && found.total > most_ranked) x_from = x_last[found.total % most_ranked];
    facets(found, reports);
  }

  using Counts = std::unordered_map<std::string, std::uint64_t>;

  void facets(SearchFound& found, const std::vector<std::pair<std::int64_t, std::uint64_t>>& reports) {
    Counts years, bodies, states;
    Statement facts = x_database.prepare("SELECT year, iif(body = '', organization, body) FROM report WHERE id = ?");
    Statement named = x_database.prepare("SELECT printed FROM state WHERE report = ? AND printed <> ''");
    for (const auto& [report, matches] : reports) {
      if (facts.bind(1, report).step()) {
        if (facts.number(0) != 0) years[facts.text(0)] += matches;
        if (std::string body = facts.text(1); !body.empty()) bodies[std::move(body)] += matches;
      }
      facts.reset();
      named.bind(1, report);
      while (named.step()) states[named.text(0)] += matches;
      named.reset();
    }
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
    const char* order = x_where.words ? " AND rowid >= ? ORDER BY rank, rowid LIMIT ?" : " AND id >= ? ORDER BY id LIMIT ?";
    Statement best = x_database.prepare("SELECT " + x_where.row + x_where.from + order);
    const int at = bind(best);
    best.bind(at, x_from).bind(at + 1, std::int64_t{std::clamp(x_query.limit, 0, most_hits)});
    while (best.step()) found.hits.push_back(hit(best.number(0)));
  }

  SearchHit hit(std::int64_t row) {
    Statement facts = x_database.prepare(
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
    hit.snippet = snippet(row);
    hit.citation = citation(hit);
    return hit;
  }

  std::string snippet(std::int64_t row) {
    Statement cut = x_database.prepare(
        x_where.words ? "SELECT snippet(words, 2, char(2), char(3), '…', 32) FROM words WHERE words MATCH ?2 AND rowid = ?1"
                      : "SELECT substr(text, 1, 200) FROM words WHERE rowid = ?1");
    cut.bind(1, row);
    if (x_where.words) cut.bind(2, x_expression);
    std::string text = cut.step() ? cut.text(0) : std::string();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
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
  const std::string& x_expression;
  Filters x_filters;
  Where x_where;
  std::vector<std::int64_t> x_last = std::vector<std::int64_t>(most_ranked);  ///< rows of the last matches, a ring
  std::int64_t x_from = 0;  ///< first row that is ranked
};

}  // namespace

SearchFound SearchIndex::Impl::find(const SearchQuery& query, const std::string& expression) {
  return Asking(database, query, expression).all();
}

}  // namespace rapporteur
