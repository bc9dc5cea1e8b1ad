// Stage pipeline: one walk over the report that counts.

#include "pipeline/count.h"

namespace rapporteur {

namespace {

template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

class Counter {
 public:
  Counts counts;

  void inlines(const Inlines& all) {
    for (const Inline& one : all)
      one.visit(Overloaded{[](const Text&) {}, [](const LineBreak&) {}, [](const PageBreak&) {}, [](const Raw&) {}, [](const NoteRef&) {},
                           [this](const Ref& ref) { reference(ref); },
                           [this](const auto& holder) { inlines(holder.children); }});
  }

  void blocks(const Blocks& all) {
    for (const Block& one : all) one.visit([this](const auto& block) { visit(block); });
  }

  void annexes(const std::vector<Annex>& all) {
    for (const Annex& annex : all) {
      if (annex.presence == Presence::included) ++counts.annexes;
      inlines(annex.heading);
      blocks(annex.children);
      annexes(annex.annexes);
    }
  }

 private:
  void reference(const Ref& ref) {
    if (ref.type == RefType::annex || ref.type == RefType::appendix) {
      ++counts.annex_references;
      if (ref.status == RefStatus::unresolved) ++counts.not_attached;
    }
    inlines(ref.children);
  }

  void visit(const TextBlock& block) { inlines(block.text); }
  void visit(const Paragraph& paragraph) {
    ++counts.paragraphs;
    blocks(paragraph.children);
  }
  void visit(const Section& section) {
    ++counts.sections;
    if (section.type == SectionType::agendaItem || section.type == SectionType::subItem) ++counts.agenda_items;
    inlines(section.heading);
    blocks(section.children);
  }
  void visit(const Contents&) {}
  void visit(const List& list) {
    for (const ListItem& item : list.items) blocks(item.children);
  }
  void visit(const Table& table) {
    for (const Row& row : table.rows)
      for (const Cell& cell : row.cells) inlines(cell.text);
  }
  void visit(const Participants& participants) {
    for (const auto& member : participants.members)
      if (const auto* text = std::get_if<TextBlock>(&member)) inlines(text->text);
  }
  void visit(const Quote& quote) { blocks(quote.children); }
  void visit(const Verbatim&) {}
  void visit(const Separator&) {}
};

}  // namespace

Counts count(const Report& report) {
  Counter counter;
  counter.blocks(report.body);
  counter.blocks(report.closing);
  counter.annexes(report.annexes);
  for (const Note& note : report.notes) counter.blocks(note.children);
  counter.counts.furniture = static_cast<std::uint32_t>(report.furniture.size());
  return counter.counts;
}

}  // namespace rapporteur
