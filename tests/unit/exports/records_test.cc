// Search records: their ids, what is in their text, and that every line is JSON as schema/record.schema.json says.

#include "exports/records.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "diagnostics/json_text.h"
#include "exports/element_ids.h"
#include "rapporteur/exports.h"
#include "unit/xml/every_element.h"
#include "xml/writer.h"

namespace rapporteur {
namespace {

Inlines say(std::string text) {
  Inlines out;
  out.push_back(Inline{Text{std::move(text)}});
  return out;
}

Block p(std::string text) { return Block{TextBlock{"", say(std::move(text)), {}}}; }

Block paragraph(std::string n, std::string text) {
  Paragraph out;
  out.id = "para" + n;
  out.n = n;
  out.num = n + ".";
  out.children.push_back(p(std::move(text)));
  return Block{std::move(out)};
}

Section item(std::string n, std::string heading) {
  Section out;
  out.id = "item" + n;
  out.type = SectionType::agendaItem;
  out.n = out.agenda_item = n;
  out.heading = say(std::move(heading));
  return out;
}

Report report(std::string symbol) {
  Report out;
  out.source_info.sha256 = std::string(64, 'a');
  HeaderField field;
  field.kind = FieldKind::docNumber;
  field.normalized = std::move(symbol);
  field.text = say(field.normalized);
  if (!field.normalized.empty()) out.header.push_back(field);
  return out;
}

std::vector<std::string> ids(const SearchRecords& all) {
  std::vector<std::string> out;
  for (const SearchRecord& record : all.records) out.push_back(record.id);
  return out;
}

TEST(Records, AreNamedBySymbolAndPrintedNumber) {
  Report r = report("NC/WG/R(2021)1");
  Section first = item("1", "Opening"), second = item("2", "Trade & <roads>");
  first.children.push_back(paragraph("1.1", "Opened."));
  second.children.push_back(paragraph("17", "Spoke."));
  second.children.push_back(paragraph("17", "Spoke again."));
  second.children.push_back(paragraph("17", "And again."));
  r.body.push_back(Block{first});
  r.body.push_back(Block{second});
  Annex annex;
  annex.n = "II";
  annex.children.push_back(paragraph("17", "In the annex."));
  r.annexes.push_back(annex);
  const SearchRecords all = search_records(r);
  const std::string base = "NC/WG/R(2021)1";
  EXPECT_EQ(ids(all), (std::vector<std::string>{base, base + "#sec_1", base + "#para_1-1", base + "#sec_2", base + "#para_17",
                                                base + "#sec_2__para_17", base + "#sec_2__para_17_2", base + "#att_II",
                                                base + "#att_II__para_17"}));
  EXPECT_EQ(all.records[4].parent, base + "#sec_2");
  EXPECT_EQ(all.records[4].agenda_item, "2");
  EXPECT_EQ(all.records[4].agenda_heading, "Trade & <roads>");
  EXPECT_EQ(all.records[4].number_integer, 17);
  EXPECT_EQ(all.records[2].number_integer, -1);
  EXPECT_EQ(all.records[8].annex, "II");
  EXPECT_EQ(all.records[7].number_integer, 2);
}

TEST(Records, WithoutASymbolAreNamedByTheHashOfTheSource) {
  EXPECT_EQ(search_records(report("")).records[0].id, "sha256:" + std::string(64, 'a'));
}

TEST(Records, SymbolsMayHoldAnything) {
  EXPECT_EQ(search_records(report("A/B&C[1] #2%\n")).records[0].id, "A/B&C[1]%20%232%25%0A");
}

TEST(Records, LongIdsAreCutAndStayTheirOwn) {
  std::string longer;
  for (int i = 0; i < 300; ++i) longer += "ж";
  Report a = report(longer), b = report(longer + "1");
  a.body.push_back(paragraph("7", "x"));
  const SearchRecords all = search_records(a);
  EXPECT_LE(all.records[0].id.size(), 512u);
  EXPECT_LE(all.records[1].id.size(), 512u);
  EXPECT_NE(all.records[0].id, all.records[1].id);
  EXPECT_NE(all.records[0].id, search_records(b).records[0].id);
  EXPECT_EQ(all.records[1].parent, all.records[0].id);
  EXPECT_EQ(all.document, all.records[0].id);
}

TEST(Records, TextHoldsItsOwnWordsAndNoOthers) {
  Report r = report("X/1");
  Paragraph seven = *paragraph("7", "The Meeting:").as<Paragraph>();
  List list{"", ListType::ordered, {}, {}};
  list.items.push_back({"a", "(a)", {p("thanked the Chair;"), p("rose;")}, {}, ""});
  list.items.push_back({"b", "(b)", {}, {}, ""});
  seven.children.push_back(Block{list});
  seven.children.push_back(paragraph("7.1", "inner"));
  TextBlock noted{"", say("See"), {}};
  noted.text.push_back(Inline{NoteRef{"note1", "1"}});
  seven.children.push_back(Block{noted});
  r.body.push_back(Block{seven});
  r.body.push_back(Block{Contents{"", ContentsType::tableOfContents, say("Contents"), {{"1", "1.", {p("Opening")}, {}, ""}}, {}}});
  r.body.push_back(p("An unnumbered line."));
  r.notes.push_back({"note1", "1", "1", {p("A footnote.")}, {}});
  r.furniture.push_back({"", FurnitureKind::footer, "", say("Page 1"), {}});
  const SearchRecords all = search_records(r);
  EXPECT_EQ(all.records[1].text, "The Meeting:\n(a) thanked the Chair;\nrose;\n(b)\nSee\n1\nA footnote.");
  EXPECT_EQ(all.records[2].text, "inner");
  EXPECT_EQ(all.records[2].parent, all.records[1].id);
  EXPECT_EQ(all.records[0].text, "An unnumbered line.");
}

TEST(Records, PartiesPersonsAndReferencesAreGathered) {
  const SearchRecords all = search_records(test::every_element());
  const SearchRecord& seven = all.records[1];
  EXPECT_EQ(seven.kind, RecordKind::paragraph);
  EXPECT_EQ(seven.states, std::vector<std::string>{"XA"});
  EXPECT_EQ(seven.states_printed, std::vector<std::string>{"Republic of Arvonia"});
  EXPECT_EQ(seven.persons, (std::vector<std::string>{"Ms. Ada QUILL", "Mr. Jan DOE"}));
  ASSERT_EQ(seven.references.size(), 2u);
  EXPECT_EQ(seven.references[0].target, all.document + "#att_I");
  EXPECT_EQ(seven.references[1].uri, "urn:doc:nc-r-2018-1");
  EXPECT_EQ(seven.flags, std::vector<std::string>{"A102"});
  EXPECT_EQ(all.facts.precision, "day");
  EXPECT_EQ(all.facts.year, 2019);
  EXPECT_EQ(all.facts.mode, "hybrid");
}

TEST(Records, EachLineIsJsonAndTheSameFromTheXml) {
  const Report r = test::every_element();
  const std::string lines = records_ndjson(r);
  const auto again = export_xml(*export_form("records"), write_xml(r));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, lines);
  std::size_t from = 0, count = 0;
  for (std::size_t end; (end = lines.find('\n', from)) != std::string::npos; from = end + 1, ++count) {
    const auto record = nlohmann::json::parse(lines.substr(from, end - from));
    EXPECT_EQ(record["symbol"], "NC/R(2019)1");
    EXPECT_EQ(record["order"], count);
  }
  EXPECT_EQ(from, lines.size());
  EXPECT_EQ(count, search_records(r).records.size());
}

TEST(Json, EscapesWhatJsonOrATerminalCannotHold) {
  std::string ascii, all;
  const std::string text = "a\"\\\n\x7F\u0085é\u202Eж\U0001F600";
  append_json_string(ascii, text);
  append_json_string(all, text, JsonLetters::all);
  EXPECT_EQ(ascii, "\"a\\\"\\\\\\n\\u007f\\u0085\\u00e9\\u202e\\u0436\\ud83d\\ude00\"");
  EXPECT_EQ(all, "\"a\\\"\\\\\\n\\u007f\\u0085é\\u202eж\U0001F600\"");
  EXPECT_EQ(nlohmann::json::parse(all).get<std::string>(), text);
}

}  // namespace
}  // namespace rapporteur
