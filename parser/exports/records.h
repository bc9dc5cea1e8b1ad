// Stage exports: a report as records for search: one each for the document, its sections, annexes and paragraphs.
//
// Every feed of a search engine is made of these, so that a paragraph has the same id and the same words everywhere.
// schema/record.schema.json describes the JSON that `write_record` makes of one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "exports/facts.h"
#include "rapporteur/report.h"

namespace rapporteur {

/// A mention of an annex, of another document, or of a part of this one.
struct RecordReference {
  std::string_view type, status;  ///< as the XML names them
  std::string label;              ///< normalised: "III", "BS/SOM/R(2021)1", "14"
  std::string text;               ///< as printed
  std::string target;             ///< id of the record that is meant; empty where it is not in this report
  std::string uri;                ///< of a document elsewhere
};

enum class RecordKind : std::uint8_t { document, section, annex, paragraph };

struct SearchRecord {
  RecordKind kind = RecordKind::document;
  std::string id;              ///< at most 512 bytes: symbol or sha256:..., then # and the part (element_ids.h)
  std::string parent;          ///< id of the record that this one lies in; empty for the document
  std::string element;         ///< id of the element in our XML
  std::uint32_t order = 0;     ///< 0, 1, 2 ... in the order of the document
  std::string number_printed;  ///< "7.", "AGENDA ITEM 1:"
  std::string number;          ///< normalised: "7", "1.1", "III"
  std::int64_t number_integer = -1;  ///< -1 where the number is no integer
  std::string heading;         ///< its own; of a paragraph that of the section or annex it lies in
  std::string agenda_item;     ///< nearest one: "3", "2(a)"
  std::string agenda_heading;  ///< heading of that agenda item
  std::string annex;           ///< label of the annex that it lies in, "II"; "-" for the only annex that has none
  std::string text;            ///< lines parted by \n; no furniture, no table of contents, nothing of records below it
  std::vector<std::string> states;         ///< ISO 3166 codes
  std::vector<std::string> states_printed;
  std::vector<std::string> organizations;  ///< that took part, as printed
  std::vector<std::string> persons;        ///< as printed
  std::vector<RecordReference> references;
  std::vector<std::string> flags;          ///< "doubtful", "number-inferred", "unresolved-reference", codes of diagnostics
  float confidence = 1;
  Span span;
  std::uint32_t line = 0, end_line = 0;
};

struct SearchRecords {
  DocumentFacts facts;         ///< that all records share
  std::string document;        ///< id of the document's record
  std::string language;
  std::string_view report_type;
  std::string source_name, source_sha256, media_type;
  std::vector<SearchRecord> records;  ///< the document first, then in its order
};

SearchRecords search_records(const Report& report);

std::string_view name_of(RecordKind kind);

/// A confidence as every record writes it: "0.95", "1".
std::string share_of(float confidence);

/// Writes records of one report as JSON; what they share is written once and copied.
class RecordWriter {
 public:
  explicit RecordWriter(const SearchRecords& of);
  /// Appends one JSON object, no line end. Letters stand as UTF-8.
  void write(std::string& out, const SearchRecord& record) const;

 private:
  std::string x_shared;
};

/// All of them, a line each (NDJSON).
std::string records_ndjson(const Report& report);

}  // namespace rapporteur
