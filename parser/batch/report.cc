// Stage batch: the report of a run, from the journal.

#include "batch/report.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>

#include <simdjson.h>
#include <unistd.h>

#include "batch/verdict.h"

namespace rapporteur {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_reasons = 5;
constexpr std::size_t most_groups = 1000;

std::string text_of(const simdjson::dom::object& object, const char* name) {
  std::string_view text;
  return object[name].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::uint32_t number_of(const simdjson::dom::object& object, const char* name) {
  std::uint64_t value = 0;
  return object[name].get(value) == simdjson::SUCCESS ? static_cast<std::uint32_t>(value) : 0;
}

Counts counts_of(const simdjson::dom::object& o) {
  return {number_of(o, "paragraphs"), number_of(o, "sections"), number_of(o, "agenda_items"), number_of(o, "annexes"),
          number_of(o, "annex_references"), number_of(o, "not_attached"), number_of(o, "furniture"), number_of(o, "doubtful")};
}

std::vector<RunReason> reasons_of(const simdjson::dom::object& record) {
  std::vector<RunReason> reasons;
  simdjson::dom::array list;
  if (record["said"].get(list) == simdjson::SUCCESS)
    for (const simdjson::dom::object said : list) reasons.push_back({text_of(said, "code"), text_of(said, "message"), number_of(said, "line")});
  if (record["reasons"].get(list) == simdjson::SUCCESS)
    for (const simdjson::dom::element reason : list)
      if (std::string_view text; reason.get(text) == simdjson::SUCCESS) reasons.push_back({"", std::string(text), 0});
  return reasons;
}

/// Reasons that differ in numbers and quoted words only are one reason.
std::string kind_of(const RunReason& reason) { return reason.code.empty() ? reason.text : reason.code; }

class ReasonTable {
 public:
  void add(const RunRow& row) {
    if (row.verdict == "ok") return;
    std::vector<std::string> seen;
    for (const RunReason& reason : row.reasons) {
      const std::string kind = kind_of(reason);
      if (std::find(seen.begin(), seen.end(), kind) != seen.end()) continue;
      seen.push_back(kind);
      Entry& entry = x_entries[kind];
      if (entry.documents++ == 0) entry.example = reason, entry.first = row.name;
    }
  }

  std::vector<std::string> top() const {
    std::vector<const Entry*> sorted;
    for (const auto& [kind, entry] : x_entries) sorted.push_back(&entry);
    std::stable_sort(sorted.begin(), sorted.end(), [](const Entry* a, const Entry* b) { return a->documents > b->documents; });
    if (sorted.size() > most_reasons) sorted.resize(most_reasons);
    std::vector<std::string> words;
    for (const Entry* entry : sorted)
      words.push_back(std::to_string(entry->documents) + (entry->documents == 1 ? " document: " : " documents: ") + entry->example.code +
                      (entry->example.code.empty() ? "" : " ") + entry->example.text + (entry->documents == 1 ? " (" : " (first: ") + entry->first + ")");
    return words;
  }

 private:
  struct Entry {
    std::uint64_t documents = 0;
    RunReason example;
    std::string first;  // document that it was said of
  };
  std::map<std::string, Entry> x_entries;
};

std::vector<RunGroup> groups(const Journal& journal, const char* column, std::string JournalEntry::* what) {
  std::vector<RunGroup> found;
  journal.each_shared(column, [&](const JournalEntry& entry) {
    if (found.empty() || found.back().what != entry.*what) {
      if (found.size() >= most_groups) return;
      found.push_back({entry.*what, {}});
    }
    found.back().names.push_back(entry.path);
  });
  return found;
}

std::string url_escaped(const std::string& path) {
  std::string url;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || std::strchr("-._~/", c);
    if (plain && c != '\0') url += c;
    else (((url += '%') += "0123456789ABCDEF"[byte >> 4])) += "0123456789ABCDEF"[byte & 15];
  }
  return url;
}

/// A file that appears under its name only when all of it is there.
class WholeFile {
 public:
  explicit WholeFile(std::string path) : x_path(std::move(path)), x_temporary(x_path + ".part"), x_file(std::fopen(x_temporary.c_str(), "we")) {
    if (!x_file) x_error = errno;
  }
  void write(std::string_view text) {
    if (x_file && x_error == 0 && std::fwrite(text.data(), 1, text.size(), x_file) != text.size()) x_error = errno;
  }
  /// 0 or errno.
  int close() {
    if (x_file && std::fclose(x_file) != 0 && x_error == 0) x_error = errno;
    if (x_error == 0 && std::rename(x_temporary.c_str(), x_path.c_str()) != 0) x_error = errno;
    if (x_error != 0 && x_file) std::remove(x_temporary.c_str());
    return x_error;
  }

 private:
  std::string x_path, x_temporary;
  std::FILE* x_file;
  int x_error = 0;
};

int write_report(const Journal& journal, const OutputTree& tree, const std::string& file, const RunTotals& totals) {
  std::error_code error;
  const fs::path folder = fs::weakly_canonical(fs::absolute(file, error).parent_path(), error);
  const std::string up = fs::path(tree.folder()).lexically_relative(folder).string();
  WholeFile out(file);
  const Writer write = [&out](std::string_view text) { out.write(text); };
  const RowVisitor rows = [&](const std::function<void(const RunRow&)>& visit) {
    journal.each([&](const JournalEntry& entry) {
      const std::string output = entry.output.empty() ? "" : (up == "." ? "" : up + "/") + entry.output;
      visit(row_of(entry, file.ends_with(".html") ? url_escaped(output) : output));
    });
  };
  if (file.ends_with(".html")) write_html_report(totals, rows, write);
  else if (file.ends_with(".csv")) write_csv_report(rows, write);
  else write_json_report(totals, rows, write);
  return out.close();
}

}  // namespace

bool is_run_report(const std::string& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return true;  // a pipe or device: nothing that could be lost
  std::ifstream stream(file, std::ios::binary);
  std::string head(600, '\0');
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(stream.gcount()));
  return head.starts_with("name,verdict,symbol,") || head.starts_with("{\"documents\":") || (head.starts_with("<!DOCTYPE html>") && head.find("<title>Report of a run</title>") != std::string::npos);
}

bool is_review(const JournalEntry& entry) {
  return entry.outcome == Outcome::valid && entry.record.find("\"verdict\":\"review\"") != std::string::npos;
}

RunRow row_of(const JournalEntry& entry, const std::string& link) {
  RunRow row;
  row.name = entry.path;
  row.link = link;
  row.symbol = entry.symbol;
  row.verdict = entry.outcome != Outcome::valid ? std::string(outcome_name(entry.outcome)) : is_review(entry) ? "review" : "ok";
  simdjson::dom::parser parser;
  simdjson::dom::object record, counts;
  if (parser.parse(entry.record).get(record) != simdjson::SUCCESS) return row;
  row.grammar = text_of(record, "grammar");
  row.language = text_of(record, "language");
  row.bytes = number_of(record, "bytes");
  if (record["counts"].get(counts) == simdjson::SUCCESS) row.counts = counts_of(counts);
  row.reasons = reasons_of(record);
  return row;
}

Diagnostics write_reports(const Journal& journal, const OutputTree& tree, const std::vector<std::string>& files,
                          const BatchProgress& counts, std::vector<std::string>& reasons) {
  ReasonTable table;
  journal.each([&](const JournalEntry& entry) {
    if (entry.outcome != Outcome::valid || is_review(entry)) table.add(row_of(entry, ""));
  });
  reasons = table.top();
  if (files.empty()) return {};
  const RunTotals totals{counts, reasons, groups(journal, "sha256", &JournalEntry::sha256),
                         groups(journal, "base_symbol", &JournalEntry::base_symbol)};
  Diagnostics errors;
  for (const std::string& file : files)
    if (const int error = write_report(journal, tree, file, totals))
      errors.push_back(batch_error("B604", std::string("the report cannot be written: ") + std::strerror(error), "the documents are written; only this is missing", file));
  return errors;
}

}  // namespace rapporteur
