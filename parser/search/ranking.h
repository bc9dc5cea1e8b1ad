// Stage search: which of the records found are the best.
//
// BM25 as FTS5 has it walks through every match of a word in the whole index to learn how rare the word is. Here that is
// judged among the candidates, whose number is bounded, so that a question of common words is as fast as any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "search/database.h"

namespace rapporteur::search {

/// Gives the connection the function `evidence(words)`, for use in a query with MATCH: what a row has of every phrase of
/// the question, packed for `Ranking`. Throws SqliteFailure.
void add_evidence(Database& database);

class Ranking {
 public:
  /// `evidence`: of that function.
  void add(std::int64_t row, std::string_view evidence);
  /// The rows of the best, best first; of equals the one that comes first.
  std::vector<std::int64_t> best(std::size_t count) const;

 private:
  std::vector<std::int64_t> x_rows;
  std::size_t x_phrases = 0;
  std::vector<float> x_numbers;  ///< of every row: its length in words, then how often each phrase occurs, weighted
};

}  // namespace rapporteur::search
