// Stage xml: reading. The mirror of walk.cc: each function here reads what the one of the same place there writes.

#include "xml/read.h"

#include <libxml/tree.h>

#include <charconv>
#include <unordered_map>

#include <fmt/format.h>

#include "xml/names.h"
#include "xml/parse.h"
#include "xml/sink.h"

namespace rapporteur {

namespace {

using namespace xml;  // NOLINT: the vocabulary

std::string_view view(const xmlChar* text) { return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text); }

std::string taken(xmlChar* text) {
  std::string out(view(text));
  xmlFree(text);
  return out;
}

std::string_view name_of(const xmlNode* node) { return view(node->name); }
std::string content(const xmlNode* node) { return taken(xmlNodeGetContent(node)); }

std::string attribute(const xmlNode* node, const char* name) {
  return taken(xmlGetNoNsProp(node, reinterpret_cast<const xmlChar*>(name)));
}

template <typename Number>
Number number(const xmlNode* node, const char* name, Number otherwise = 0) {
  const std::string text = attribute(node, name);
  std::from_chars(text.data(), text.data() + text.size(), otherwise);
  return otherwise;
}

xmlNode* next_element(xmlNode* node) {
  while (node != nullptr && node->type != XML_ELEMENT_NODE) node = node->next;
  return node;
}

/// The child elements of a node, for range-for.
struct Elements {
  struct Iterator {
    xmlNode* node;
    xmlNode* operator*() const { return node; }
    Iterator& operator++() {
      node = next_element(node->next);
      return *this;
    }
    bool operator!=(const Iterator& other) const { return node != other.node; }
  };
  explicit Elements(const xmlNode* parent) : first(next_element(parent->children)) {}
  Iterator begin() const { return {first}; }
  Iterator end() const { return {nullptr}; }
  xmlNode* first;
};

template <typename Enum, std::size_t N>
Enum one_of(const WordTable<N>& words, std::string_view text) {
  return meaning<Enum>(words, text).value_or(Enum{});
}

class Reader {
 public:
  Result<Report> read(const xmlNode* root);

 private:
  void strange(const xmlNode* node);
  Provenance place(const xmlNode* node);
  RuleIndex rule(std::string name);
  static Span span(const xmlNode* node);

  void meta(const xmlNode* node);
  void source(const xmlNode* node);
  void grammar(const xmlNode* node);
  void review(const xmlNode* node);
  Diagnostic diagnostic(const xmlNode* node);
  HeaderField field(const xmlNode* node);
  Annex annex(const xmlNode* node);
  Note note(const xmlNode* node);
  Fragment fragment(const xmlNode* node);

  void add_block(const xmlNode* node, Blocks& to);
  void add_inline(const xmlNode* node, Inlines& to);
  Inlines inlines(const xmlNode* node);
  TextBlock text_block(const xmlNode* node) { return {attribute(node, "id"), inlines(node), place(node)}; }
  Paragraph paragraph(const xmlNode* node);
  Section section(const xmlNode* node);
  Contents contents(const xmlNode* node);
  List list(const xmlNode* node);
  ListItem item(const xmlNode* node);
  Table table(const xmlNode* node);
  Row row(const xmlNode* node);
  Participants participants(const xmlNode* node);
  PartyName party(const xmlNode* node);
  Person person(const xmlNode* node);
  Delegation delegation(const xmlNode* node);
  Quote quote(const xmlNode* node);
  Ref ref(const xmlNode* node);
  PersonText person_text(const xmlNode* node);

  Report x_report;
  std::unordered_map<std::string, RuleIndex> x_rules;
  Diagnostics x_errors;
};

void Reader::strange(const xmlNode* node) {
  if (!x_errors.empty()) return;
  x_errors.push_back(xml_error("X206", fmt::format("<{}> is not known here, so the document cannot be read back", name_of(node)),
                               "only XML that this program wrote can be read; `rapporteur validate` says what is wrong with it",
                               static_cast<std::uint32_t>(xmlGetLineNo(node))));
}

RuleIndex Reader::rule(std::string name) {
  if (name.empty()) return no_rule;
  const auto [found, is_new] = x_rules.try_emplace(name, static_cast<RuleIndex>(x_report.rules.size()));
  if (is_new) x_report.rules.push_back({std::move(name), {}, {}, 0});
  return found->second;
}

Span Reader::span(const xmlNode* node) {
  const auto begin = number<std::uint32_t>(node, "offset");
  return {begin, begin + number<std::uint32_t>(node, "length")};
}

Provenance Reader::place(const xmlNode* node) {
  Provenance at;
  at.span = span(node);
  at.line = number<std::uint32_t>(node, "line");
  at.end_line = number<std::uint32_t>(node, "endLine", at.line);
  at.rule = rule(attribute(node, "rule"));
  at.confidence = number<float>(node, "confidence", 1);
  return at;
}

// == meta ==

void Reader::source(const xmlNode* node) {
  SourceInfo& info = x_report.source_info;
  info.name = attribute(node, "originalName");
  info.media_type = attribute(node, "mediaType");
  info.sha256 = attribute(node, "sha256");
  info.bytes = number<std::uint64_t>(node, "bytes");
  x_report.source_lines = number<std::uint32_t>(node, "lines");
  info.encoding = attribute(node, "encoding");
  info.encoding_certainty = number<double>(node, "encodingCertainty", 1);
  info.replaced_bytes = number<std::uint64_t>(node, "replacedBytes");
  info.converter = attribute(node, "converter");
  info.converter_version = attribute(node, "converterVersion");
  for (const xmlNode* child : Elements(node)) info.notes.push_back(content(child));
}

void Reader::grammar(const xmlNode* node) {
  x_report.grammar = {attribute(node, "id"), number<int>(node, "version"), attribute(node, "sha256"), attribute(node, "reason")};
}

void Reader::review(const xmlNode* node) {
  x_report.verdict = one_of<Verdict>(verdicts, attribute(node, "verdict"));
  for (const xmlNode* child : Elements(node)) x_report.review_reasons.push_back(content(child));
}

Diagnostic Reader::diagnostic(const xmlNode* node) {
  Diagnostic d;
  d.severity = one_of<Severity>(severities, attribute(node, "severity"));
  d.code = attribute(node, "code");
  d.target = attribute(node, "target");
  d.file = x_report.source_info.name;
  d.span = span(node);
  d.place = {number<std::uint32_t>(node, "line"), number<std::uint32_t>(node, "column")};
  for (const xmlNode* child : Elements(node)) (name_of(child) == "message" ? d.message : d.help) = content(child);
  return d;
}

void Reader::meta(const xmlNode* node) {
  for (const xmlNode* child : Elements(node)) {
    const std::string_view name = name_of(child);
    if (name == "source") source(child);
    else if (name == "generator") x_report.options = attribute(child, "options");
    else if (name == "grammar") grammar(child);
    else if (name == "review") review(child);
    else if (name == "diagnostics") for (const xmlNode* d : Elements(child)) x_report.diagnostics.push_back(diagnostic(d));
    else strange(child);
  }
}

HeaderField Reader::field(const xmlNode* node) {
  const auto kind = meaning<FieldKind>(field_kinds, name_of(node));
  if (!kind) strange(node);
  HeaderField f;
  f.kind = kind.value_or(FieldKind::headerLine);
  f.text = inlines(node);
  f.normalized = attribute(node, "normalized");
  f.when = attribute(node, f.kind == FieldKind::meetingDate ? "from" : "when");
  f.to = attribute(node, "to");
  f.role = attribute(node, "role");
  f.mode = one_of<VenueMode>(venue_modes, attribute(node, "mode"));
  f.at = place(node);
  return f;
}

// == blocks ==

void Reader::add_block(const xmlNode* node, Blocks& to) {
  const std::string_view name = name_of(node);
  if (name == "p") to.push_back({text_block(node)});
  else if (name == "paragraph") to.push_back({paragraph(node)});
  else if (name == "section") to.push_back({section(node)});
  else if (name == "contents") to.push_back({contents(node)});
  else if (name == "list") to.push_back({list(node)});
  else if (name == "table") to.push_back({table(node)});
  else if (name == "participants") to.push_back({participants(node)});
  else if (name == "quote") to.push_back({quote(node)});
  else if (name == "verbatim") to.push_back({Verbatim{attribute(node, "id"), content(node), place(node)}});
  else if (name == "separator") to.push_back({Separator{place(node), content(node)}});
  else strange(node);
}

Paragraph Reader::paragraph(const xmlNode* node) {
  Paragraph b;
  b.id = attribute(node, "id");
  b.n = attribute(node, "n");
  b.number_inferred = attribute(node, "numberInferred") == "true";
  b.at = place(node);
  for (const xmlNode* child : Elements(node)) {
    if (name_of(child) == "num") b.num = content(child);
    else add_block(child, b.children);
  }
  return b;
}

Section Reader::section(const xmlNode* node) {
  Section b;
  b.id = attribute(node, "id");
  b.type = one_of<SectionType>(section_types, attribute(node, "type"));
  b.n = attribute(node, "n");
  b.agenda_item = attribute(node, "agendaItem");
  b.at = place(node);
  for (const xmlNode* child : Elements(node)) {
    const std::string_view name = name_of(child);
    if (name == "num") b.num = inlines(child);
    else if (name == "heading") b.heading = inlines(child);
    else if (name == "mark") {
      b.mark_first = b.num.empty() && b.heading.empty();
      b.mark = inlines(child);
    } else add_block(child, b.children);
  }
  return b;
}

Contents Reader::contents(const xmlNode* node) {
  Contents b{attribute(node, "id"), one_of<ContentsType>(contents_types, attribute(node, "type")), {}, {}, place(node)};
  for (const xmlNode* child : Elements(node)) {
    if (name_of(child) == "heading") b.heading = inlines(child);
    else b.items.push_back(item(child));
  }
  return b;
}

List Reader::list(const xmlNode* node) {
  List b{attribute(node, "id"), one_of<ListType>(list_types, attribute(node, "type")), {}, place(node)};
  for (const xmlNode* child : Elements(node)) b.items.push_back(item(child));
  return b;
}

ListItem Reader::item(const xmlNode* node) {
  if (name_of(node) != "item") strange(node);
  ListItem b{attribute(node, "n"), {}, {}, place(node), attribute(node, "id")};
  for (const xmlNode* child : Elements(node)) {
    if (name_of(child) == "num") b.num = content(child);
    else add_block(child, b.children);
  }
  return b;
}

Table Reader::table(const xmlNode* node) {
  Table b{attribute(node, "id"), {}, {}, place(node)};
  for (const xmlNode* child : Elements(node)) {
    if (name_of(child) == "caption") b.caption = inlines(child);
    else b.rows.push_back(row(child));
  }
  return b;
}

Row Reader::row(const xmlNode* node) {
  if (name_of(node) != "row") strange(node);
  Row b{attribute(node, "role") == "head", {}, place(node)};
  for (const xmlNode* child : Elements(node))
    b.cells.push_back({inlines(child), number<std::uint16_t>(child, "colspan", 1), number<std::uint16_t>(child, "rowspan", 1)});
  return b;
}

Participants Reader::participants(const xmlNode* node) {
  Participants b{attribute(node, "id"), one_of<ParticipantsType>(participants_types, attribute(node, "type")), {}, place(node)};
  for (const xmlNode* child : Elements(node)) {
    const std::string_view name = name_of(child);
    if (name == "party") b.members.emplace_back(party(child));
    else if (name == "person") b.members.emplace_back(person(child));
    else if (name == "delegation") b.members.emplace_back(delegation(child));
    else if (name == "p") b.members.emplace_back(text_block(child));
    else strange(child);
  }
  return b;
}

PartyName Reader::party(const xmlNode* node) {
  return {one_of<PartyKind>(party_kinds, attribute(node, "kind")), attribute(node, "code"), attribute(node, "acronym"),
          inlines(node), place(node)};
}

Person Reader::person(const xmlNode* node) {
  Person b;
  b.at = place(node);
  for (const xmlNode* child : Elements(node)) {
    const std::string_view name = name_of(child);
    if (name == "role") b.role = content(child);
    else if (name == "affiliation") b.affiliation = content(child);
    else {
      b.name = content(child);
      b.honorific = attribute(child, "honorific");
      b.given = attribute(child, "given");
      b.family = attribute(child, "family");
    }
  }
  return b;
}

Delegation Reader::delegation(const xmlNode* node) {
  Delegation b;
  b.at = place(node);
  for (const xmlNode* child : Elements(node)) {
    if (name_of(child) == "party") b.party = party(child);
    else b.persons.push_back(person(child));
  }
  return b;
}

Quote Reader::quote(const xmlNode* node) {
  Quote b{attribute(node, "id"), {}, place(node)};
  for (const xmlNode* child : Elements(node)) add_block(child, b.children);
  return b;
}

// == inlines ==

Inlines Reader::inlines(const xmlNode* node) {
  Inlines out;
  for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
    if (child->type == XML_TEXT_NODE) out.push_back({Text{std::string(view(child->content))}});
    else if (child->type == XML_ELEMENT_NODE) add_inline(child, out);
  }
  return out;
}

void Reader::add_inline(const xmlNode* node, Inlines& to) {
  const std::string_view name = name_of(node);
  if (const auto style = meaning<SpanStyle>(span_styles, name)) to.push_back({Styled{*style, inlines(node)}});
  else if (name == "br") to.push_back({LineBreak{}});
  else if (name == "pb") to.push_back({PageBreak{attribute(node, "n")}});
  else if (name == "markup") to.push_back({Raw{attribute(node, "source")}});
  else if (name == "link") to.push_back({Link{attribute(node, "href"), inlines(node)}});
  else if (name == "date") to.push_back({DateText{attribute(node, "when"), attribute(node, "to"), inlines(node), place(node)}});
  else if (name == "ref") to.push_back({ref(node)});
  else if (name == "fnref") to.push_back({NoteRef{attribute(node, "target"), content(node)}});
  else if (name == "persName") to.push_back({person_text(node)});
  else if (name == "ins" || name == "del")
    to.push_back({Change{name == "ins", attribute(node, "author"), attribute(node, "date"), inlines(node)}});
  else strange(node);
}

Ref Reader::ref(const xmlNode* node) {
  Ref r{one_of<RefType>(ref_types, attribute(node, "type"))};
  r.status = one_of<RefStatus>(ref_statuses, attribute(node, "status"));
  r.normalized = attribute(node, "normalized");
  r.printed_label = attribute(node, "label");
  r.target = attribute(node, "target");
  r.uri = attribute(node, "uri");
  r.id = attribute(node, "id");
  r.children = inlines(node);
  r.at = place(node);
  return r;
}

PersonText Reader::person_text(const xmlNode* node) {
  return {attribute(node, "honorific"), attribute(node, "given"), attribute(node, "family"), attribute(node, "role"), inlines(node), place(node)};
}

// == end matter ==

Annex Reader::annex(const xmlNode* node) {
  Annex a;
  a.id = attribute(node, "id");
  a.word = one_of<AnnexWord>(annex_words, attribute(node, "type"));
  a.n = attribute(node, "n");
  a.presence = one_of<Presence>(presences, attribute(node, "presence"));
  a.at = place(node);
  for (const xmlNode* child : Elements(node)) {
    const std::string_view name = name_of(child);
    if (name == "num") a.num = inlines(child);
    else if (name == "heading") a.heading = inlines(child);
    else if (name == "annex") a.annexes.push_back(annex(child));
    else add_block(child, a.children);
  }
  return a;
}

Note Reader::note(const xmlNode* node) {
  Note n{attribute(node, "id"), attribute(node, "n"), {}, {}, place(node)};
  for (const xmlNode* child : Elements(node)) {
    if (name_of(child) == "num") n.num = content(child);
    else add_block(child, n.children);
  }
  return n;
}

Fragment Reader::fragment(const xmlNode* node) {
  return {attribute(node, "id"), one_of<FurnitureKind>(furniture_kinds, attribute(node, "kind")), attribute(node, "after"),
          inlines(node), place(node)};
}

Result<Report> Reader::read(const xmlNode* root) {
  if (name_of(root) != "report" || root->ns == nullptr || view(root->ns->href) != report_namespace) strange(root);
  x_report.type = one_of<ReportType>(report_types, attribute(root, "type"));
  x_report.language = taken(xmlGetNsProp(root, reinterpret_cast<const xmlChar*>("lang"), XML_XML_NAMESPACE));
  for (const xmlNode* part : Elements(root)) {
    const std::string_view name = name_of(part);
    const Elements children(part);
    if (name == "meta") meta(part);
    else if (name == "header") {
      x_report.header_at = place(part);
      for (const xmlNode* child : children) x_report.header.push_back(field(child));
    } else if (name == "body") for (const xmlNode* child : children) add_block(child, x_report.body);
    else if (name == "closing") {
      x_report.closing_at = place(part);
      for (const xmlNode* child : children) add_block(child, x_report.closing);
    } else if (name == "annexes") for (const xmlNode* child : children) x_report.annexes.push_back(annex(child));
    else if (name == "notes") for (const xmlNode* child : children) x_report.notes.push_back(note(child));
    else if (name == "furniture") for (const xmlNode* child : children) x_report.furniture.push_back(fragment(child));
    else strange(part);
  }
  if (!x_errors.empty()) return x_errors;
  return std::move(x_report);
}

}  // namespace

Result<Report> read_xml(std::string_view bytes) {
  const NothingAllowed nothing;
  Reading reading;
  const ParserPtr parser = safe_parser(bytes, reading);
  if (parser == nullptr) return xml_error("X201", "this is not XML: the file is empty or too large", {}, 0);
  xmlParseDocument(parser.get());
  if (!reading.errors.empty()) return reading.errors;
  return Reader().read(xmlDocGetRootElement(parser->myDoc));
}

}  // namespace rapporteur
