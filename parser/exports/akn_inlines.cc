// Stage exports: Akoma Ntoso, what stands within a line.

#include <algorithm>

#include "exports/akn_writer.h"

namespace rapporteur {

namespace {

bool says_something(const Inlines& text) {
  return std::any_of(text.begin(), text.end(), [](const Inline& part) {
    const Text* words = part.as<Text>();
    return words == nullptr || !words->text.empty();
  });
}

}  // namespace

void AknWriter::line(const char* element, const Inlines& text, const char* cls) {
  if (!says_something(text)) return;
  x_xml.block(element).maybe("class", cls == nullptr ? "" : cls);
  inlines(text);
  x_xml.close();
}

void AknWriter::inlines(const Inlines& text) {
  for (const Inline& part : text) part.visit([this](const auto& value) { put(value); });
}

void AknWriter::put(const Styled& i) {
  switch (i.style) {
    case SpanStyle::strong: x_xml.run("b"); break;
    case SpanStyle::emph: x_xml.run("i"); break;
    case SpanStyle::sup: x_xml.run("sup"); break;
    case SpanStyle::sub: x_xml.run("sub"); break;
    case SpanStyle::code: x_xml.run("span").with("class", "code"); break;
    case SpanStyle::strike: x_xml.run("span").with("class", "strike"); break;
  }
  inlines(i.children);
  x_xml.close();
}

void AknWriter::put(const LineBreak&) {
  x_xml.run("eol");
  x_xml.close();
}

void AknWriter::put(const PageBreak&) {
  x_xml.run("eop");
  x_xml.close();
}

void AknWriter::put(const Link& i) {
  const std::string href = as_uri(i.href);
  const bool inside = href.starts_with('#');  // an anchor of the source: no id of this document
  if (href.empty() || (inside && !i.children.empty())) return inlines(i.children);
  if (inside) return x_xml.text(i.href);
  x_xml.run("a").with("href", href);
  if (i.children.empty()) x_xml.text(i.href);
  else inlines(i.children);
  x_xml.close();
}

void AknWriter::put(const DateText& i) {
  if (!is_day(i.when)) return inlines(i.children);
  x_xml.run("date").with("date", i.when);
  inlines(i.children);
  x_xml.close();
}

/// Where a reference leads; empty where nobody could follow it.
std::string AknWriter::address(const Ref& ref) const {
  if (const auto target = x_targets.find(std::string(ref.target)); target != x_targets.end()) return "#" + target->second;
  if (ref.type == RefType::document) return as_uri(ref.uri);
  if (ref.type == RefType::annex || ref.type == RefType::appendix)
    for (const Annex& annex : x_report.annexes)
      if (!ref.normalized.empty() && annex.n == ref.normalized) return "#" + x_ids.of(&annex);
  return {};
}

void AknWriter::put(const Ref& i) {
  const std::string href = address(i);
  if (href.empty()) return inlines(i.children);
  x_xml.run("ref").with("eId", x_ids.take(x_context, "ref", {})).with("href", href);
  if (i.status == RefStatus::unresolved) x_xml.with("status", "incomplete");
  inlines(i.children);
  x_xml.close();
}

/// The note itself where it is first pointed at, a pointer to it afterwards.
void AknWriter::put(const NoteRef& i) {
  const auto found = x_notes.find(i.target);
  if (found == x_notes.end()) {
    x_xml.run("sup").text(i.label);
    x_xml.close();
  } else if (x_told.insert(found->second).second) {
    note(*found->second);
  } else {
    x_xml.run("noteRef").with("href", "#" + x_targets.at(i.target)).maybe("marker", i.label);
    x_xml.close();
  }
}

void AknWriter::note(const Note& note) {
  const std::string& id = x_targets.at(note.id);
  x_xml.run("authorialNote").with("eId", id).maybe("marker", note.num.empty() ? note.n : note.num).with("placement", "bottom");
  if (note.children.empty()) x_xml.empty("p");
  flow(note.children, id);
  x_xml.close();
}

void AknWriter::put(const PersonText& i) {
  x_xml.run("person").with("refersTo", "#" + concept_id("TLCPerson", "person", words_of(i.children)));
  if (!i.role.empty()) x_xml.with("as", "#" + concept_id("TLCRole", "role", fold_blanks(i.role)));
  inlines(i.children);
  x_xml.close();
}

void AknWriter::put(const Change& i) {
  x_xml.run(i.inserted ? "ins" : "del");
  inlines(i.children);
  x_xml.close();
}

void AknWriter::party(const PartyName& party) {
  x_xml.run("organization").with("refersTo", "#" + concept_id("TLCOrganization", "organization", words_of(party.text)));
  inlines(party.text);
  x_xml.close();
}

void AknWriter::person(const Person& person) {
  x_xml.run("person").with("refersTo", "#" + concept_id("TLCPerson", "person", fold_blanks(person.name))).text(person.name);
  x_xml.close();
  if (!person.role.empty()) {
    x_xml.text(", ");
    x_xml.run("role").with("refersTo", "#" + concept_id("TLCRole", "role", fold_blanks(person.role))).text(person.role);
    x_xml.close();
  }
  if (!person.affiliation.empty()) x_xml.text(", " + person.affiliation);
}

}  // namespace rapporteur
