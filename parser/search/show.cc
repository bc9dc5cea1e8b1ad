// Stage search: what was found, as JSON for other programs.

#include "diagnostics/json_text.h"
#include "rapporteur/search.h"

namespace rapporteur {

namespace {

void member(std::string& out, const char* name, std::string_view value) {
  if (value.empty()) return;
  if (out.back() != '{') out += ',';
  ((out += '"') += name) += "\":";
  append_json_string(out, value);
}

void facet(std::string& out, const char* name, const Facet& facet) {
  if (out.back() != '{') out += ',';
  ((out += '"') += name) += "\":[";
  for (const auto& [value, count] : facet) {
    if (out.back() != '[') out += ',';
    out += "{";
    member(out, "value", value);
    out += ",\"count\":" + std::to_string(count) + "}";
  }
  out += ']';
}

void hit_json(std::string& out, const SearchHit& hit) {
  out += '{';
  member(out, "id", hit.id);
  member(out, "kind", hit.kind);
  member(out, "citation", hit.citation);
  member(out, "snippet", hit.snippet);
  member(out, "heading", hit.heading);
  member(out, "symbol", hit.symbol);
  member(out, "title", hit.title);
  member(out, "body", hit.body);
  member(out, "date", hit.date);
  member(out, "number", hit.number);
  member(out, "agendaItem", hit.agenda_item);
  member(out, "annex", hit.annex);
  member(out, "xml", hit.xml);
  member(out, "source", hit.source);
  if (hit.line != 0) out += ",\"line\":" + std::to_string(hit.line) + ",\"endLine\":" + std::to_string(hit.end_line);
  out += '}';
}

}  // namespace

std::string search_json(const SearchFound& found) {
  std::string out = "{\"total\":" + std::to_string(found.total) + (found.more ? ",\"more\":true" : "") + ",\"hits\":[";
  for (const SearchHit& hit : found.hits) {
    if (out.back() != '[') out += ',';
    hit_json(out, hit);
  }
  out += "],\"facets\":{";
  facet(out, "years", found.years);
  facet(out, "bodies", found.bodies);
  facet(out, "states", found.states);
  return out + "}}";
}

}  // namespace rapporteur
