// Stage exports: input of omega's scriptindex, which goes with schema/search/xapian.script.
//
// Xapian knows nothing of accents, so every text with some comes a second time without them, to be indexed only.

#include "exports/feeds.h"
#include "text/plain_letters.h"

namespace rapporteur {

namespace {

void line(std::string& out, std::string_view name, std::string_view value) {
  (out += name) += '=';
  for (const char c : value) {
    if (c == '\r') continue;
    out += c;
    if (c == '\n') out += '=';
  }
  out += '\n';
}

bool ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) > 0x7F) return false;
  return true;
}

}  // namespace

std::string xapian_input(const Report& report) {
  const SearchRecords all = search_records(report);
  std::string out;
  for (const SearchRecord& record : all.records) {
    for (const FeedField& field : feed_fields(all, record)) line(out, field.name, field.value);
    if (record.kind == RecordKind::document) line(out, "documentSymbol", all.facts.symbol);
    for (const std::string* text : {&record.text, &record.heading, &record.agenda_heading})
      if (!ascii(*text)) line(out, "folded", plain_letters(*text));
    out += '\n';
  }
  return out;
}

/// A record of an id alone: scriptindex takes it out.
std::string xapian_deletion(const std::string& id) { return "id=" + id + "\n\n"; }

}  // namespace rapporteur
