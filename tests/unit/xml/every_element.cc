// The report that exercises every element and attribute of the vocabulary.

#include "every_element.h"

#include <utility>

namespace rapporteur::test {

namespace {

template <typename T>
Inline in(T value) { return Inline{std::move(value)}; }

Inlines say(std::string text) {
  Inlines out;
  out.push_back(in(Text{std::move(text)}));
  return out;
}

Provenance at(std::uint32_t begin, std::uint32_t end, std::uint32_t line, std::uint32_t end_line = 0, float confidence = 1) {
  return {{begin, end}, line, end_line == 0 ? line : end_line, 0, confidence};
}

Block p(std::string id, Inlines text) { return Block{TextBlock{std::move(id), std::move(text), {}}}; }

Inlines every_inline() {
  Inlines out = say("The Meeting of ");
  out.push_back(in(DateText{"2019-05-14", "2019-05-15", say("14-15 May 2019"), at(10, 24, 3)}));
  for (SpanStyle style : {SpanStyle::strong, SpanStyle::emph, SpanStyle::sup, SpanStyle::sub, SpanStyle::code, SpanStyle::strike})
    out.push_back(in(Styled{style, say("styled")}));
  out.push_back(in(LineBreak{}));
  out.push_back(in(PageBreak{"7"}));
  out.push_back(in(PageBreak{}));
  out.push_back(in(Raw{"<span class=\"x\">\n"}));
  out.push_back(in(Link{"https://example.org/?a=1&b=2", say("link")}));
  out.push_back(in(Link{"mailto:office@example.org", {}}));
  out.push_back(in(Ref{RefType::annex, RefStatus::resolved, "I", "annex1", "", "ref1", "I", say("Annex I"), at(30, 37, 3)}));
  out.push_back(in(Ref{RefType::document, RefStatus::external, "NC/R(2018)1", "", "urn:doc:nc-r-2018-1", "ref2", "", say("NC/R(2018)1"), {}}));
  out.push_back(in(NoteRef{"note1", "1"}));
  out.push_back(in(PersonText{"Ms.", "Ada", "QUILL", "Chairperson", say("Ms. Ada QUILL"), at(40, 53, 3)}));
  out.push_back(in(Change{true, "A. Clerk", "2019-05-16T10:00:00Z", say("added")}));
  out.push_back(in(Change{false, "", "", say("removed")}));
  return out;
}

std::vector<HeaderField> header() {
  std::vector<HeaderField> out;
  for (FieldKind kind : {FieldKind::organization, FieldKind::body, FieldKind::docNumber, FieldKind::docType, FieldKind::docTitle,
                         FieldKind::docDate, FieldKind::session, FieldKind::venue, FieldKind::meetingDate,
                         FieldKind::distribution, FieldKind::headerLine}) {
    HeaderField f;
    f.kind = kind;
    f.text = say("Northern Cooperation Union");
    f.at = at(0, 26, 1);
    out.push_back(f);
  }
  out[0].role = out[1].role = "issuer";
  out[2].normalized = "NC/R(2019)1";
  out[4].text.push_back(in(LineBreak{}));
  out[5].when = "2019-05-14";
  out[6].normalized = "14";
  out[7].mode = VenueMode::hybrid;
  out[8].when = "2019-05-14";
  out[8].to = "2019-05-15";
  return out;
}

Block participants() {
  Participants all;
  all.id = "part1";
  all.type = ParticipantsType::mixed;
  const PartyName party{PartyKind::state, "XA", "ARV", say("Republic of Arvonia"), at(60, 79, 5)};
  const Person person{"Mr.", "DOE", "Jan", "Mr. Jan DOE", "Head of Division", "Ministry of Roads", at(80, 91, 6)};
  all.members.emplace_back(party);
  all.members.emplace_back(person);
  all.members.emplace_back(Delegation{party, {person, person}, {}});
  all.members.emplace_back(TextBlock{"", say("and others"), {}});
  return Block{std::move(all)};
}

Block paragraph() {
  Paragraph out;
  out.id = "para7";
  out.n = "7";
  out.num = "(7)";
  out.at = at(9, 90, 3, 9, 0.87f);
  out.children.push_back(p("", every_inline()));
  List list{"list1", ListType::ordered, {}, {}};
  list.items.push_back({"a", "(a)", {}, {}, "item1"});
  list.items.back().children.push_back(p("", say("first")));
  out.children.push_back(Block{list});
  out.children.push_back(participants());
  return Block{std::move(out)};
}

Block table() {
  Table out;
  out.id = "tab1";
  out.caption = say("States");
  out.rows.push_back({true, {{say("State"), 2, 1}, {say("Due"), 1, 3}}, at(95, 99, 10)});
  out.rows.push_back({false, {{{}, 1, 1}}, {}});
  return Block{std::move(out)};
}

Section section(std::string id, bool mark_first) {
  Section out;
  out.id = std::move(id);
  out.type = SectionType::agendaItem;
  out.n = "III";
  out.agenda_item = "3";
  out.num = say("III.");
  out.heading = say("REPORTING");
  out.mark = say("(Agenda item 3)");
  out.mark_first = mark_first;
  out.at = at(100, 140, 11, 20);
  return out;
}

Blocks body() {
  Blocks out;
  out.push_back(Block{Contents{"toc1", ContentsType::agenda, say("Agenda"), {{"1", "1.", {}, {}, ""}}, at(0, 9, 2)}});
  out.back().as<Contents>()->items[0].children.push_back(p("", say("Opening")));
  out.push_back(paragraph());
  Paragraph counted;
  counted.id = "para8";
  counted.n = "8";
  counted.number_inferred = true;
  out.push_back(Block{counted});
  Section outer = section("sec1", false);
  outer.children.push_back(Block{section("sec2", true)});
  outer.children.push_back(table());
  outer.children.push_back(Block{Quote{"quote1", {p("", say("as agreed"))}, {}}});
  outer.children.push_back(Block{Verbatim{"verb1", "  a\n    b & c\n", {}}});
  outer.children.push_back(Block{Separator{at(150, 155, 30), "* * *"}});
  outer.children.push_back(Block{Separator{}});
  out.push_back(Block{outer});
  return out;
}

void meta(Report& r) {
  r.source_info = {"a report.md", "text/markdown", "windows-1252", 0.75, std::string(64, 'a'), 2000, "pandoc", "2.17",
                   {"a byte order mark was removed"}, 3};
  r.source_lines = 61;
  r.language = "en";
  r.grammar = {"nc.report", 2, std::string(64, 'b'), "the symbol begins with NC/"};
  r.options = "--lang en";
  r.rules = {{"numbered-paragraph", "common.report", "common/report.toml", 12}};
  r.verdict = Verdict::review;
  r.review_reasons = {"an annex is missing"};
  Diagnostic d;
  d.code = "A102";
  d.message = "Annex III is referred to but not attached";
  d.help = "look for it in the file";
  d.place = {52, 4};
  d.span = {1100, 1111};
  d.target = "ref1";
  r.diagnostics = {d};
}

std::vector<Annex> annexes() {
  Annex inner;
  inner.id = "annex1.A";
  inner.n = "A";
  inner.word = AnnexWord::appendix;
  inner.presence = Presence::referencedOnly;
  Annex outer;
  outer.id = "annex1";
  outer.n = "I";
  outer.num = say("ANNEX I");
  outer.heading = say("LIST OF PARTICIPANTS");
  outer.at = at(200, 260, 50, 61);
  outer.children.push_back(p("p9", say("The list.")));
  outer.annexes.push_back(inner);
  return {outer};
}

}  // namespace

Report every_element() {
  Report r;
  meta(r);
  r.header = header();
  r.header_at = at(0, 90, 1, 3);
  r.body = body();
  r.closing.push_back(p("p8", say("The Meeting was closed.")));
  r.closing_at = at(180, 199, 48);
  r.annexes = annexes();
  r.notes.push_back({"note1", "1", "1", {p("", say("A footnote."))}, at(300, 311, 60)});
  std::uint32_t n = 0;
  for (FurnitureKind kind : {FurnitureKind::letterhead, FurnitureKind::footer, FurnitureKind::header, FurnitureKind::pageNumber,
                             FurnitureKind::contact, FurnitureKind::catchword, FurnitureKind::stamp, FurnitureKind::other})
    r.furniture.push_back({"fur" + std::to_string(++n), kind, "para7", say("12 Example Street"), at(320, 337, 61)});
  return r;
}

}  // namespace rapporteur::test
