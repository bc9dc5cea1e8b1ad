// Stage exports: cutting a report into search records.

#include "exports/records.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "exports/element_ids.h"
#include "model/names.h"
#include "model/walk.h"
#include "text/labels.h"
#include "text/sha256.h"

namespace rapporteur {

namespace {

constexpr std::size_t longest_id = 512;   // bytes: what Elasticsearch and OpenSearch take
constexpr float doubt_below = 0.75f;      // as the counts of the pipeline do

/// What a record inherits from where it stands.
struct Around {
  std::size_t parent;
  std::string heading, agenda_item, agenda_heading, annex;
};

void add_new(std::vector<std::string>& to, std::string words) {
  if (!words.empty() && std::find(to.begin(), to.end(), words) == to.end()) to.push_back(std::move(words));
}

void add_line(std::string& text, std::string_view line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

/// Blanks and controls would end an id in some engine, # parts it, % begins an escape.
std::string id_of_symbol(std::string_view symbol) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : symbol) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > ' ' && c != '#' && c != '%' && byte != 0x7F) out += c;
    else ((out += '%') += digits[byte >> 4]) += digits[byte & 15];
  }
  return out;
}

/// An id that is too long keeps its beginning and gets a hash of the whole, so that it stays the same and its own.
std::string shortened(std::string id) {
  if (id.size() <= longest_id) return id;
  const std::string tail = "~" + sha256_hex(id).substr(0, 32);
  std::size_t end = longest_id - tail.size();
  while ((static_cast<unsigned char>(id[end]) & 0xC0) == 0x80) --end;
  return id.substr(0, end) + tail;
}

std::string document_id(const Report& report, const DocumentFacts& facts) {
  if (!facts.symbol.empty()) return id_of_symbol(facts.symbol);
  if (!report.source_info.sha256.empty()) return "sha256:" + report.source_info.sha256;
  return "name:" + id_of_symbol(report.source_info.name);
}

std::int64_t integer_of(std::string_view label, bool roman) {
  if (const auto value = value_of(label, LabelKind::number)) return *value;
  const bool may_be_a_letter = label.size() == 1 && label.find_first_of("IVX") == std::string_view::npos;
  if (const auto value = roman && !may_be_a_letter ? roman_value(label) : std::nullopt) return *value;
  return -1;
}

class Cutter {
 public:
  explicit Cutter(const Report& report) : x_report(report), x_ids(report) {}
  SearchRecords cut();

 private:
  SearchRecord& open(RecordKind kind, const void* element, const std::string& xml_id, const Provenance& at, const Around& around);
  void document();
  void section(const Section& section, const Around& around);
  void paragraph(const Paragraph& paragraph, const Around& around);
  void annex(const Annex& annex, const Around& around);

  void blocks(const Blocks& children, const Around& around);
  void put(const Section& block, const Around& around) { section(block, around); }
  void put(const Paragraph& block, const Around& around) { paragraph(block, around); }
  void put(const TextBlock& block, const Around& around) { line(block.text, around.parent); }
  void put(const List& block, const Around& around) { items(block.items, around); }
  void put(const Contents& block, const Around& around);
  void put(const Table& block, const Around& around);
  void put(const Participants& block, const Around& around);
  void put(const Quote& block, const Around& around) { blocks(block.children, around); }
  void put(const Verbatim& block, const Around& around) { add_line(x_out.records[around.parent].text, block.text); }
  void put(const Separator&, const Around&) {}
  void items(const std::vector<ListItem>& items, const Around& around);
  void member(const PartyName& party, std::size_t to);
  void member(const Person& person, std::size_t to);
  void member(const Delegation& delegation, std::size_t to);
  void member(const TextBlock& text, std::size_t to) { line(text.text, to); }

  void line(const Inlines& text, std::size_t to, std::string_view before = {});
  void mentions(const Inlines& text, std::size_t to);
  void note(const std::string& id, std::size_t to);
  void flags();
  std::size_t record_at(const Diagnostic& said) const;

  const Report& x_report;
  ElementIds x_ids;
  SearchRecords x_out;
  std::unordered_map<std::string, std::size_t> x_holder;  ///< id in the XML -> record that it lies in
  std::vector<std::string> x_told_notes;
};

SearchRecord& Cutter::open(RecordKind kind, const void* element, const std::string& xml_id, const Provenance& at, const Around& around) {
  SearchRecord record;
  record.kind = kind;
  record.id = shortened(x_out.document + "#" + x_ids.of(element));
  record.parent = x_out.records[around.parent].id;
  record.element = xml_id;
  record.order = static_cast<std::uint32_t>(x_out.records.size());
  record.heading = around.heading;
  record.agenda_item = around.agenda_item;
  record.agenda_heading = around.agenda_heading;
  record.annex = around.annex;
  record.confidence = at.confidence;
  record.span = at.span;
  record.line = at.line;
  record.end_line = std::max(at.line, at.end_line);
  if (!xml_id.empty()) x_holder.emplace(xml_id, x_out.records.size());
  if (at.confidence < doubt_below) record.flags.emplace_back("doubtful");
  x_out.records.push_back(std::move(record));
  return x_out.records.back();
}

void Cutter::document() {
  SearchRecord record;
  record.id = shortened(x_out.document);
  record.heading = x_out.facts.title;
  record.number = x_out.facts.symbol;
  record.number_printed = x_out.facts.symbol_printed;
  record.line = x_report.source_lines == 0 ? 0 : 1;
  record.end_line = x_report.source_lines;
  if (x_report.verdict == Verdict::review) record.flags.emplace_back("review");
  x_out.records.push_back(std::move(record));
  for (const HeaderField& field : x_report.header) mentions(field.text, 0);
}

void Cutter::section(const Section& section, const Around& around) {
  const std::size_t at = x_out.records.size();
  Around inside = around;
  inside.parent = at;
  inside.heading = words_of(section.heading);
  const bool item = section.type == SectionType::agendaItem || section.type == SectionType::subItem;
  if (!section.agenda_item.empty() || item) {
    inside.agenda_item = section.agenda_item.empty() ? section.n : section.agenda_item;
    inside.agenda_heading = inside.heading;
  }
  SearchRecord& record = open(RecordKind::section, &section, std::string(section.id), section.at, around);
  record.heading = inside.heading;
  record.agenda_item = inside.agenda_item;
  record.agenda_heading = inside.agenda_heading;
  record.number_printed = words_of(section.num);
  record.number = section.n;
  record.number_integer = integer_of(section.n, true);
  for (const Inlines* part : {&section.num, &section.heading, &section.mark}) mentions(*part, at);
  blocks(section.children, inside);
}

void Cutter::paragraph(const Paragraph& paragraph, const Around& around) {
  Around inside = around;
  inside.parent = x_out.records.size();
  SearchRecord& record = open(RecordKind::paragraph, &paragraph, paragraph.id, paragraph.at, around);
  record.number_printed = fold_blanks(paragraph.num);
  record.number = paragraph.n;
  record.number_integer = integer_of(paragraph.n, false);
  if (paragraph.number_inferred) record.flags.emplace_back("number-inferred");
  blocks(paragraph.children, inside);
}

void Cutter::annex(const Annex& annex, const Around& around) {
  if (annex.presence == Presence::included) {
    const std::size_t at = x_out.records.size();
    Around inside{at, words_of(annex.heading), {}, {}, annex.n.empty() ? "-" : annex.n};
    SearchRecord& record = open(RecordKind::annex, &annex, annex.id, annex.at, around);
    record.heading = inside.heading;
    record.annex = inside.annex;
    record.number_printed = words_of(annex.num);
    record.number = annex.n;
    record.number_integer = integer_of(annex.n, true);
    for (const Inlines* part : {&annex.num, &annex.heading}) mentions(*part, at);
    blocks(annex.children, inside);
    for (const Annex& inner : annex.annexes) this->annex(inner, inside);
  } else {
    for (const Annex& inner : annex.annexes) this->annex(inner, around);
  }
}

void Cutter::blocks(const Blocks& children, const Around& around) {
  for (const Block& child : children) child.visit([&](const auto& block) { put(block, around); });
}

void Cutter::put(const Contents& block, const Around& around) {
  if (block.type == ContentsType::tableOfContents) return;  // headings come again where they stand
  line(block.heading, around.parent);
  items(block.items, around);
}

void Cutter::put(const Table& block, const Around& around) {
  line(block.caption, around.parent);
  for (const Row& row : block.rows) {
    std::string words;
    for (const Cell& cell : row.cells) {
      if (&cell != &row.cells.front()) words += '\t';
      words += words_of(cell.text);
      mentions(cell.text, around.parent);
    }
    add_line(x_out.records[around.parent].text, words);
  }
}

void Cutter::put(const Participants& block, const Around& around) {
  for (const auto& one : block.members) std::visit([&](const auto& m) { member(m, around.parent); }, one);
}

void Cutter::items(const std::vector<ListItem>& items, const Around& around) {
  for (const ListItem& item : items) {
    const bool begins_with_words = !item.children.empty() && item.children.front().as<TextBlock>() != nullptr;
    if (!begins_with_words) add_line(x_out.records[around.parent].text, item.num);
    for (const Block& child : item.children) {
      const auto* text = child.as<TextBlock>();
      if (text != nullptr && &child == &item.children.front()) line(text->text, around.parent, item.num);
      else child.visit([&](const auto& block) { put(block, around); });
    }
  }
}

void Cutter::member(const PartyName& party, std::size_t to) {
  line(party.text, to);
  SearchRecord& record = x_out.records[to];
  const std::string words = words_of(party.text);
  if (party.kind == PartyKind::state) {
    add_new(record.states, party.code);
    add_new(record.states_printed, words);
  } else {
    add_new(record.organizations, words);
  }
}

void Cutter::member(const Person& person, std::size_t to) {
  std::string words = fold_blanks(person.name);
  for (const std::string* more : {&person.role, &person.affiliation})
    if (!more->empty()) words += ", " + fold_blanks(*more);
  add_line(x_out.records[to].text, words);
  add_new(x_out.records[to].persons, fold_blanks(person.name));
}

void Cutter::member(const Delegation& delegation, std::size_t to) {
  if (delegation.party) member(*delegation.party, to);
  for (const Person& person : delegation.persons) member(person, to);
}

void Cutter::line(const Inlines& text, std::size_t to, std::string_view before) {
  std::string words(before);
  const std::string own = words_of(text);
  if (!words.empty() && !own.empty()) words += ' ';
  add_line(x_out.records[to].text, words + own);
  mentions(text, to);
}

void Cutter::mentions(const Inlines& text, std::size_t to) {
  std::vector<std::string> notes;
  walk_inlines(text, [&](const auto& part) {
    using T = std::decay_t<decltype(part)>;
    if constexpr (std::is_same_v<T, Ref>) {
      SearchRecord& record = x_out.records[to];
      record.references.push_back({name_of(part.type), name_of(part.status), std::string(part.normalized), words_of(part.children), std::string(part.target), std::string(part.uri)});
      if (part.status == RefStatus::unresolved || part.status == RefStatus::ambiguous) add_new(record.flags, "unresolved-reference");
      if (!part.id.empty()) x_holder.emplace(part.id, to);
    } else if constexpr (std::is_same_v<T, PersonText>) {
      add_new(x_out.records[to].persons, words_of(part.children));
    } else if constexpr (std::is_same_v<T, NoteRef>) {
      notes.push_back(part.target);
    }
  });
  for (const std::string& id : notes) note(id, to);
}

/// A footnote is told where it is first pointed at.
void Cutter::note(const std::string& id, std::size_t to) {
  if (id.empty() || std::find(x_told_notes.begin(), x_told_notes.end(), id) != x_told_notes.end()) return;
  const auto found = std::find_if(x_report.notes.begin(), x_report.notes.end(), [&](const Note& n) { return n.id == id; });
  if (found == x_report.notes.end()) return;
  x_told_notes.push_back(id);
  add_line(x_out.records[to].text, found->num);
  blocks(found->children, {to, {}, {}, {}, {}});
}

std::size_t Cutter::record_at(const Diagnostic& said) const {
  if (const auto holder = x_holder.find(said.target); holder != x_holder.end()) return holder->second;
  std::size_t best = 0;
  for (std::size_t i = 1; i < x_out.records.size(); ++i) {
    const Span span = x_out.records[i].span;
    const bool inside = !said.span.empty() && span.begin <= said.span.begin && said.span.begin < span.end;
    if (inside && (best == 0 || span.size() <= x_out.records[best].span.size())) best = i;
  }
  return best;
}

/// Codes of what was said of each record; ids of the XML in references become ids of records.
void Cutter::flags() {
  for (const Diagnostic& said : x_report.diagnostics)
    if (said.severity != Severity::info) add_new(x_out.records[record_at(said)].flags, said.code);
  for (SearchRecord& record : x_out.records)
    for (RecordReference& reference : record.references) {
      const auto holder = x_holder.find(reference.target);
      reference.target = holder == x_holder.end() ? std::string() : x_out.records[holder->second].id;
    }
}

SearchRecords Cutter::cut() {
  x_out.facts = document_facts(x_report);
  x_out.document = document_id(x_report, x_out.facts);
  x_out.language = x_report.language;
  x_out.report_type = name_of(x_report.type);
  x_out.source_name = x_report.source_info.name;
  x_out.source_sha256 = x_report.source_info.sha256;
  x_out.media_type = x_report.source_info.media_type;
  document();
  blocks(x_report.body, {0, {}, {}, {}, {}});
  blocks(x_report.closing, {0, {}, {}, {}, {}});
  for (const Annex& one : x_report.annexes) annex(one, {0, {}, {}, {}, {}});
  for (const Note& one : x_report.notes) note(one.id, 0);
  flags();
  x_out.document = x_out.records.front().id;
  return std::move(x_out);
}

}  // namespace

SearchRecords search_records(const Report& report) { return Cutter(report).cut(); }

std::string_view name_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::document: return "document";
    case RecordKind::section: return "section";
    case RecordKind::annex: return "annex";
    case RecordKind::paragraph: return "paragraph";
  }
  return "";
}

}  // namespace rapporteur
