// Stage exports: Akoma Ntoso, the frame: metadata, preface, conclusions and annexes.

#include "exports/akn.h"

#include <algorithm>

#include "exports/akn_writer.h"
#include "model/names.h"
#include "model/walk.h"

namespace rapporteur {

namespace {

constexpr const char* akn_namespace = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
constexpr const char* own_namespace = "urn:x-rapporteur:report:1";
constexpr const char* no_date = "0001-01-01";  // the schema wants a full date; this one is nobody's
constexpr const char* process = "rapporteur";

/// A symbol as a part of an IRI: "NC/R(2019)1" -> "NC-R-2019-1".
std::string iri_part(std::string_view symbol) {
  std::string out;
  bool gap = false;
  for (const char c : symbol) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || (c & 0x80) != 0;
    if (kept && gap && !out.empty()) out += '-';
    gap = !kept;
    if (kept) out += c;
  }
  return as_uri(out);
}

bool needs_hierarchy(const Blocks& blocks) {
  return std::any_of(blocks.begin(), blocks.end(), [](const Block& block) {
    return block.as<Section>() != nullptr || block.as<Paragraph>() != nullptr;
  });
}

}  // namespace

AknWriter::AknWriter(const Report& report, std::string& out)
    : x_report(report), x_xml(out), x_ids(report), x_facts(document_facts(report)) {
  const bool dated = is_day(x_facts.date);
  x_date = dated ? x_facts.date : no_date;
  x_date_name = dated ? "documentDate" : "unknown";
  const std::string issuer = !x_facts.organization.empty() ? x_facts.organization : !x_facts.body.empty() ? x_facts.body : "unknown";
  x_ids.name(process);
  x_author = concept_id("TLCOrganization", "organization", issuer);
  std::string number = iri_part(x_facts.symbol);
  if (number.empty()) number = "sha256-" + report.source_info.sha256.substr(0, 16);
  x_work = "/akn/un/debateReport/report/" + x_author + "/" + (x_facts.date.empty() ? "nn" : as_uri(x_facts.date)) + "/" + number;
  x_expression = x_work + "/" + std::string(language_code(report.language)) + "@" + (dated ? x_facts.date : "");
  name_notes_and_targets();
  gather_concepts();
}

void AknWriter::name_notes_and_targets() {
  const auto target = [this](const auto& element) {
    if (!element.id.empty()) x_targets.emplace(element.id, x_ids.of(&element));
  };
  walk_report(x_report, [&](const auto& node) {
    using T = std::decay_t<decltype(node)>;
    if constexpr (std::is_same_v<T, Section> || std::is_same_v<T, Paragraph> || std::is_same_v<T, Annex>) target(node);
  });
  for (const Note& note : x_report.notes) {
    if (note.id.empty()) continue;
    x_targets.emplace(note.id, x_ids.take({}, "fn", note.n));
    x_notes.emplace(note.id, &note);
  }
}

std::string AknWriter::concept_id(const char* element, const char* path, const std::string& name) {
  const auto [found, is_new] = x_concepts.try_emplace({element, name});
  if (is_new) {
    const std::string short_name = slug(name).substr(0, 64);
    found->second = {element, path, short_name.empty() ? x_ids.take({}, path, {}) : x_ids.name(short_name), name};
  }
  return found->second.id;
}

void AknWriter::gather_concepts() {
  concept_id("TLCRole", "role", "author");
  concept_id("TLCRole", "role", "editor");
  const auto person = [this](const PersonText& named) {
    concept_id("TLCPerson", "person", words_of(named.children));
    if (!named.role.empty()) concept_id("TLCRole", "role", fold_blanks(named.role));
  };
  walk_report(x_report, [&](const auto& node) {
    using T = std::decay_t<decltype(node)>;
    if constexpr (std::is_same_v<T, Inlines>) walk_inlines(node, person);
    if constexpr (std::is_same_v<T, PartyName>) concept_id("TLCOrganization", "organization", words_of(node.text));
    if constexpr (std::is_same_v<T, HeaderField>)
      if (node.kind == FieldKind::organization || node.kind == FieldKind::body) concept_id("TLCOrganization", "organization", words_of(node.text));
    if constexpr (std::is_same_v<T, HeaderField>)
      if (node.kind == FieldKind::venue) {
        concept_id("TLCEvent", "event", "meeting");
        concept_id("TLCLocation", "location", words_of(node.text));
      }
    if constexpr (std::is_same_v<T, Person>) {
      concept_id("TLCPerson", "person", fold_blanks(node.name));
      if (!node.role.empty()) concept_id("TLCRole", "role", fold_blanks(node.role));
    }
  });
}

// == metadata ==

void AknWriter::frbr(const char* level, const std::string& iri, std::string_view component, std::string_view suffix) {
  x_xml.block(level);
  x_xml.empty("FRBRthis").with("value", iri + "/!" + std::string(component) + std::string(suffix));
  x_xml.empty("FRBRuri").with("value", iri + (suffix.empty() ? "" : "/" + std::string(suffix)));
  const bool work = iri == x_work;
  if (work && component == "main" && !x_facts.symbol.empty()) x_xml.empty("FRBRalias").with("value", x_facts.symbol_printed).with("name", "symbol");
  x_xml.empty("FRBRdate").with("date", x_date).with("name", x_date_name);
  if (suffix.empty()) x_xml.empty("FRBRauthor").with("href", "#" + x_author).with("as", "#" + concept_id("TLCRole", "role", "author"));
  else x_xml.empty("FRBRauthor").with("href", std::string("#") + process).with("as", "#" + concept_id("TLCRole", "role", "editor"));
}

void AknWriter::work_properties() {
  x_xml.empty("FRBRcountry").with("value", "un");
  x_xml.empty("FRBRsubtype").with("value", "report");
  if (!x_facts.symbol.empty()) x_xml.empty("FRBRnumber").with("value", iri_part(x_facts.symbol)).with("showAs", x_facts.symbol_printed);
  x_xml.empty("FRBRname").with("value", "meetingReport");
}

void AknWriter::identification(std::string_view component) {
  x_xml.block("identification").with("source", std::string("#") + process);
  frbr("FRBRWork", x_work, component, {});
  work_properties();
  x_xml.close();
  frbr("FRBRExpression", x_expression, component, {});
  x_xml.empty("FRBRlanguage").with("language", language_code(x_report.language));
  x_xml.close();
  frbr("FRBRManifestation", x_expression, component, ".xml");
  if (component == "main") preservation();
  x_xml.empty("FRBRformat").with("value", "application/akn+xml");
  x_xml.close();
  x_xml.close();
}

void AknWriter::preservation() {
  const SourceInfo& source = x_report.source_info;
  x_xml.block("preservation");
  x_xml.empty("rpt:source").maybe("originalName", source.name).maybe("mediaType", source.media_type).maybe("sha256", source.sha256);
  x_xml.number("bytes", source.bytes).maybe("encoding", source.encoding).maybe("converter", source.converter);
  x_xml.maybe("converterVersion", source.converter_version);
  if (x_report.source_lines != 0) x_xml.number("lines", x_report.source_lines);
  x_xml.empty("rpt:generator").with("name", process).with("version", RAPPORTEUR_VERSION).maybe("options", x_report.options);
  x_xml.empty("rpt:grammar").with("id", x_report.grammar.id).with("version", std::to_string(x_report.grammar.version));
  x_xml.maybe("sha256", x_report.grammar.sha256).maybe("reason", x_report.grammar.reason);
  x_xml.empty("rpt:review").with("verdict", name_of(x_report.verdict));
  x_xml.close();
}

void AknWriter::references() {
  x_xml.block("references").with("source", std::string("#") + process);
  x_xml.empty("original").with("eId", x_ids.name("original")).with("href", x_expression).with("showAs", "Original");
  const auto reference = [this](const char* element, const std::string& path, const std::string& id, std::string_view name) {
    x_xml.empty(element).with("eId", id).with("href", "/akn/ontology/" + path + "/un/" + as_uri(id)).with("showAs", name);
  };
  reference("TLCProcess", "process", process, std::string("rapporteur ") + RAPPORTEUR_VERSION);
  for (const auto& [key, one] : x_concepts) reference(one.element, one.path, one.id, one.name);
  x_xml.close();
}

void AknWriter::proprietary() {
  if (x_report.furniture.empty() && x_report.diagnostics.empty() && x_report.review_reasons.empty()) return;
  const auto eid = [this](const std::string& id) {
    const auto found = x_targets.find(id);
    return found == x_targets.end() ? std::string() : found->second;
  };
  x_xml.block("proprietary").with("source", std::string("#") + process);
  for (const Fragment& fragment : x_report.furniture) {
    x_xml.block("rpt:furniture").with("kind", name_of(fragment.kind)).maybe("after", eid(fragment.after));
    if (fragment.at.line != 0) x_xml.number("line", fragment.at.line);
    if (!fragment.at.span.empty()) x_xml.number("offset", fragment.at.span.begin).number("length", fragment.at.span.size());
    x_xml.text(plain_text(fragment.text));
    x_xml.close();
  }
  for (const Diagnostic& said : x_report.diagnostics) {
    x_xml.block("rpt:diagnostic").with("severity", severity_name(said.severity)).with("code", said.code).maybe("target", eid(said.target));
    if (said.place.line != 0) x_xml.number("line", said.place.line);
    x_xml.text(said.message);
    x_xml.close();
  }
  for (const std::string& reason : x_report.review_reasons) x_xml.leaf("rpt:reason", reason);
  x_xml.close();
}

void AknWriter::meta() {
  x_xml.block("meta");
  identification("main");
  references();
  proprietary();
  x_xml.close();
}

// == preface ==

void AknWriter::preface() {
  if (x_report.header.empty()) return;
  x_xml.block("preface");
  for (const HeaderField& one : x_report.header) {
    x_xml.block("p");
    field(one);
    x_xml.close();
  }
  x_xml.close();
}

void AknWriter::field(const HeaderField& field) {
  const auto as = [&](const char* element) {
    x_xml.run(element);
    inlines(field.text);
    x_xml.close();
  };
  const auto party = [&](const char* element) {
    x_xml.run(element).with("refersTo", "#" + concept_id("TLCOrganization", "organization", words_of(field.text)));
    inlines(field.text);
    x_xml.close();
  };
  const auto dated = [&](const char* element) {
    if (!is_day(field.when)) return inlines(field.text);
    x_xml.run(element).with("date", field.when);
    inlines(field.text);
    x_xml.close();
  };
  switch (field.kind) {
    case FieldKind::organization: return party("docAuthority");
    case FieldKind::body: return party("docCommittee");
    case FieldKind::docNumber: return as("docNumber");
    case FieldKind::docType: return as("docType");
    case FieldKind::docTitle: return as("docTitle");
    case FieldKind::docDate: return dated("docDate");
    case FieldKind::session: return as("session");
    case FieldKind::venue:
      x_xml.run("event").with("refersTo", "#" + concept_id("TLCEvent", "event", "meeting"));
      x_xml.run("location").with("refersTo", "#" + concept_id("TLCLocation", "location", words_of(field.text)));
      inlines(field.text);
      x_xml.close();
      return x_xml.close();
    case FieldKind::meetingDate: return dated("date");
    case FieldKind::distribution: return as("docStatus");
    case FieldKind::headerLine: return inlines(field.text);
  }
}

// == the rest ==

void AknWriter::conclusions() {
  std::vector<const Note*> untold;
  for (const Note& note : x_report.notes)
    if (!note.id.empty() && x_told.insert(&note).second) untold.push_back(&note);
  const bool own = !x_report.closing.empty() && !needs_hierarchy(x_report.closing);
  if (!own && untold.empty()) return;
  x_xml.block("conclusions");
  if (own) {
    x_xml.block("container").with("eId", x_ids.take({}, "container", {})).with("name", "closing");
    flow(x_report.closing, {});
    x_xml.close();
  }
  for (const Note* one : untold) {
    x_xml.block("p");
    note(*one);
    x_xml.close();
  }
  x_xml.close();
}

std::string AknWriter::component(const Annex& annex) const {
  return "annex_" + as_uri(x_ids.of(&annex).substr(4));  // after "att_"
}

void AknWriter::attachments(const std::vector<Annex>& annexes) {
  if (annexes.empty()) return;
  const std::string outer = x_context;
  x_xml.block("attachments");
  for (const Annex& one : annexes) annex(one);
  x_xml.close();
  x_context = outer;
}

void AknWriter::annex(const Annex& annex) {
  const std::string& id = x_ids.of(&annex);
  const bool here = annex.presence == Presence::included;
  x_context = id;
  x_xml.block("attachment").with("eId", id);
  if (!here) x_xml.with("status", "incomplete");
  place(annex.at);
  line("heading", annex.num);
  line(annex.num.empty() ? "heading" : "subheading", annex.heading);
  if (here) {
    x_xml.block("doc").with("name", name_of(annex.word)).block("meta");
    identification(component(annex));
    x_xml.close();
    main_body(annex.children, {});
    attachments(annex.annexes);
    x_xml.close();
  } else {
    const std::string name = std::string(name_of(annex.word)) + (annex.n.empty() ? "" : " " + annex.n);
    x_xml.empty("documentRef").with("eId", x_ids.take(id, "ref", {})).with("href", x_work + "/!" + component(annex));
    x_xml.with("showAs", name + ", not in the source");
  }
  x_xml.close();
}

void AknWriter::root() {
  x_xml.block("akomaNtoso").with("xmlns", akn_namespace).with("xmlns:rpt", own_namespace);
  x_xml.block("debateReport").with("name", "meetingReport").with("contains", "originalVersion");
}

void AknWriter::write() {
  root();
  meta();
  preface();
  const Blocks none;  // conclusions cannot hold numbered paragraphs or sections: such a closing ends the body
  main_body(x_report.body, needs_hierarchy(x_report.closing) ? x_report.closing : none);
  conclusions();
  attachments(x_report.annexes);
  x_xml.close();
  x_xml.close();
}

std::string akoma_ntoso(const Report& report) {
  std::string out = xml_declaration;
  AknWriter(report, out).write();
  return out += '\n';
}

}  // namespace rapporteur
