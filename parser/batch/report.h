// Stage batch: what a run came to, for people and for programs: one row for each document.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "batch/journal.h"
#include "batch/tree.h"
#include "rapporteur/batch.h"

namespace rapporteur {

/// Why somebody should look at a document, and where.
struct RunReason {
  std::string code;    ///< of a diagnostic; empty for a reason of the report's own
  std::string text;
  std::uint32_t line = 0;
};

/// A document as a report of the run shows it.
struct RunRow {
  std::string name;
  std::string verdict;  ///< ok, review, invalid, failed
  std::string link;     ///< its output, seen from the report's folder and escaped as a URL; empty: there is none
  std::string symbol, grammar, language;
  std::uint64_t bytes = 0;
  Counts counts;
  std::vector<RunReason> reasons;
};

/// Documents that belong together: the same bytes, or versions of one symbol.
struct RunGroup {
  std::string what;  ///< the symbol, or the hash
  std::vector<std::string> names;
};

struct RunTotals {
  BatchProgress counts;
  std::vector<std::string> reasons;  ///< the most frequent ones, most frequent first
  std::vector<RunGroup> duplicates, versions;
};

RunRow row_of(const JournalEntry& entry, const std::string& link);
bool is_review(const JournalEntry& entry);

/// Writes piece by piece: a run has any number of rows.
using Writer = std::function<void(std::string_view)>;
using RowVisitor = std::function<void(const std::function<void(const RunRow&)>&)>;

void write_html_report(const RunTotals& totals, const RowVisitor& rows, const Writer& write);
void write_csv_report(const RowVisitor& rows, const Writer& write);
void write_json_report(const RunTotals& totals, const RowVisitor& rows, const Writer& write);

/// Writes the reports, each whole or not at all, and finds the five most frequent reasons. Errors: B604.
Diagnostics write_reports(const Journal& journal, const OutputTree& tree, const std::vector<std::string>& files,
                          const BatchProgress& counts, std::vector<std::string>& reasons);

}  // namespace rapporteur
