// Stage xml: a Report as events, element by element as schema/report.rnc orders them.
//
// Text goes out as text, once and in order; attributes hold normalised forms. Attributes without a value are left out.

#include "xml/walk.h"

#include <algorithm>
#include <charconv>

#include "xml/names.h"

#ifndef RAPPORTEUR_VERSION
#error "the build defines RAPPORTEUR_VERSION"
#endif

namespace rapporteur::xml {

namespace {

constexpr Element element(const char* name, Layout layout) { return {name, layout}; }
constexpr Layout block = Layout::block, leaf = Layout::leaf, run = Layout::run;

template <typename... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <typename... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

class Walker {
 public:
  Walker(const Report& report, Sink& sink) : x_report(report), x_sink(sink) {}
  void walk_report();

 private:
  // Attributes
  void said(const char* name, std::string_view value) { x_sink.attribute(name, value); }
  void optional(const char* name, std::string_view value) {
    if (!value.empty()) x_sink.attribute(name, value);
  }
  void number(const char* name, std::uint64_t value);
  void share(const char* name, double value);
  void place(const Provenance& at);
  void open(const Element& e) { x_sink.open(e); }
  void close() { x_sink.close(); }
  void words(const Element& e, std::string_view text);  ///< an element that holds nothing but text, if there is any
  void line(const Element& e, const Inlines& text);     ///< an element of mixed content, if there is any

  // Parts
  void meta();
  void source();
  void grammar();
  void review();
  void diagnostic(const Diagnostic& d);
  void field(const HeaderField& f);
  void annex(const Annex& a);
  void note(const Note& n);
  void fragment(const Fragment& f);

  // Blocks
  void blocks(const Blocks& children) {
    for (const Block& child : children) std::visit([this](const auto& b) { this->put(b); }, child.value);
  }
  void put(const TextBlock& b);
  void put(const Paragraph& b);
  void put(const Section& b);
  void put(const Contents& b);
  void put(const List& b);
  void put(const Table& b);
  void put(const Participants& b);
  void put(const Quote& b);
  void put(const Verbatim& b);
  void put(const Separator& b);
  void put(const ListItem& item);
  void put(const Row& row);
  void put(const PartyName& party);
  void put(const Person& person);
  void put(const Delegation& delegation);

  // Inlines
  void inlines(const Inlines& children) {
    for (const Inline& child : children) std::visit([this](const auto& i) { this->put(i); }, child.value);
  }
  void put(const Text& i) { x_sink.text(i.text); }
  void put(const Styled& i);
  void put(const LineBreak& i);
  void put(const PageBreak& i);
  void put(const Raw& i);
  void put(const Link& i);
  void put(const DateText& i);
  void put(const Ref& i);
  void put(const NoteRef& i);
  void put(const PersonText& i);
  void put(const Change& i);

  const Report& x_report;
  Sink& x_sink;
};

void Walker::number(const char* name, std::uint64_t value) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  x_sink.attribute(name, {digits, static_cast<std::size_t>(end - digits)});
}

/// Hundredths; left out where it rounds to 1, which is what its absence says.
void Walker::share(const char* name, double value) {
  if (!(value < 0.995)) return;
  const int hundredths = value <= 0 ? 0 : static_cast<int>(value * 100 + 0.5);
  const char text[] = {'0', '.', static_cast<char>('0' + hundredths / 10), static_cast<char>('0' + hundredths % 10)};
  x_sink.attribute(name, {text, hundredths == 0 ? 1u : sizeof text});
}

void Walker::place(const Provenance& at) {
  if (!at.span.empty()) {
    x_sink.position("offset", at.span.begin);
    x_sink.position("length", at.span.size());
  }
  if (at.line != 0) x_sink.position("line", at.line);
  if (at.line != 0 && at.end_line > at.line) x_sink.position("endLine", at.end_line);
  if (at.rule < x_report.rules.size()) optional("rule", x_report.rules[at.rule].name);
  share("confidence", at.confidence);
}

void Walker::words(const Element& e, std::string_view text) {
  if (text.empty()) return;
  open(e);
  x_sink.text(text);
  close();
}

/// No letter and no element: text of no length does not count.
bool says_nothing(const Inlines& text) {
  return std::all_of(text.begin(), text.end(), [](const Inline& i) {
    const Text* words = std::get_if<Text>(&i.value);
    return words != nullptr && words->text.empty();
  });
}

void Walker::line(const Element& e, const Inlines& text) {
  if (says_nothing(text)) return;
  open(e);
  inlines(text);
  close();
}

// == meta ==

void Walker::source() {
  const SourceInfo& info = x_report.source_info;
  open(element("source", block));
  said("id", "s1");
  optional("originalName", info.name);
  optional("mediaType", info.media_type);
  optional("sha256", info.sha256);
  number("bytes", info.bytes);
  if (x_report.source_lines != 0) number("lines", x_report.source_lines);
  optional("encoding", info.encoding);
  share("encodingCertainty", info.encoding_certainty);
  if (info.replaced_bytes != 0) number("replacedBytes", info.replaced_bytes);
  optional("converter", info.converter);
  optional("converterVersion", info.converter_version);
  for (const std::string& note : info.notes) words(element("remark", leaf), note);
  close();
}

void Walker::grammar() {
  open(element("grammar", block));
  said("id", x_report.grammar.id);
  number("version", static_cast<std::uint64_t>(x_report.grammar.version < 0 ? 0 : x_report.grammar.version));
  optional("sha256", x_report.grammar.sha256);
  optional("reason", x_report.grammar.reason);
  close();
}

void Walker::review() {
  open(element("review", block));
  said("verdict", word(verdicts, x_report.verdict));
  for (const std::string& reason : x_report.review_reasons) words(element("reason", leaf), reason);
  close();
}

void Walker::diagnostic(const Diagnostic& d) {
  open(element("diagnostic", block));
  said("severity", word(severities, d.severity));
  said("code", d.code);
  optional("target", d.target);
  if (!d.span.empty()) {
    x_sink.position("offset", d.span.begin);
    x_sink.position("length", d.span.size());
  }
  if (d.place.line != 0) {
    x_sink.position("line", d.place.line);
    if (d.place.column != 0) number("column", d.place.column);
  }
  open(element("message", leaf));
  x_sink.text(d.message);
  close();
  words(element("remedy", leaf), d.help);
  close();
}

void Walker::meta() {
  open(element("meta", block));
  source();
  open(element("generator", block));
  said("name", "rapporteur");
  said("version", RAPPORTEUR_VERSION);
  optional("options", x_report.options);
  close();
  grammar();
  review();
  if (!x_report.diagnostics.empty()) {
    open(element("diagnostics", block));
    for (const Diagnostic& d : x_report.diagnostics) diagnostic(d);
    close();
  }
  close();
}

// == header ==

void Walker::field(const HeaderField& f) {
  open(element(word(field_kinds, f.kind), leaf));
  switch (f.kind) {
    case FieldKind::organization:
    case FieldKind::body:
      optional("role", f.role);
      optional("normalized", f.normalized);
      break;
    case FieldKind::docNumber:
    case FieldKind::session: optional("normalized", f.normalized); break;
    case FieldKind::docDate:
      optional("when", f.when);
      optional("normalized", f.normalized);
      break;
    case FieldKind::venue:
      optional("mode", word(venue_modes, f.mode));
      optional("normalized", f.normalized);
      break;
    case FieldKind::meetingDate:
      optional("from", f.when);
      optional("to", f.to);
      optional("normalized", f.normalized);
      break;
    case FieldKind::docType:
    case FieldKind::docTitle:
    case FieldKind::distribution:
    case FieldKind::headerLine: break;
  }
  place(f.at);
  inlines(f.text);
  close();
}

// == blocks ==

void Walker::put(const TextBlock& b) {
  open(element("p", leaf));
  optional("id", b.id);
  place(b.at);
  inlines(b.text);
  close();
}

void Walker::put(const Paragraph& b) {
  open(element("paragraph", block));
  optional("id", b.id);
  said("n", b.n);
  if (b.number_inferred) said("numberInferred", "true");
  place(b.at);
  words(element("num", leaf), b.num);
  blocks(b.children);
  close();
}

void Walker::put(const Section& b) {
  open(element("section", block));
  optional("id", b.id);
  said("type", word(section_types, b.type));
  optional("n", b.n);
  optional("agendaItem", b.agenda_item);
  place(b.at);
  if (b.mark_first) line(element("mark", leaf), b.mark);
  line(element("num", leaf), b.num);
  line(element("heading", leaf), b.heading);
  if (!b.mark_first) line(element("mark", leaf), b.mark);
  blocks(b.children);
  close();
}

void Walker::put(const Contents& b) {
  open(element("contents", block));
  optional("id", b.id);
  said("type", word(contents_types, b.type));
  place(b.at);
  line(element("heading", leaf), b.heading);
  for (const ListItem& item : b.items) put(item);
  close();
}

void Walker::put(const List& b) {
  open(element("list", block));
  optional("id", b.id);
  said("type", word(list_types, b.type));
  place(b.at);
  for (const ListItem& item : b.items) put(item);
  close();
}

void Walker::put(const ListItem& item) {
  open(element("item", block));
  optional("id", item.id);
  optional("n", item.n);
  place(item.at);
  words(element("num", leaf), item.num);
  blocks(item.children);
  close();
}

void Walker::put(const Table& b) {
  open(element("table", block));
  optional("id", b.id);
  place(b.at);
  line(element("caption", leaf), b.caption);
  for (const Row& row : b.rows) put(row);
  close();
}

void Walker::put(const Row& row) {
  open(element("row", block));
  if (row.head) said("role", "head");
  place(row.at);
  for (const Cell& cell : row.cells) {
    open(element("cell", leaf));
    if (cell.colspan > 1) number("colspan", cell.colspan);
    if (cell.rowspan > 1) number("rowspan", cell.rowspan);
    inlines(cell.text);
    close();
  }
  close();
}

void Walker::put(const Participants& b) {
  open(element("participants", block));
  optional("id", b.id);
  said("type", word(participants_types, b.type));
  place(b.at);
  for (const auto& member : b.members) std::visit([this](const auto& m) { this->put(m); }, member);
  close();
}

void Walker::put(const PartyName& party) {
  open(element("party", leaf));
  said("kind", word(party_kinds, party.kind));
  optional("code", party.code);
  optional("acronym", party.acronym);
  place(party.at);
  inlines(party.text);
  close();
}

void Walker::put(const Person& person) {
  open(element("person", block));
  place(person.at);
  open(element("name", leaf));
  optional("honorific", person.honorific);
  optional("given", person.given);
  optional("family", person.family);
  x_sink.text(person.name);
  close();
  words(element("role", leaf), person.role);
  words(element("affiliation", leaf), person.affiliation);
  close();
}

void Walker::put(const Delegation& delegation) {
  open(element("delegation", block));
  place(delegation.at);
  if (delegation.party) put(*delegation.party);
  for (const Person& person : delegation.persons) put(person);
  close();
}

void Walker::put(const Quote& b) {
  open(element("quote", block));
  optional("id", b.id);
  place(b.at);
  blocks(b.children);
  close();
}

void Walker::put(const Verbatim& b) {
  open(element("verbatim", leaf));
  optional("id", b.id);
  place(b.at);
  x_sink.text(b.text);
  close();
}

void Walker::put(const Separator& b) {
  open(element("separator", leaf));
  place(b.at);
  x_sink.text(b.text);
  close();
}

// == inlines ==

void Walker::put(const Styled& i) {
  open(element(word(span_styles, i.style), run));
  inlines(i.children);
  close();
}

void Walker::put(const LineBreak&) {
  open(element("br", run));
  close();
}

void Walker::put(const PageBreak& i) {
  open(element("pb", run));
  optional("n", i.n);
  close();
}

void Walker::put(const Raw& i) {
  open(element("markup", run));
  said("source", i.markup);
  close();
}

void Walker::put(const Link& i) {
  open(element("link", run));
  said("href", i.href);
  inlines(i.children);
  close();
}

void Walker::put(const DateText& i) {
  open(element("date", run));
  optional("when", i.when);
  optional("to", i.to);
  place(i.at);
  inlines(i.children);
  close();
}

void Walker::put(const Ref& i) {
  open(element("ref", run));
  optional("id", i.id);
  said("type", word(ref_types, i.type));
  said("status", word(ref_statuses, i.status));
  optional("normalized", i.normalized);
  optional("label", i.printed_label);
  optional("target", i.target);
  optional("uri", i.uri);
  place(i.at);
  inlines(i.children);
  close();
}

void Walker::put(const NoteRef& i) {
  open(element("fnref", run));
  optional("target", i.target);
  x_sink.text(i.label);
  close();
}

void Walker::put(const PersonText& i) {
  open(element("persName", run));
  optional("honorific", i.honorific);
  optional("given", i.given);
  optional("family", i.family);
  optional("role", i.role);
  place(i.at);
  inlines(i.children);
  close();
}

void Walker::put(const Change& i) {
  open(element(i.inserted ? "ins" : "del", run));
  optional("author", i.author);
  optional("date", i.date);
  inlines(i.children);
  close();
}

// == end matter ==

void Walker::annex(const Annex& a) {
  open(element("annex", block));
  optional("id", a.id);
  said("type", word(annex_words, a.word));
  optional("n", a.n);
  said("presence", word(presences, a.presence));
  place(a.at);
  line(element("num", leaf), a.num);
  line(element("heading", leaf), a.heading);
  blocks(a.children);
  for (const Annex& inner : a.annexes) annex(inner);
  close();
}

void Walker::note(const Note& n) {
  open(element("note", block));
  optional("id", n.id);
  optional("n", n.n);
  place(n.at);
  words(element("num", leaf), n.num);
  blocks(n.children);
  close();
}

void Walker::fragment(const Fragment& f) {
  open(element("fragment", leaf));
  optional("id", f.id);
  said("kind", word(furniture_kinds, f.kind));
  optional("after", f.after);
  place(f.at);
  inlines(f.text);
  close();
}

void Walker::walk_report() {
  const auto group = [this](const Element& e, const auto& parts, auto put_part) {
    if (parts.empty()) return;
    open(e);
    for (const auto& part : parts) (this->*put_part)(part);
    close();
  };
  open(element("report", block));
  said("schemaVersion", "1.0");
  said("type", word(report_types, x_report.type));
  optional("xml:lang", x_report.language);
  meta();
  open(element("header", block));
  place(x_report.header_at);
  for (const HeaderField& f : x_report.header) field(f);
  close();
  open(element("body", block));
  blocks(x_report.body);
  close();
  if (!x_report.closing.empty()) {
    open(element("closing", block));
    place(x_report.closing_at);
    blocks(x_report.closing);
    close();
  }
  group(element("annexes", block), x_report.annexes, &Walker::annex);
  group(element("notes", block), x_report.notes, &Walker::note);
  group(element("furniture", block), x_report.furniture, &Walker::fragment);
  close();
}

}  // namespace

void walk(const Report& report, Sink& sink) { Walker(report, sink).walk_report(); }

}  // namespace rapporteur::xml
