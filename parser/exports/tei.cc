// Stage exports: TEI P5.

#include "exports/tei.h"

#include <unordered_map>

#include "exports/element_ids.h"
#include "exports/facts.h"
#include "exports/markup.h"
#include "model/names.h"
#include "model/walk.h"

namespace rapporteur {

namespace {

class TeiWriter {
 public:
  TeiWriter(const Report& report, std::string& out) : x_report(report), x_xml(out), x_ids(report), x_facts(document_facts(report)) {
    walk_report(report, [this](const auto& node) {
      using T = std::decay_t<decltype(node)>;
      if constexpr (std::is_same_v<T, Section> || std::is_same_v<T, Paragraph> || std::is_same_v<T, Annex>)
        if (!node.id.empty()) x_targets.emplace(node.id, x_ids.of(&node));
    });
    for (const Note& note : report.notes)
      if (!note.id.empty()) x_targets.emplace(note.id, x_ids.take({}, "fn", note.n));
  }

  void write() {
    x_xml.block("TEI").with("xmlns", "http://www.tei-c.org/ns/1.0").maybe("xml:lang", x_report.language);
    header();
    x_xml.block("text");
    front();
    x_xml.block("body");
    division("report", {}, x_report.body);
    if (!x_report.closing.empty()) division("closing", {}, x_report.closing);
    x_xml.close();
    back();
    x_xml.close();
    x_xml.close();
  }

 private:
  void header();
  void front();
  void back();
  void annex(const Annex& annex);

  /// A div with a run of blocks, at least an empty paragraph.
  void division(std::string_view type, std::string_view id, const Blocks& children) {
    x_xml.block("div").with("type", type).maybe("xml:id", id);
    if (children.empty()) x_xml.empty("p");
    blocks(children);
    x_xml.close();
  }
  void blocks(const Blocks& children) {
    for (const Block& child : children) child.visit([this](const auto& b) { put(b); });
  }
  void line(const char* element, const Inlines& text, std::string_view type = {}) {
    if (text.empty()) return;
    x_xml.block(element).maybe("type", type);
    inlines(text);
    x_xml.close();
  }

  void put(const TextBlock& b) {
    x_xml.block("p");
    inlines(b.text);
    x_xml.close();
  }
  void put(const Paragraph& b);
  void put(const Section& b);
  void put(const Contents& b) {
    x_xml.block("div").with("type", name_of(b.type));
    line("head", b.heading);
    items(b.items, "ordered");
    x_xml.close();
  }
  void put(const List& b) { items(b.items, name_of(b.type)); }
  void put(const Table& b);
  void put(const Participants& b);
  void put(const Quote& b) {
    x_xml.block("quote");
    if (b.children.empty()) x_xml.empty("p");
    blocks(b.children);
    x_xml.close();
  }
  void put(const Verbatim& b) {
    x_xml.block("ab").with("type", "verbatim").with("xml:space", "preserve").text(b.text);
    x_xml.close();
  }
  void put(const Separator& b) {
    x_xml.block("ab").with("type", "separator").text(b.text);
    x_xml.close();
  }
  void items(const std::vector<ListItem>& all, std::string_view rend);
  void org(const PartyName& party);
  void person(const Person& person);

  void inlines(const Inlines& text) {
    for (const Inline& part : text) part.visit([this](const auto& i) { put_inline(i); });
  }
  void put_inline(const Text& i) { x_xml.text(i.text); }
  void put_inline(const Styled& i) { wrap(x_xml.run("hi").with("rend", name_of(i.style)), i.children); }
  void put_inline(const LineBreak&) { wrap(x_xml.run("lb"), {}); }
  void put_inline(const PageBreak& i) { wrap(x_xml.run("pb").maybe("n", i.n), {}); }
  void put_inline(const Raw&) {}
  void put_inline(const Link& i);
  void put_inline(const DateText& i);
  void put_inline(const Ref& i);
  void put_inline(const NoteRef& i);
  void put_inline(const PersonText& i) { wrap(x_xml.run("persName").maybe("role", slug(i.role)), i.children); }
  void put_inline(const Change& i) { wrap(x_xml.run(i.inserted ? "add" : "del"), i.children); }
  void wrap(Markup& open, const Inlines& children) {
    (void)open;
    inlines(children);
    x_xml.close();
  }

  const Report& x_report;
  Markup x_xml;
  ElementIds x_ids;
  DocumentFacts x_facts;
  std::unordered_map<std::string, std::string> x_targets;
};

void TeiWriter::header() {
  const SourceInfo& source = x_report.source_info;
  x_xml.block("teiHeader").block("fileDesc").block("titleStmt");
  x_xml.leaf("title", x_facts.title.empty() ? source.name.empty() ? "Report" : source.name : x_facts.title);
  x_xml.leaf("author", x_facts.organization.empty() ? x_facts.body : x_facts.organization);
  x_xml.close();
  x_xml.block("publicationStmt");
  x_xml.leaf("publisher", x_facts.organization.empty() ? "unknown" : x_facts.organization);
  if (!x_facts.symbol.empty()) {
    x_xml.block("idno").with("type", "symbol").text(x_facts.symbol);
    x_xml.close();
  }
  if (!x_facts.date.empty()) {
    x_xml.block("date").with("when", x_facts.date).text(x_facts.date);
    x_xml.close();
  }
  x_xml.close();
  x_xml.block("sourceDesc").block("bibl");
  x_xml.text(source.name.empty() ? "standard input" : source.name);
  x_xml.run("idno").with("type", "sha256").text(source.sha256);
  x_xml.close();
  x_xml.close();
  x_xml.close();
  x_xml.close();
  x_xml.block("encodingDesc").block("appInfo").block("application").with("ident", "rapporteur").with("version", RAPPORTEUR_VERSION);
  x_xml.leaf("label", "rapporteur, grammar " + x_report.grammar.id + " " + std::to_string(x_report.grammar.version));
  for (int i = 0; i < 4; ++i) x_xml.close();
}

void TeiWriter::front() {
  if (x_report.header.empty()) return;
  x_xml.block("front").block("div").with("type", "header");
  for (const HeaderField& field : x_report.header) {
    x_xml.block("ab").with("type", name_of(field.kind));
    const bool dated = !field.when.empty();
    if (dated) {
      x_xml.run("date");
      if (field.to.empty() || field.to == field.when) x_xml.with("when", field.when);
      else x_xml.with("from", field.when).with("to", field.to);
    }
    inlines(field.text);
    if (dated) x_xml.close();
    x_xml.close();
  }
  x_xml.close();
  x_xml.close();
}

void TeiWriter::back() {
  bool any = !x_report.notes.empty();
  for (const Annex& one : x_report.annexes) any = any || one.presence == Presence::included;
  if (!any) return;
  x_xml.block("back");
  for (const Annex& one : x_report.annexes) annex(one);
  if (!x_report.notes.empty()) {
    x_xml.block("div").with("type", "notes");
    for (const Note& note : x_report.notes) {
      x_xml.block("note").maybe("xml:id", note.id.empty() ? std::string_view() : x_targets.at(note.id)).maybe("n", note.num);
      if (note.children.empty()) x_xml.empty("p");
      blocks(note.children);
      x_xml.close();
    }
    x_xml.close();
  }
  x_xml.close();
}

void TeiWriter::annex(const Annex& annex) {
  if (annex.presence != Presence::included) return;
  x_xml.block("div").with("type", name_of(annex.word)).with("xml:id", x_ids.of(&annex)).maybe("n", annex.n);
  line("head", annex.num, "label");
  line("head", annex.heading);
  if (annex.children.empty() && annex.annexes.empty()) x_xml.empty("p");
  blocks(annex.children);
  for (const Annex& inner : annex.annexes) this->annex(inner);
  x_xml.close();
}

void TeiWriter::put(const Section& b) {
  x_xml.block("div").with("type", b.type == SectionType::agendaItem ? "agenda_item" : name_of(b.type));
  x_xml.with("xml:id", x_ids.of(&b)).maybe("n", b.n);
  line("head", b.num, "label");
  line("head", b.heading);
  line("head", b.mark, "mark");
  if (b.children.empty()) x_xml.empty("p");
  blocks(b.children);
  x_xml.close();
}

/// A paragraph of nothing but text is a numbered p; one that holds more is a numbered div, because a p holds no p.
void TeiWriter::put(const Paragraph& b) {
  const bool simple = b.children.empty() || (b.children.size() == 1 && b.children[0].as<TextBlock>() != nullptr);
  x_xml.block(simple ? "p" : "div");
  if (!simple) x_xml.with("type", "paragraph");
  x_xml.with("xml:id", x_ids.of(&b)).maybe("n", b.n);
  if (!b.num.empty()) {
    if (simple) x_xml.run("label").text(b.num);
    else x_xml.block("head").with("type", "label").text(b.num);
    x_xml.close();
    if (simple) x_xml.text(" ");
  }
  if (simple && !b.children.empty()) inlines(b.children[0].as<TextBlock>()->text);
  if (!simple) blocks(b.children);
  x_xml.close();
}

void TeiWriter::items(const std::vector<ListItem>& all, std::string_view rend) {
  if (all.empty()) return;
  x_xml.block("list").with("rend", rend);
  for (const ListItem& item : all) {
    x_xml.block("item").maybe("n", item.num);
    if (item.children.empty()) x_xml.empty("p");
    blocks(item.children);
    x_xml.close();
  }
  x_xml.close();
}

void TeiWriter::put(const Table& b) {
  if (b.rows.empty()) return line("p", b.caption);
  x_xml.block("table");
  line("head", b.caption);
  for (const Row& row : b.rows) {
    x_xml.block("row");
    if (row.head) x_xml.with("role", "label");
    if (row.cells.empty()) x_xml.empty("cell");
    for (const Cell& cell : row.cells) {
      x_xml.block("cell");
      if (cell.colspan > 1) x_xml.number("cols", cell.colspan);
      if (cell.rowspan > 1) x_xml.number("rows", cell.rowspan);
      inlines(cell.text);
      x_xml.close();
    }
    x_xml.close();
  }
  x_xml.close();
}

void TeiWriter::org(const PartyName& party) {
  x_xml.block("listOrg").block("org").with("type", name_of(party.kind)).maybe("key", party.code.empty() ? party.acronym : party.code);
  x_xml.block("orgName");
  inlines(party.text);
  for (int i = 0; i < 3; ++i) x_xml.close();
}

void TeiWriter::person(const Person& person) {
  x_xml.block("listPerson").block("person");
  x_xml.leaf("persName", person.name);
  x_xml.leaf("occupation", person.role);
  x_xml.leaf("affiliation", person.affiliation);
  x_xml.close();
  x_xml.close();
}

void TeiWriter::put(const Participants& b) {
  x_xml.block("div").with("type", "participants").with("subtype", name_of(b.type));
  if (b.members.empty()) x_xml.empty("p");
  for (const auto& member : b.members) {
    if (const auto* party = std::get_if<PartyName>(&member)) org(*party);
    else if (const auto* one = std::get_if<Person>(&member)) person(*one);
    else if (const auto* text = std::get_if<TextBlock>(&member)) put(*text);
    else if (const auto* delegation = std::get_if<Delegation>(&member)) {
      if (delegation->party) org(*delegation->party);
      for (const Person& of_it : delegation->persons) person(of_it);
    }
  }
  x_xml.close();
}

void TeiWriter::put_inline(const Link& i) {
  const std::string target = as_uri(i.href);
  x_xml.run("ref").maybe("target", target.starts_with('#') ? std::string() : target);  // an anchor of the source is no id here
  if (i.children.empty()) x_xml.text(i.href);
  inlines(i.children);
  x_xml.close();
}

void TeiWriter::put_inline(const DateText& i) {
  x_xml.run("date");
  if (i.to.empty() || i.to == i.when) x_xml.maybe("when", i.when);
  else x_xml.maybe("from", i.when).with("to", i.to);
  inlines(i.children);
  x_xml.close();
}

void TeiWriter::put_inline(const Ref& i) {
  const auto found = x_targets.find(std::string(i.target));
  const bool absent = found != x_targets.end() && i.status != RefStatus::resolved;
  x_xml.run("ref").with("type", name_of(i.type)).with("subtype", name_of(i.status));
  if (found != x_targets.end() && !absent) x_xml.with("target", "#" + found->second);
  else x_xml.maybe("target", as_uri(i.uri));
  inlines(i.children);
  x_xml.close();
}

void TeiWriter::put_inline(const NoteRef& i) {
  const auto found = x_targets.find(i.target);
  x_xml.run("ref").with("type", "footnote");
  if (found != x_targets.end()) x_xml.with("target", "#" + found->second);
  x_xml.text(i.label);
  x_xml.close();
}

}  // namespace

std::string tei(const Report& report) {
  std::string out = xml_declaration;
  TeiWriter(report, out).write();
  return out += '\n';
}

}  // namespace rapporteur
