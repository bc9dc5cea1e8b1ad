// Stage exports: Akoma Ntoso, hierarchies and flow.

#include "exports/akn_writer.h"
#include "model/names.h"

namespace rapporteur {

namespace {

/// What becomes a hierarchy wherever hierarchies may stand.
bool is_hierarchy(const Block& block) {
  return block.as<Section>() != nullptr || block.as<Paragraph>() != nullptr || block.as<List>() != nullptr ||
         block.as<Contents>() != nullptr || block.as<Participants>() != nullptr;
}

/// Lists take the text before them as their introduction.
bool takes_intro(const Block& block) {
  return block.as<Section>() == nullptr && block.as<Paragraph>() == nullptr;
}

bool is_drawn(const Block& block) {
  const auto* separator = block.as<Separator>();
  return separator != nullptr && separator->text.empty();
}

}  // namespace

void AknWriter::place(const Provenance& at) {
  if (!at.span.empty()) x_xml.number("rpt:offset", at.span.begin).number("rpt:length", at.span.size());
  if (at.line != 0) x_xml.number("rpt:line", at.line);
}

void AknWriter::main_body(const Blocks& body, const Blocks& more) {
  x_xml.block("mainBody");
  if (body.empty() && more.empty()) x_xml.empty("p");
  for (const Blocks* part : {&body, &more})
    for (const Block& block : *part) {
      if (is_hierarchy(block)) put_hierarchy(block, x_context);
      else flow(block, x_context);
    }
  x_xml.close();
}

/// Blocks as the flow inside one element; nothing where there are none.
void AknWriter::flow_run(const char* element, std::span<const Block> blocks, const std::string& id) {
  if (blocks.empty()) return;
  x_xml.block(element);
  for (const Block& block : blocks) flow(block, id);
  x_xml.close();
}

void AknWriter::alinea(std::span<const Block> blocks, const std::string& id) {
  if (blocks.empty()) return;
  x_xml.block("alinea").with("eId", x_ids.take(id, "al", {}));
  flow_run("content", blocks, id);
  x_xml.close();
}

void AknWriter::hierarchy(const Blocks& children, const std::string& id, Tail tail) {
  const std::span<const Block> all(children);
  std::size_t from = 0;
  bool any = false;
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (!is_hierarchy(all[at])) continue;
    std::span<const Block> before = all.subspan(from, at - from);
    if (!takes_intro(all[at])) {
      if (any) alinea(before, id);
      else flow_run("intro", before, id);
      before = {};
    }
    put_hierarchy(all[at], id, before);
    any = true;
    from = at + 1;
  }
  const std::span<const Block> rest = all.subspan(from);
  if (!any) flow_run("content", rest, id);
  else if (tail == Tail::wrap_up) flow_run("wrapUp", rest, id);
  else alinea(rest, id);
}

void AknWriter::put_hierarchy(const Block& block, const std::string& id, std::span<const Block> intro) {
  if (const auto* part = block.as<Section>()) return section(*part);
  if (const auto* numbered = block.as<Paragraph>()) return paragraph(*numbered);
  const std::string outer = x_list;
  if (const auto* list = block.as<List>()) {
    open_list(list->type == ListType::ordered ? std::string_view() : name_of(list->type), id);
    flow_run("intro", intro, x_list);
    points(list->items);
  } else if (const auto* contents = block.as<Contents>()) {
    open_list(name_of(contents->type), id);
    line("heading", contents->heading);
    flow_run("intro", intro, x_list);
    points(contents->items);
  } else if (const auto* participants = block.as<Participants>()) {
    open_list(name_of(participants->type), id);
    flow_run("intro", intro, x_list);
    points(*participants);
  }
  x_xml.close();
  x_list = outer;
}

void AknWriter::section(const Section& section) {
  const std::string& id = x_ids.of(&section);
  x_xml.block("section").with("eId", id);
  if (section.type != SectionType::heading) x_xml.with("class", name_of(section.type));
  place(section.at);
  if (section.mark_first) line("subheading", section.mark);
  line("num", section.num);
  line("heading", section.heading);
  if (!section.mark_first) line("subheading", section.mark);
  hierarchy(section.children, id, Tail::alinea);
  x_xml.close();
}

void AknWriter::paragraph(const Paragraph& paragraph) {
  const std::string& id = x_ids.of(&paragraph);
  x_xml.block("paragraph").with("eId", id);
  place(paragraph.at);
  x_xml.leaf("num", paragraph.num);
  hierarchy(paragraph.children, id, Tail::wrap_up);
  x_xml.close();
}

void AknWriter::open_list(std::string_view cls, const std::string& id) {
  x_list = x_ids.take(id, "list", {});
  x_xml.block("list").with("eId", x_list).maybe("class", cls);
}

void AknWriter::point(std::string_view label, std::string_view num, const Blocks& children) {
  const std::string list = x_list, id = x_ids.take(list, "point", label);
  x_xml.block("point").with("eId", id);
  x_xml.leaf("num", num);
  hierarchy(children, id, Tail::wrap_up);
  x_xml.close();
  x_list = list;
}

void AknWriter::points(const std::vector<ListItem>& items) {
  for (const ListItem& item : items) point(item.n, item.num, item.children);
}

template <typename Put>
void AknWriter::member_point(Put put) {
  x_xml.block("point").with("eId", x_ids.take(x_list, "point", {}));
  x_xml.block("content").block("p");
  put();
  x_xml.close();
  x_xml.close();
  x_xml.close();
}

void AknWriter::points(const Participants& participants) {
  for (const auto& member : participants.members) {
    if (const auto* name = std::get_if<PartyName>(&member)) member_point([&] { party(*name); });
    else if (const auto* one = std::get_if<Person>(&member)) member_point([&] { person(*one); });
    else if (const auto* text = std::get_if<TextBlock>(&member)) member_point([&] { inlines(text->text); });
    else if (const auto* delegation = std::get_if<Delegation>(&member)) {
      if (delegation->party) member_point([&] { party(*delegation->party); });
      for (const Person& one_of : delegation->persons) member_point([&] { person(one_of); });
    }
  }
}

// == flow ==

void AknWriter::flow(const Blocks& blocks, const std::string& id) {
  for (const Block& block : blocks) flow(block, id);
}

void AknWriter::flow(const Block& block, const std::string& id) {
  if (is_drawn(block)) {
    x_xml.empty("p").with("class", "separator");
  } else if (const auto* text = block.as<TextBlock>()) {
    x_xml.block("p");
    inlines(text->text);
    x_xml.close();
  } else if (const auto* table = block.as<Table>()) {
    this->table(*table, id);
  } else if (const auto* literal = block.as<Verbatim>()) {
    verbatim(*literal);
  } else if (const auto* rule = block.as<Separator>()) {
    x_xml.block("p").with("class", "separator").text(rule->text);
    x_xml.close();
  } else if (const auto* quote = block.as<Quote>()) {
    flow_group("quote", {}, {}, quote->children, id);
  } else if (const auto* section = block.as<Section>()) {
    flow_group("section", words_of(section->num), section->heading, section->children, x_ids.of(section));
  } else if (const auto* paragraph = block.as<Paragraph>()) {
    flow_group("paragraph", paragraph->num, {}, paragraph->children, x_ids.of(paragraph));
  } else if (const auto* list = block.as<List>()) {
    flow_items(list->items, id);
  } else if (const auto* contents = block.as<Contents>()) {
    flow_group(name_of(contents->type), {}, contents->heading, {}, id);
    flow_items(contents->items, id);
  } else if (const auto* participants = block.as<Participants>()) {
    flow_members(*participants);
  }
}

/// A group with a number and a heading of its own. A section or paragraph keeps its name, so that it can be cited.
void AknWriter::flow_group(std::string_view cls, std::string_view num, const Inlines& heading, const Blocks& children,
                           const std::string& id) {
  const bool named = cls == "section" || cls == "paragraph";
  const std::string own = named ? id : x_ids.take(id, "tblock", {});
  x_xml.block("tblock").with("eId", own).with("class", cls);
  x_xml.leaf("num", num);
  line("heading", heading);
  if (children.empty()) x_xml.empty("p");
  flow(children, own);
  x_xml.close();
}

void AknWriter::flow_items(const std::vector<ListItem>& items, const std::string& id) {
  if (items.empty()) return;
  const std::string list = x_ids.take(id, "list", {});
  x_xml.block("blockList").with("eId", list);
  for (const ListItem& item : items) {
    const std::string own = x_ids.take(list, "item", item.n);
    x_xml.block("item").with("eId", own);
    x_xml.leaf("num", item.num);
    if (item.children.empty()) x_xml.empty("p");
    flow(item.children, own);
    x_xml.close();
  }
  x_xml.close();
}

void AknWriter::flow_members(const Participants& block) {
  const auto row = [this](const auto& put) {
    x_xml.block("p").with("class", "participant");
    put();
    x_xml.close();
  };
  for (const auto& member : block.members) {
    if (const auto* name = std::get_if<PartyName>(&member)) row([&] { party(*name); });
    else if (const auto* one = std::get_if<Person>(&member)) row([&] { person(*one); });
    else if (const auto* text = std::get_if<TextBlock>(&member)) row([&] { inlines(text->text); });
    else if (const auto* delegation = std::get_if<Delegation>(&member)) {
      if (delegation->party) row([&] { party(*delegation->party); });
      for (const Person& one_of : delegation->persons) row([&] { person(one_of); });
    }
  }
}

void AknWriter::table(const Table& table, const std::string& id) {
  if (table.rows.empty()) return line("p", table.caption);
  x_xml.block("table").with("eId", x_ids.take(id, "table", {}));
  line("caption", table.caption);
  for (const Row& row : table.rows) {
    x_xml.block("tr");
    if (row.cells.empty()) x_xml.empty("td");
    for (const Cell& cell : row.cells) {
      x_xml.block(row.head ? "th" : "td");
      if (cell.rowspan > 1) x_xml.number("rowspan", cell.rowspan);
      if (cell.colspan > 1) x_xml.number("colspan", cell.colspan);
      line("p", cell.text);
      x_xml.close();
    }
    x_xml.close();
  }
  x_xml.close();
}

void AknWriter::verbatim(const Verbatim& block) {
  x_xml.block("p").with("class", "verbatim").with("xml:space", "preserve");
  std::string_view rest = block.text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    x_xml.text(rest.substr(0, end));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
    if (!rest.empty()) put(LineBreak{});
  }
  x_xml.close();
}

}  // namespace rapporteur
