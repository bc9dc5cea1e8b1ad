// Stage model: text, lists, contents, tables, participants and the small blocks.

#include <algorithm>
#include <utility>

#include "model/fold_stack.h"
#include "model/names.h"
#include "model/provenance.h"
#include "recognition/pieces.h"
#include "text/labels.h"

namespace rapporteur {

namespace {

bool has_words(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

ListType list_type(std::string_view label) {
  if (label.empty()) return ListType::plain;
  return normalise_label(label).empty() || !has_words(label) || static_cast<unsigned char>(label[0]) >= 0xE2 ? ListType::bulleted
                                                                                                          : ListType::ordered;
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

/// Name, role and affiliation of a person: the three together are the whole text, only blanks between them are left out.
void divide(Person& person, const std::string& text, std::string_view role) {
  const std::size_t at = role.empty() ? std::string::npos : text.find(role);
  person.name = trimmed(std::string_view(text).substr(0, at));
  if (at == std::string::npos) return;
  person.role = role;
  person.affiliation = trimmed(std::string_view(text).substr(at + role.size()));
}

}  // namespace

void Fold::close_lists_below(std::uint8_t depth) {
  while (top<ListItem>() != nullptr || top<List>() != nullptr || top<Contents>() != nullptr) {
    if (x_open.back().depth <= depth) return;
    close_top();
  }
}

/// Text of the block that is open. Depth 0 is the paragraph's or section's, a greater one that of the list's item.
void Fold::text(Event& event) {
  if (event.type == "quote") return quote(event);
  if (event.type == "closing") closing(event);
  const Provenance at = where(event);
  const Role next = x_next[x_at];
  const bool joins = event.joins && top<TextBlock>() != nullptr;
  const bool among_members = (is_open<Participants>() && (next == Role::party || next == Role::person)) ||
                             (is_open<Contents>() && next == Role::contents_entry);
  if (!joins && !among_members) {
    close_leaves_but<>();
    close_lists_below(event.depth);
  }
  if (!joins && among_members && top<TextBlock>() != nullptr) close_top();
  if (!joins && top<Contents>() != nullptr) return open_item(event, x_open.back().depth);
  add_words(event.text, event.hits, at, joins);
}

void Fold::quote(Event& event) {
  const Provenance at = where(event);
  const bool joins = event.joins && top<TextBlock>() != nullptr;
  if (!joins) {
    close_leaves_but<Quote>();
    if (top<Quote>() == nullptr) {
      close_lists_below(event.depth);
      open(Apart(Quote{x_ids.counted(prefixed("quote"))}));
    }
  }
  add_words(event.text, event.hits, at, joins);
}

void Fold::point(Event& event) {
  if (is_open<Contents>()) close_until<Paragraph, Section, Annex>();
  close_leaves_but<>();
  const std::uint8_t depth = std::max<std::uint8_t>(event.depth, 1);
  close_lists_below(depth);
  if (top<ListItem>() != nullptr && x_open.back().depth == depth) close_top();
  const ListType type = list_type(joined_text(x_document, event.label, x_room));
  if (auto* list = top<List>(); list != nullptr && list->type != type) close_top();
  if (top<List>() == nullptr) open(Apart(List{x_ids.counted(prefixed("list")), type}), depth);
  open_item(event, depth);
}

void Fold::open_item(Event& event, std::uint8_t depth) {
  Apart<ListItem> item;
  item->at = where(event);
  item->num = printed(event.label);
  item->n = event.n.empty() ? normalise_label(item->num) : std::string(event.n);
  open(std::move(item), depth);
  if (event.text.empty()) return;
  const Provenance at = place_of(x_document, event.text);
  open_text(words(event.text, event.hits), at);
}

void Fold::contents(Event& event) {
  close_until<Paragraph, Section, Annex>();
  Apart<Contents> made;
  made->at = where(event);
  made->type = from_name<ContentsType>(event.type).value_or(ContentsType::tableOfContents);
  if (top<Paragraph>() == nullptr || made->type == ContentsType::tableOfContents) {
    leave_closing();
    close_until<Section, Annex>();
  }
  x_last_id = made->id = x_ids.counted(prefixed("contents"));
  made->heading = words(event.title, event.hits, true);
  open(std::move(made), 1);
}

void Fold::contents_entry(Event& event) {
  if (!is_open<Contents>()) {
    Event implied;
    implied.type = event.type;
    contents(implied);
  }
  const std::uint8_t depth = std::max<std::uint8_t>(event.depth, 1);
  close_until<Contents, List, ListItem>();
  close_lists_below(depth);
  if (top<ListItem>() != nullptr && x_open.back().depth == depth) close_top();
  if (top<ListItem>() != nullptr) open(Apart(List{x_ids.counted(prefixed("list")), list_type(joined_text(x_document, event.label, x_room))}), depth);
  open_item(event, depth);
}

/// The cells of one row's line. Words that stand outside of every cell become cells of their own.
void Fold::add_cells(Row& row, const Piece& piece, std::uint32_t base, std::span<const Hit> hits) {
  const Line& line = x_document.lines[piece.line];
  std::uint32_t done = piece.range.begin;
  auto hit = hits.begin();
  std::vector<Hit> within;
  const auto add = [&](std::uint32_t begin, std::uint32_t end, const Mark* mark) {
    within.clear();
    const std::uint32_t from = base + begin - piece.range.begin, to = base + end - piece.range.begin;
    while (hit != hits.end() && hit->range.begin < from) ++hit;
    for (; hit != hits.end() && hit->range.end <= to; ++hit) {
      within.push_back(*hit);
      for (std::uint32_t* edge : {&within.back().range.begin, &within.back().range.end}) *edge -= from;
      if (hit->label.begin >= from)
        for (std::uint32_t* edge : {&within.back().label.begin, &within.back().label.end}) *edge -= from;
    }
    Pieces part{Piece{piece.line, {begin, end}}};
    row.cells.push_back({words(part, within), mark == nullptr ? std::uint16_t{1} : mark->colspan, mark == nullptr ? std::uint16_t{1} : mark->rowspan});
  };
  const auto add_between = [&](std::uint32_t end) {
    const std::string_view between = line.content.substr(done, std::max(done, end) - done);
    if (between.find_first_not_of(" \t|") != std::string_view::npos) add(done, end, nullptr);
  };
  const auto cells = std::count_if(line.marks.begin(), line.marks.end(), [](const Mark& mark) { return mark.kind == MarkKind::cell; });
  row.cells.reserve(row.cells.size() + static_cast<std::size_t>(cells));
  for (const Mark& mark : line.marks) {
    if (mark.kind != MarkKind::cell || mark.begin < done || mark.end > piece.range.end || mark.end < mark.begin) continue;
    add_between(mark.begin);
    add(mark.begin, mark.end, &mark);
    done = mark.end;
  }
  add_between(piece.range.end);
}

void Fold::table_row(Event& event) {
  close_leaves_but<Table>();
  if (top<Table>() == nullptr) {
    Apart<Table> made;
    x_last_id = made->id = x_ids.counted(prefixed("tab"));
    open(std::move(made));
  }
  Row row;
  row.at = where(event);
  row.head = !event.text.empty();
  std::uint32_t base = 0;
  const Pieces pieces = std::exchange(event.text, {});
  for (const Piece& piece : pieces) {
    add_cells(row, piece, base, event.hits);
    for (const Mark& mark : x_document.lines[piece.line].marks) row.head = row.head && (mark.kind != MarkKind::cell || mark.header);
    base += piece.range.size() + 1;
  }
  const bool marked = !pieces.empty() && std::any_of(x_document.lines[pieces[0].line].marks.begin(), x_document.lines[pieces[0].line].marks.end(),
                                                     [](const Mark& mark) { return mark.kind == MarkKind::cell; });
  row.head = row.head && marked;
  if (row.cells.empty()) row.cells.emplace_back();
  Table& table = *top<Table>();
  widen(table.at, row.at);
  table.rows.push_back(std::move(row));
}

void Fold::participants(Event& event) {
  close_leaves_but<>();
  close_lists_below(0);
  Apart<Participants> made;
  made->at = where(event);
  made->type = from_name<ParticipantsType>(event.type).value_or(ParticipantsType::mixed);
  x_last_id = made->id = x_ids.counted(prefixed("participants"));
  open(std::move(made));
}

void Fold::party(Event& event) {
  close_leaves_but<Participants>();
  if (top<Participants>() == nullptr) {
    Event implied;
    participants(implied);
  }
  PartyName made{from_name<PartyKind>(event.type).value_or(PartyKind::state), std::string(event.code), std::string(event.n)};
  made.at = where(event);
  made.text = words(event.text, event.hits, true);
  Participants& run = *top<Participants>();
  widen(run.at, made.at);
  run.members.emplace_back(std::move(made));
  x_open.back().depth = event.depth;
}

void Fold::person(Event& event) {
  close_leaves_but<Participants>();
  if (top<Participants>() == nullptr) {
    Event implied;
    implied.type = "persons";
    participants(implied);
  }
  Person made;
  made.at = where(event);
  const auto found = std::find_if(event.hits.begin(), event.hits.end(), [](const Hit& hit) { return hit.kind == "person"; });
  if (found != event.hits.end()) {
    made.honorific = found->honorific;
    made.family = found->family;
    made.given = found->given;
  }
  divide(made, plain(event.text), found != event.hits.end() ? found->role : std::string_view());
  Participants& run = *top<Participants>();
  widen(run.at, made.at);
  if (event.depth > x_open.back().depth && !run.members.empty())
    if (auto* party = std::get_if<PartyName>(&run.members.back())) {
      Delegation delegation{std::move(*party)};
      delegation.at = delegation.party->at;
      run.members.back() = std::move(delegation);
    }
  auto* delegation = run.members.empty() ? nullptr : std::get_if<Delegation>(&run.members.back());
  if (delegation == nullptr || event.depth <= x_open.back().depth) {
    run.members.emplace_back(std::move(made));
    return;
  }
  widen(delegation->at, made.at);
  delegation->persons.push_back(std::move(made));
}

void Fold::separator(Event& event) {
  const Provenance at = where(event);
  std::string printed = plain(event.text);
  const bool in_table = top<Table>() != nullptr && x_next[x_at] == Role::table_row && !has_words(printed);
  if (in_table) return widen(top<Table>()->at, at);
  close_leaves_but<>();
  close_lists_below(0);
  put({Apart(Separator{at, std::move(printed)})}, at);
}

/// A tag or comment: goes into the text that is open, for it is no text of its own.
void Fold::raw(Event& event) {
  const Provenance at = where(event);
  if (top<TextBlock>() == nullptr) return add_words(event.text, {}, at, false);
  Inlines made = words(event.text);
  auto& block = *top<TextBlock>();
  std::move(made.begin(), made.end(), std::back_inserter(block.text));
  widen(block.at, at);
}

void Fold::verbatim(Event& event) {
  const Provenance at = where(event);
  if (top<Verbatim>() == nullptr) {
    close_leaves_but<>();
    open(Apart(Verbatim{x_ids.counted(prefixed("verb"))}));
    x_last_id = top<Verbatim>()->id;
  } else {
    top<Verbatim>()->text += '\n';
  }
  Verbatim& block = *top<Verbatim>();
  for (const Piece& piece : event.text) {
    if (&piece != &event.text.front()) block.text += '\n';
    block.text += piece_text(x_document, piece);
  }
  event.text.clear();
  widen(block.at, at);
}

}  // namespace rapporteur
