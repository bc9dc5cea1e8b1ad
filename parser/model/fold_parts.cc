// Stage model: what header fields, headings, annexes, furniture and notes open and end.

#include <algorithm>
#include <utility>

#include "model/fold_stack.h"
#include "model/names.h"
#include "model/provenance.h"
#include "recognition/pieces.h"
#include "text/labels.h"

namespace rapporteur {

namespace {

std::string without_blanks(std::string_view text) {
  std::string dense;
  for (std::size_t at = 0; at < text.size();) {
    if (text.compare(at, 2, "\u00A0") == 0) at += 2;
    else if (static_cast<unsigned char>(text[at]) <= ' ') ++at;
    else dense += text[at++];
  }
  return dense;
}

std::string label_of(const Event& event, std::string_view printed) {
  return event.n.empty() ? normalise_label(printed) : std::string(event.n);
}

}  // namespace

void Fold::field(Event& event) {
  HeaderField made{from_name<FieldKind>(event.type).value_or(FieldKind::headerLine)};
  made.at = where(event);
  made.when = event.when;
  made.to = event.to;
  made.mode = from_name<VenueMode>(event.mode).value_or(VenueMode::unknown);
  if (made.kind == FieldKind::docNumber) made.normalized = event.n.empty() ? without_blanks(joined_text(x_document, event.text, x_room)) : without_blanks(event.n);
  if (made.kind == FieldKind::organization) {
    const bool first = std::none_of(x_report.header.begin(), x_report.header.end(),
                                    [](const HeaderField& f) { return f.kind == FieldKind::organization; });
    made.role = !event.code.empty() ? event.code : first ? "issuer" : std::string_view();
  }
  if (made.kind != FieldKind::docNumber) made.normalized = event.n;
  const bool printed_here = !event.text.empty();
  made.text = words(event.text, event.hits, true);
  if (printed_here) widen(x_report.header_at, made.at);
  x_report.header.push_back(std::move(made));
}

void Fold::section(Event& event) {
  leave_closing();
  const std::uint8_t depth = std::max<std::uint8_t>(event.depth, 1);
  close_until<Section, Annex>();
  while (top<Section>() != nullptr && x_open.back().depth >= depth) close_top();
  Apart<Section> made;
  made->at = where(event);
  made->type = from_name<SectionType>(event.type).value_or(!event.agenda.empty() && event.n.empty() ? SectionType::agendaItem
                                                                                                   : SectionType::heading);
  const std::string_view printed = joined_text(x_document, event.label, x_room);
  made->n = label_of(event, event.agenda.empty() ? printed : std::string_view());
  made->agenda_item = event.agenda;
  if (made->n.empty() && made->type == SectionType::agendaItem) made->n = event.agenda;
  made->num = words(event.label, {}, true);
  made->heading = words(event.title, event.hits, true);
  made->mark = words(event.mark, {}, true);
  made->mark_first = event.mark_first;
  x_last_id = made->id = section_id(*made);
  open(std::move(made), depth);
}

/// item3 for agenda items, sec-III for others; below a section with a number, that section's id goes before.
std::string Fold::section_id(const Section& section) {
  const std::string part = name_part(section.n);
  if (part.empty()) return x_ids.counted(prefixed("sec"));
  const bool item = section.type == SectionType::agendaItem || section.type == SectionType::subItem;
  if (item) return x_ids.unique(prefixed("item") + part);
  const Section* parent = top<Section>();
  const bool qualified = parent != nullptr && !parent->n.empty() && part.find('.') == std::string::npos;
  return x_ids.unique((qualified ? std::string(parent->id) + "-" : prefixed("sec-")) + part);
}

void Fold::paragraph(Event& event) {
  leave_closing();
  close_until<Section, Annex>();
  Apart<Paragraph> made;
  made->at = where(event);
  made->num = plain(event.label);
  made->n = label_of(event, made->num);
  made->number_inferred = event.inferred;
  x_last_id = made->id = x_ids.labelled(prefixed("para"), made->n);
  open(std::move(made));
  if (event.text.empty()) return;
  const Provenance at = place_of(x_document, event.text);
  open_text(words(event.text, event.hits), at);
}

void Fold::annex(Event& event) {
  const std::uint8_t depth = std::max<std::uint8_t>(event.depth, 1);
  close_until<Annex>();
  while (top<Annex>() != nullptr && x_open.back().depth >= depth) close_top();
  Apart<Annex> made;
  made->at = where(event);
  made->word = from_name<AnnexWord>(event.type).value_or(AnnexWord::annex);
  made->n = label_of(event, {});
  made->num = words(event.label, {}, true);
  made->heading = words(event.title, event.hits, true);
  Pieces mark = std::exchange(event.mark, {});
  if (!mark.empty()) {  // an agenda mark or remark beside the title: part of the heading
    if (!made->heading.empty()) made->heading.push_back({LineBreak{}});
    for (Inline& part : words(mark)) made->heading.push_back(std::move(part));
  }
  x_last_id = made->id = x_ids.unique(prefixed(name_of(made->word)) + name_part(made->n));
  x_prefix = made->id + "-";
  open(std::move(made), depth);
}

void Fold::furniture(Event& event) {
  const FurnitureKind kind = from_name<FurnitureKind>(event.type).value_or(FurnitureKind::other);
  const std::string after = id_for_furniture();
  Pieces pieces;
  for (Pieces* part : {&event.label, &event.title, &event.mark, &event.text})
    for (Piece& piece : std::exchange(*part, {})) pieces.push_back(std::move(piece));
  for (const Piece& piece : pieces) {
    Pieces one{piece};
    one[0].hard_break = false;
    Fragment made{x_ids.counted("fur"), kind, after};
    made.at = place_of(x_document, piece);
    made.at.rule = event.rule;
    made.at.confidence = event.confidence;
    made.text = words(one);
    x_report.furniture.push_back(std::move(made));
  }
}

void Fold::closing(Event&) {
  if (x_closing || in_annex()) return;
  close_all();
  x_closing = true;
}

void Fold::note(Event& event) {
  Note made;
  made.at = where(event);
  made.num = plain(event.label);
  made.n = label_of(event, made.num);
  made.id = x_ids.counted("note");
  TextBlock block;
  block.at = place_of(x_document, event.text);
  block.text = words(event.text, event.hits);
  if (!block.text.empty()) made.children.push_back({std::move(block)});
  x_report.notes.push_back(std::move(made));
}

}  // namespace rapporteur
