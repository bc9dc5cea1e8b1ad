// Stage search: BM25 among candidates.

#include "search/ranking.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

namespace rapporteur::search {

namespace {

/// Of the columns symbol, heading, text, item: a symbol found is nearly always what was meant, words of the text count more
/// than those of the heading above it.
constexpr std::array<float, 4> weights{5, 1, 2, 0};

/// The usual constants of BM25: how fast a word that comes again stops counting, how much a long text is held back.
constexpr double saturation = 1.2, length_share = 0.75;

void evidence(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result, int, sqlite3_value**) {
  std::vector<float> numbers(1 + static_cast<std::size_t>(api->xPhraseCount(context)));
  int words = 0, instances = 0;
  int code = api->xColumnSize(context, -1, &words);
  if (code == SQLITE_OK) code = api->xInstCount(context, &instances);
  numbers[0] = static_cast<float>(words);
  for (int i = 0; i < instances && code == SQLITE_OK; ++i) {
    int phrase = 0, column = 0, offset = 0;
    code = api->xInst(context, i, &phrase, &column, &offset);
    numbers[1 + static_cast<std::size_t>(phrase)] += weights.at(static_cast<std::size_t>(column));
  }
  if (code != SQLITE_OK) return sqlite3_result_error_code(result, code);
  sqlite3_result_blob(result, numbers.data(), static_cast<int>(numbers.size() * sizeof(float)), SQLITE_TRANSIENT);
}

}  // namespace

void add_evidence(Database& database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* made = nullptr;
  if (sqlite3_prepare_v2(database.get(), "SELECT fts5(?1)", -1, &made, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(made, 1, &api, "fts5_api_ptr", nullptr);
    sqlite3_step(made);
  }
  sqlite3_finalize(made);
  const int code = api == nullptr ? SQLITE_ERROR : api->xCreateFunction(api, "evidence", nullptr, evidence, nullptr);
  if (code != SQLITE_OK) throw SqliteFailure{code, "this SQLite has no FTS5"};
}

void Ranking::add(std::int64_t row, std::string_view evidence) {
  x_rows.push_back(row);
  const std::size_t count = evidence.size() / sizeof(float), at = x_numbers.size();
  x_phrases = count - 1;
  x_numbers.resize(at + count);
  std::memcpy(x_numbers.data() + at, evidence.data(), count * sizeof(float));
}

std::vector<std::int64_t> Ranking::best(std::size_t count) const {
  const std::size_t width = 1 + x_phrases;
  const auto candidates = static_cast<double>(x_rows.size());
  double words = 0;
  std::vector<double> rarity(width);
  for (std::size_t i = 0; i < x_numbers.size(); ++i)
    if (i % width == 0) words += x_numbers[i];
    else if (x_numbers[i] > 0) ++rarity[i % width];
  for (double& one : rarity) one = std::log(1 + (candidates - one + 0.5) / (one + 0.5));

  std::vector<double> scores(x_rows.size());
  for (std::size_t row = 0; row < x_rows.size(); ++row) {
    const float* const numbers = x_numbers.data() + row * width;
    const double held_back = saturation * (1 - length_share + length_share * numbers[0] * candidates / std::max(words, 1.0));
    for (std::size_t i = 1; i < width; ++i) scores[row] += rarity[i] * numbers[i] * (saturation + 1) / (numbers[i] + held_back);
  }
  std::vector<std::size_t> order(x_rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto better = [&](std::size_t a, std::size_t b) { return scores[a] != scores[b] ? scores[a] > scores[b] : x_rows[a] < x_rows[b]; };
  count = std::min(count, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(), better);
  std::vector<std::int64_t> rows(count);
  for (std::size_t i = 0; i < count; ++i) rows[i] = x_rows[order[i]];
  return rows;
}

}  // namespace rapporteur::search
