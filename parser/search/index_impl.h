// Stage search: what an open index consists of; writing (search_index.cc) and asking (find.cc) share it.
#pragma once

#include <optional>
#include <string>

#include "exports/records.h"
#include "rapporteur/search.h"
#include "search/database.h"

namespace rapporteur {

struct SearchIndex::Impl {
  std::string file;
  search::Database database;
  bool changing = false;  ///< a transaction is open

  void begin();
  void erase(std::int64_t report);
  PutOutcome put(const std::string& xml_file, const std::string& hash, const SearchRecords& records);
  std::int64_t insert_report(const std::string& xml_file, const std::string& hash, const SearchRecords& records);
  void insert_records(std::int64_t report, const SearchRecords& records);
  SearchFound find(const SearchQuery& query, const std::string& expression);
};

}  // namespace rapporteur
