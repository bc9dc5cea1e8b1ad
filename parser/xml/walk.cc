// Stage xml: a Report as events, element by element as schema/report.rnc orders them.
//
// Text goes out as text, once and in order; attributes hold normalised forms. Attributes without a value are left out.

#include "xml/walk.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "xml/byte_sink.h"
#include "xml/names.h"
#include "xml/proven_bytes.h"

#ifndef RAPPORTEUR_VERSION
#error "the build defines RAPPORTEUR_VERSION"
#endif

namespace rapporteur::xml {

namespace {

template <std::size_t N>
consteval std::array<Tag, N> tags_of(const WordTable<N>& names) {
  std::array<Tag, N> tags{};
  for (std::size_t i = 0; i < N; ++i) tags[i] = tag_named(names[i]);
  return tags;
}
constexpr auto field_tags = tags_of(field_kinds);
constexpr auto span_tags = tags_of(span_styles);

template <typename... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <typename... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

/// No letter and no element: text of no length does not count.
bool says_nothing(const Inlines& text) {
  return std::all_of(text.begin(), text.end(), [](const Inline& i) {
    const Text* words = i.as<Text>();
    return words != nullptr && words->text.empty();
  });
}

/// `To`: the sink. What it is may be known, so that each event is a few moves and not a call.
template <typename To>
class Walker {
 public:
  Walker(const Report& report, To& sink) : x_report(report), x_sink(sink) {}

  void walk_report() {
    const auto group = [this](Tag tag, const auto& parts, auto put_part) {
      if (parts.empty()) return;
      open(tag);
      for (const auto& part : parts) (this->*put_part)(part);
      close();
    };
    open(Tag::report);
    said(Attribute::schemaVersion, "1.0");
    said(Attribute::type, word(report_types, x_report.type));
    optional(Attribute::lang, x_report.language);
    meta();
    open(Tag::header);
    place(x_report.header_at);
    for (const HeaderField& f : x_report.header) field(f);
    close();
    open(Tag::body);
    blocks(x_report.body);
    close();
    if (!x_report.closing.empty()) {
      open(Tag::closing);
      place(x_report.closing_at);
      blocks(x_report.closing);
      close();
    }
    group(Tag::annexes, x_report.annexes, &Walker::annex);
    group(Tag::notes, x_report.notes, &Walker::note);
    group(Tag::furniture, x_report.furniture, &Walker::fragment);
    close();
  }

 private:
  const Report& x_report;
  To& x_sink;

  void said(Attribute attribute, std::string_view value) { x_sink.attribute(attribute, value); }
  void optional(Attribute attribute, std::string_view value) {
    if (!value.empty()) x_sink.attribute(attribute, value);
  }
  void open(Tag tag) { x_sink.open(tag); }
  void close() { x_sink.close(); }

  void number(Attribute attribute, std::uint64_t value) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    x_sink.figure(attribute, {digits, static_cast<std::size_t>(end - digits)});
  }

  /// Hundredths; left out where it rounds to 1, which is what its absence says (100).
  void share(Attribute attribute, double value) {
    if (const std::uint32_t part = hundredths(value); part != 100) x_sink.figure(attribute, Share(part));
  }
  static std::uint32_t hundredths(double value) {
    if (!(value < 0.995)) return 100;
    return value <= 0 ? 0 : static_cast<std::uint32_t>(value * 100 + 0.5);
  }

  void place(const Provenance& at) {
    const std::string_view rule = at.rule < x_report.rules.size() ? std::string_view(x_report.rules[at.rule].name) : std::string_view();
    x_sink.position({at.span, at.line, at.line != 0 && at.end_line > at.line ? at.end_line : 0, rule, hundredths(at.confidence)});
  }

  /// An element that holds nothing but text, if there is any.
  void words(Tag tag, std::string_view text) {
    if (text.empty()) return;
    open(tag);
    x_sink.text(text);
    close();
  }

  /// An element of mixed content, if there is any.
  void line(Tag tag, const Inlines& text) {
    if (says_nothing(text)) return;
    open(tag);
    inlines(text);
    close();
  }

  // == meta ==

  void source() {
    const SourceInfo& info = x_report.source_info;
    open(Tag::source);
    said(Attribute::id, "s1");
    optional(Attribute::originalName, info.name);
    optional(Attribute::mediaType, info.media_type);
    optional(Attribute::sha256, info.sha256);
    number(Attribute::bytes, info.bytes);
    if (x_report.source_lines != 0) number(Attribute::lines, x_report.source_lines);
    optional(Attribute::encoding, info.encoding);
    share(Attribute::encodingCertainty, info.encoding_certainty);
    if (info.replaced_bytes != 0) number(Attribute::replacedBytes, info.replaced_bytes);
    optional(Attribute::converter, info.converter);
    optional(Attribute::converterVersion, info.converter_version);
    for (const std::string& note : info.notes) words(Tag::remark, note);
    close();
  }

  void grammar() {
    open(Tag::grammar);
    said(Attribute::id, x_report.grammar.id);
    number(Attribute::version, static_cast<std::uint64_t>(x_report.grammar.version < 0 ? 0 : x_report.grammar.version));
    optional(Attribute::sha256, x_report.grammar.sha256);
    optional(Attribute::reason, x_report.grammar.reason);
    close();
  }

  void review() {
    open(Tag::review);
    said(Attribute::verdict, word(verdicts, x_report.verdict));
    for (const std::string& reason : x_report.review_reasons) words(Tag::reason, reason);
    close();
  }

  void diagnostic(const Diagnostic& d) {
    open(Tag::diagnostic);
    said(Attribute::severity, word(severities, d.severity));
    said(Attribute::code, d.code);
    optional(Attribute::target, d.target);
    x_sink.position({d.span, d.place.line, 0});
    if (d.place.line != 0 && d.place.column != 0) number(Attribute::column, d.place.column);
    open(Tag::message);
    x_sink.text(d.message);
    close();
    words(Tag::remedy, d.help);
    close();
  }

  void meta() {
    open(Tag::meta);
    source();
    open(Tag::generator);
    said(Attribute::name, "rapporteur");
    said(Attribute::version, RAPPORTEUR_VERSION);
    optional(Attribute::options, x_report.options);
    close();
    grammar();
    review();
    if (!x_report.diagnostics.empty()) {
      open(Tag::diagnostics);
      for (const Diagnostic& d : x_report.diagnostics) diagnostic(d);
      close();
    }
    close();
  }

  // == header ==

  void field(const HeaderField& f) {
    open(field_tags[static_cast<std::size_t>(f.kind)]);
    switch (f.kind) {
      case FieldKind::organization:
      case FieldKind::body:
        optional(Attribute::role, f.role);
        optional(Attribute::normalized, f.normalized);
        break;
      case FieldKind::docNumber:
      case FieldKind::session: optional(Attribute::normalized, f.normalized); break;
      case FieldKind::docDate:
        optional(Attribute::when, f.when);
        optional(Attribute::to, f.to);
        optional(Attribute::normalized, f.normalized);
        break;
      case FieldKind::venue:
        optional(Attribute::mode, word(venue_modes, f.mode));
        optional(Attribute::normalized, f.normalized);
        break;
      case FieldKind::meetingDate:
        optional(Attribute::from, f.when);
        optional(Attribute::to, f.to);
        optional(Attribute::normalized, f.normalized);
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

  void blocks(const Blocks& children) {
    for (const Block& child : children) child.visit([this](const auto& b) { this->put(b); });
  }

  void put(const TextBlock& b) {
    open(Tag::p);
    optional(Attribute::id, b.id);
    place(b.at);
    inlines(b.text);
    close();
  }

  void put(const Paragraph& b) {
    open(Tag::paragraph);
    optional(Attribute::id, b.id);
    said(Attribute::n, b.n);
    if (b.number_inferred) said(Attribute::numberInferred, "true");
    place(b.at);
    words(Tag::num, b.num);
    blocks(b.children);
    close();
  }

  void put(const Section& b) {
    open(Tag::section);
    optional(Attribute::id, b.id);
    said(Attribute::type, word(section_types, b.type));
    optional(Attribute::n, b.n);
    optional(Attribute::agendaItem, b.agenda_item);
    place(b.at);
    if (b.mark_first) line(Tag::mark, b.mark);
    line(Tag::num, b.num);
    line(Tag::heading, b.heading);
    if (!b.mark_first) line(Tag::mark, b.mark);
    blocks(b.children);
    close();
  }

  void put(const Contents& b) {
    open(Tag::contents);
    optional(Attribute::id, b.id);
    said(Attribute::type, word(contents_types, b.type));
    place(b.at);
    line(Tag::heading, b.heading);
    for (const ListItem& item : b.items) put(item);
    close();
  }

  void put(const List& b) {
    open(Tag::list);
    optional(Attribute::id, b.id);
    said(Attribute::type, word(list_types, b.type));
    place(b.at);
    for (const ListItem& item : b.items) put(item);
    close();
  }

  void put(const ListItem& item) {
    open(Tag::item);
    optional(Attribute::id, item.id);
    optional(Attribute::n, item.n);
    place(item.at);
    words(Tag::num, item.num);
    blocks(item.children);
    close();
  }

  void put(const Table& b) {
    open(Tag::table);
    optional(Attribute::id, b.id);
    place(b.at);
    line(Tag::caption, b.caption);
    for (const Row& row : b.rows) put(row);
    close();
  }

  void put(const Row& row) {
    open(Tag::row);
    if (row.head) said(Attribute::role, "head");
    place(row.at);
    for (const Cell& cell : row.cells) {
      open(Tag::cell);
      if (cell.colspan > 1) number(Attribute::colspan, cell.colspan);
      if (cell.rowspan > 1) number(Attribute::rowspan, cell.rowspan);
      inlines(cell.text);
      close();
    }
    close();
  }

  void put(const Participants& b) {
    open(Tag::participants);
    optional(Attribute::id, b.id);
    said(Attribute::type, word(participants_types, b.type));
    place(b.at);
    for (const auto& member : b.members) std::visit([this](const auto& m) { this->put(m); }, member);
    close();
  }

  void put(const PartyName& party) {
    open(Tag::party);
    said(Attribute::kind, word(party_kinds, party.kind));
    optional(Attribute::code, party.code);
    optional(Attribute::acronym, party.acronym);
    place(party.at);
    inlines(party.text);
    close();
  }

  void put(const Person& person) {
    open(Tag::person);
    place(person.at);
    open(Tag::name);
    optional(Attribute::honorific, person.honorific);
    optional(Attribute::given, person.given);
    optional(Attribute::family, person.family);
    x_sink.text(person.name);
    close();
    words(Tag::role, person.role);
    words(Tag::affiliation, person.affiliation);
    close();
  }

  void put(const Delegation& delegation) {
    open(Tag::delegation);
    place(delegation.at);
    if (delegation.party) put(*delegation.party);
    for (const Person& person : delegation.persons) put(person);
    close();
  }

  void put(const Quote& b) {
    open(Tag::quote);
    optional(Attribute::id, b.id);
    place(b.at);
    blocks(b.children);
    close();
  }

  void put(const Verbatim& b) {
    open(Tag::verbatim);
    optional(Attribute::id, b.id);
    place(b.at);
    x_sink.text(b.text);
    close();
  }

  void put(const Separator& b) {
    open(Tag::separator);
    place(b.at);
    x_sink.text(b.text);
    close();
  }

  // == inlines ==

  void inlines(const Inlines& children) {
    for (const Inline& child : children) child.visit([this](const auto& i) { this->put(i); });
  }

  void put(const Text& i) { x_sink.text(i.text); }

  void put(const Styled& i) {
    open(span_tags[static_cast<std::size_t>(i.style)]);
    inlines(i.children);
    close();
  }

  void put(const LineBreak&) {
    open(Tag::br);
    close();
  }

  void put(const PageBreak& i) {
    open(Tag::pb);
    optional(Attribute::n, i.n);
    close();
  }

  void put(const Raw& i) {
    open(Tag::markup);
    said(Attribute::source, i.markup);
    close();
  }

  void put(const Link& i) {
    open(Tag::link);
    said(Attribute::href, i.href);
    inlines(i.children);
    close();
  }

  void put(const DateText& i) {
    open(Tag::date);
    optional(Attribute::when, i.when);
    optional(Attribute::to, i.to);
    place(i.at);
    inlines(i.children);
    close();
  }

  void put(const Ref& i) {
    open(Tag::ref);
    optional(Attribute::id, i.id);
    said(Attribute::type, word(ref_types, i.type));
    said(Attribute::status, word(ref_statuses, i.status));
    optional(Attribute::normalized, i.normalized);
    optional(Attribute::label, i.printed_label);
    optional(Attribute::target, i.target);
    optional(Attribute::uri, i.uri);
    place(i.at);
    inlines(i.children);
    close();
  }

  void put(const NoteRef& i) {
    open(Tag::fnref);
    optional(Attribute::target, i.target);
    x_sink.text(i.label);
    close();
  }

  void put(const PersonText& i) {
    open(Tag::persName);
    optional(Attribute::honorific, i.honorific);
    optional(Attribute::given, i.given);
    optional(Attribute::family, i.family);
    optional(Attribute::role, i.role);
    place(i.at);
    inlines(i.children);
    close();
  }

  void put(const Change& i) {
    open(i.inserted ? Tag::ins : Tag::del);
    optional(Attribute::author, i.author);
    optional(Attribute::date, i.date);
    inlines(i.children);
    close();
  }

  // == end matter ==

  void annex(const Annex& a) {
    open(Tag::annex);
    optional(Attribute::id, a.id);
    said(Attribute::type, word(annex_words, a.word));
    optional(Attribute::n, a.n);
    said(Attribute::presence, word(presences, a.presence));
    place(a.at);
    line(Tag::num, a.num);
    line(Tag::heading, a.heading);
    blocks(a.children);
    for (const Annex& inner : a.annexes) annex(inner);
    close();
  }

  void note(const Note& n) {
    open(Tag::note);
    optional(Attribute::id, n.id);
    optional(Attribute::n, n.n);
    place(n.at);
    words(Tag::num, n.num);
    blocks(n.children);
    close();
  }

  void fragment(const Fragment& f) {
    open(Tag::fragment);
    optional(Attribute::id, f.id);
    said(Attribute::kind, word(furniture_kinds, f.kind));
    optional(Attribute::after, f.after);
    place(f.at);
    inlines(f.text);
    close();
  }
};

}  // namespace

void walk(const Report& report, Sink& sink) { Walker<Sink>(report, sink).walk_report(); }
void walk(const Report& report, ByteSink& sink) { Walker<ByteSink>(report, sink).walk_report(); }
void walk(const Report& report, ProvenBytes& sink) { Walker<ProvenBytes>(report, sink).walk_report(); }

}  // namespace rapporteur::xml
