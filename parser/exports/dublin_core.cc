// Stage exports: Dublin Core.

#include "exports/dublin_core.h"

#include <algorithm>
#include <vector>

#include "exports/facts.h"
#include "exports/markup.h"
#include "model/walk.h"

namespace rapporteur {

namespace {

using Words = std::vector<std::string>;

void add_new(Words& to, std::string words) {
  if (!words.empty() && std::find(to.begin(), to.end(), words) == to.end()) to.push_back(std::move(words));
}

Words agenda(const Report& report) {
  Words items;
  walk(report.body, [&](const Section& section) {
    const bool item = section.type == SectionType::agendaItem || section.type == SectionType::subItem || !section.agenda_item.empty();
    if (item) add_new(items, words_of(section.heading));
  });
  return items;
}

Words documents_cited(const Report& report) {
  Words uris;
  walk_report(report, [&](const Inlines& run) {
    walk_inlines(run, [&](const Ref& ref) {
      if (ref.type == RefType::document) add_new(uris, std::string(ref.uri));
    });
  });
  return uris;
}

}  // namespace

std::string dublin_core(const Report& report) {
  const DocumentFacts facts = document_facts(report);
  const SourceInfo& source = report.source_info;
  std::string out = xml_declaration;
  Markup xml(out);
  xml.block("oai_dc:dc").with("xmlns:oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/").with("xmlns:dc", "http://purl.org/dc/elements/1.1/");
  xml.leaf("dc:title", facts.title);
  xml.leaf("dc:creator", facts.organization.empty() ? facts.body : facts.organization);
  if (!facts.organization.empty()) xml.leaf("dc:contributor", facts.body);
  for (const std::string& item : agenda(report)) xml.leaf("dc:subject", item);
  xml.leaf("dc:date", facts.date);
  xml.leaf("dc:type", "Text");
  if (facts.type_printed != facts.title) xml.leaf("dc:type", facts.type_printed);
  xml.leaf("dc:format", source.media_type);
  xml.leaf("dc:identifier", facts.symbol);
  if (!source.sha256.empty()) xml.leaf("dc:identifier", "urn:sha256:" + source.sha256);
  xml.leaf("dc:source", source.name);
  xml.leaf("dc:language", report.language);
  for (const std::string& uri : documents_cited(report)) xml.leaf("dc:relation", uri);
  xml.leaf("dc:coverage", facts.venue);
  if (!facts.meeting_from.empty())
    xml.leaf("dc:coverage", facts.meeting_to == facts.meeting_from ? facts.meeting_from : facts.meeting_from + "/" + facts.meeting_to);
  xml.close();
  return out += '\n';
}

}  // namespace rapporteur
