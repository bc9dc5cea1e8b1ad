// Stage model: readable dump of the tree.

#include "model/dump.h"

#include <fmt/format.h>

#include "model/names.h"

namespace rapporteur {

namespace {

std::string with(std::string_view name, std::string_view value) {
  return value.empty() ? std::string() : fmt::format(" {}={}", name, value);
}

struct InlineDumper {
  std::string& out;

  void run(const Inlines& inlines) {
    for (const Inline& part : inlines) part.visit(*this);
  }
  void wrap(const std::string& head, const Inlines& children) {
    out += "{" + head + " ";
    run(children);
    out += "}";
  }
  void operator()(const Text& text) { out += text.text; }
  void operator()(const Styled& styled) { wrap(std::string(name_of(styled.style)), styled.children); }
  void operator()(const LineBreak&) { out += "{br}"; }
  void operator()(const PageBreak& page) { out += "{pb" + (page.n.empty() ? "" : " " + page.n) + "}"; }
  void operator()(const Raw& raw) { out += "{raw " + raw.markup + "}"; }
  void operator()(const Link& link) { wrap("link " + link.href, link.children); }
  void operator()(const DateText& date) { wrap(fmt::format("date {}{}{}:", date.when, date.to.empty() ? "" : "/", date.to), date.children); }
  void operator()(const Ref& ref) {
    wrap(fmt::format("{} {}{}{} {}{}{}:", ref.id, name_of(ref.type), ref.normalized.empty() ? "" : " ", ref.normalized, name_of(ref.status),
                     with("target", ref.target), with("uri", ref.uri)),
         ref.children);
  }
  void operator()(const NoteRef& ref) { out += "{noteref " + ref.label + (ref.target.empty() ? "" : " " + ref.target) + "}"; }
  void operator()(const PersonText& person) {
    wrap("person" + with("honorific", person.honorific) + with("given", person.given) + with("family", person.family) + with("role", person.role) + ":",
         person.children);
  }
  void operator()(const Change& change) { wrap(change.inserted ? "ins" : "del", change.children); }
};

struct Dumper {
  std::string out;
  std::size_t depth = 0;

  void line(std::string_view head, const Provenance& at, std::string_view words = {}) {
    out.append(2 * depth, ' ').append(head);
    if (at.line != 0) out += at.end_line == at.line ? fmt::format(" [{}]", at.line) : fmt::format(" [{}-{}]", at.line, at.end_line);
    if (!words.empty()) out.append(": ").append(words);
    out += '\n';
  }
  void part(std::string_view name, const Inlines& words) {
    if (words.empty()) return;
    out.append(2 * depth + 2, ' ').append(name).append(": ") += dump_inlines(words) + "\n";
  }
  template <typename List>
  void inside(const List& list) {
    ++depth;
    for (const auto& node : list) (*this)(node);
    --depth;
  }
  template <typename... Ts>
  void operator()(const std::variant<Ts...>& node) { std::visit(*this, node); }
  void operator()(const Block& block) { block.visit(*this); }
  void operator()(const TextBlock& p) { line("p" + with("id", p.id), p.at, dump_inlines(p.text)); }
  void operator()(const Paragraph& p) {
    line("paragraph " + p.id + with("n", p.n) + with("num", p.num) + (p.number_inferred ? " inferred" : ""), p.at);
    inside(p.children);
  }
  void operator()(const Section& s) {
    line(fmt::format("section {} {}", s.id, name_of(s.type)) + with("n", s.n) + with("agenda", s.agenda_item), s.at);
    if (s.mark_first) part("mark", s.mark);
    part("num", s.num);
    part("heading", s.heading);
    if (!s.mark_first) part("mark", s.mark);
    inside(s.children);
  }
  void operator()(const ListItem& item) {
    line("item" + with("n", item.n) + with("num", item.num), item.at);
    inside(item.children);
  }
  void operator()(const Contents& c) {
    line(fmt::format("contents {} {}", c.id, name_of(c.type)), c.at);
    part("heading", c.heading);
    inside(c.items);
  }
  void operator()(const List& list) {
    line(fmt::format("list {} {}", list.id, name_of(list.type)), list.at);
    inside(list.items);
  }
  void operator()(const Table& table) {
    line("table " + table.id, table.at);
    inside(table.rows);
  }
  void operator()(const Row& row) {
    std::string words;
    for (const Cell& cell : row.cells) words += (words.empty() ? "" : " | ") + dump_inlines(cell.text);
    line(row.head ? "head" : "row", row.at, words);
  }
  void operator()(const Participants& p) {
    line(fmt::format("participants {} {}", p.id, name_of(p.type)), p.at);
    inside(p.members);
  }
  void operator()(const PartyName& party) {
    line(fmt::format("party {}", name_of(party.kind)) + with("code", party.code) + with("acronym", party.acronym), party.at, dump_inlines(party.text));
  }
  void operator()(const Person& p) {
    line("person" + with("honorific", p.honorific) + with("given", p.given) + with("family", p.family) + with("role", p.role) +
             with("affiliation", p.affiliation), p.at, p.name);
  }
  void operator()(const Delegation& d) {
    line("delegation", d.at);
    if (d.party) inside(std::initializer_list<PartyName>{*d.party});
    inside(d.persons);
  }
  void operator()(const Quote& quote) {
    line("quote " + quote.id, quote.at);
    inside(quote.children);
  }
  void operator()(const Verbatim& v) {
    line("verbatim " + v.id, v.at);
    out += v.text + "\n";
  }
  void operator()(const Separator& s) { line("separator", s.at, s.text); }
  void operator()(const HeaderField& f) {
    line(std::string(name_of(f.kind)) + with("role", f.role) + with("normalized", f.normalized) + with("when", f.when) + with("to", f.to) +
             (f.mode == VenueMode::unknown ? "" : with("mode", name_of(f.mode))), f.at, dump_inlines(f.text));
  }
  void operator()(const Annex& a) {
    line(fmt::format("annex {} {} {}", a.id, name_of(a.word), name_of(a.presence)) + with("n", a.n), a.at);
    part("num", a.num);
    part("heading", a.heading);
    inside(a.children);
    inside(a.annexes);
  }
  void operator()(const Note& note) {
    line("note " + note.id + with("n", note.n) + with("num", note.num), note.at);
    inside(note.children);
  }
  void operator()(const Fragment& f) {
    line(fmt::format("fragment {} {}", f.id, name_of(f.kind)) + with("after", f.after), f.at, dump_inlines(f.text));
  }
  template <typename List>
  void group(std::string_view name, const List& list) {
    if (list.empty()) return;
    out.append(name) += '\n';
    inside(list);
  }
};

}  // namespace

std::string dump_inlines(const Inlines& inlines) {
  std::string out;
  InlineDumper{out}.run(inlines);
  return out;
}

std::string dump_report(const Report& report) {
  Dumper dumper;
  dumper.group("header", report.header);
  dumper.group("body", report.body);
  dumper.group("closing", report.closing);
  dumper.group("annexes", report.annexes);
  dumper.group("notes", report.notes);
  dumper.group("furniture", report.furniture);
  for (const Diagnostic& d : report.diagnostics) dumper.out += render_text(d);
  return std::move(dumper.out);
}

}  // namespace rapporteur
