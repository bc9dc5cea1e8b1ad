// Stage search: the archive's own index, one SQLite file, for whoever has no search engine at hand.
//
//   auto index = rapporteur::SearchIndex::open("archive.db", rapporteur::SearchIndex::Access::write);
//   index->put("reports/a.xml", bytes);
//   index->commit();
//   auto found = index->search({.words = "budget \"working group\"", .year = 2021});
//
// What is found are the records of the export `records`, so ids and words are the same in every engine. The XML stays
// the archive: an index that is lost or out of date is made again from it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rapporteur/result.h"

namespace rapporteur {

/// What is asked. Letters' case and accents do not count. Empty members ask nothing.
struct SearchQuery {
  std::string words;   ///< words that must all occur; "a phrase", begin*, -without, one OR other
  std::string body;    ///< part of the name of the issuing organization or of the body that met
  std::string state;   ///< ISO 3166 code or name of a state that took part
  std::string symbol;  ///< of the document
  std::string item;    ///< agenda item: 3, 2(a)
  int year = 0;
  int limit = 20;      ///< at most so many hits, at most `most_hits`
};
inline constexpr int most_hits = 1000;

/// A record that was found.
struct SearchHit {
  std::string id, kind;              ///< as the export `records` has them
  std::string snippet;               ///< words around the match, the matching ones between \x02 and \x03
  std::string citation;              ///< "NC/R(2019)1, paragraph 17, agenda item 3"
  std::string heading;
  std::string symbol, title, body, date;
  std::string number, agenda_item, annex;
  std::string xml;                   ///< file that was put into the index
  std::string source;                ///< name of the document that it was made of
  std::uint32_t line = 0, end_line = 0;  ///< in the source
};

/// How many of the records found have a value: ("2021", 14).
using Facet = std::vector<std::pair<std::string, std::uint64_t>>;

struct SearchFound {
  std::uint64_t total = 0;  ///< records found, of which `hits` are the best
  bool more = false;        ///< there are more, and what is said is said of the ones put in last
  std::vector<SearchHit> hits;
  Facet years, bodies, states;  ///< the commonest first, at most ten
};

/// One JSON object, ASCII only: total, hits, facets; in snippets the match stands between \u0002 and \u0003.
std::string search_json(const SearchFound& found);

enum class PutOutcome : std::uint8_t { added, replaced, unchanged, same_as_another };

class SearchIndex {
 public:
  enum class Access : std::uint8_t { read, write };
  /// Opens, and for `write` creates, an index. Errors: S101 no such file, S102 no index, S103 of another version,
  /// S104 damaged, S105 locked by another program, S106 cannot be written.
  static Result<SearchIndex> open(const std::string& file, Access access);
  SearchIndex(SearchIndex&&) noexcept;
  SearchIndex& operator=(SearchIndex&&) noexcept;
  ~SearchIndex();  ///< what was not committed is as if it had not been asked for

  /// Puts a report in, in place of what `xml_file` held before. Nothing is read again where the bytes are those of last
  /// time. Errors: those of reading our XML (X2..), and S104-S106.
  Result<PutOutcome> put(const std::string& xml_file, std::string_view xml);
  /// The files whose reports are in the index.
  Result<std::vector<std::string>> files() const;
  /// Takes out what came of that file; true where there was something.
  Result<bool> remove(const std::string& xml_file);
  /// Makes everything so far last, whatever happens afterwards.
  Diagnostics commit();
  Result<std::uint64_t> record_count() const;

  /// The best records first; where more than 3,000 answer, the best of those put in last. At most 10,000 are
  /// counted. Errors: S201 nothing to look for, S202 a quotation mark is not closed, S203 OR or - without a word, S104-S105.
  Result<SearchFound> search(const SearchQuery& query) const;

 private:
  struct Impl;
  explicit SearchIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> x_impl;
};

}  // namespace rapporteur
