// Stage model: the stack of open elements, and how an element joins its parent when it closes.

#include "model/fold.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "model/fold_stack.h"
#include "model/provenance.h"
#include "recognition/pieces.h"

namespace rapporteur {

namespace {

/// Roles that may stand between the members of a run without ending it.
bool passes_by(Role role) {
  return role == Role::text || role == Role::note || role == Role::furniture || role == Role::raw;
}

}  // namespace

Fold::Fold(const Document& document, Events& events, Report& report)
    : x_document(document), x_events(events), x_report(report), x_inlines(document), x_next(events.size(), Role::text) {
  Role next = Role::text;
  for (std::size_t i = events.size(); i-- > 0;) {
    x_next[i] = next;
    if (!passes_by(events[i].role)) next = events[i].role;
  }
}

void Fold::run() {
  for (x_at = 0; !x_events.empty(); ++x_at) {
    take(x_events.front());
    keep_leftovers(x_events.front());
    x_events.pop_front();
  }
  close_all();
}

void Fold::take(Event& event) {
  switch (event.role) {
    case Role::field: return field(event);
    case Role::section: return section(event);
    case Role::paragraph: return paragraph(event);
    case Role::point: return point(event);
    case Role::text: return text(event);
    case Role::table_row: return table_row(event);
    case Role::contents: return contents(event);
    case Role::contents_entry: return contents_entry(event);
    case Role::participants: return participants(event);
    case Role::party: return party(event);
    case Role::person: return person(event);
    case Role::annex: return annex(event);
    case Role::furniture: return furniture(event);
    case Role::closing: return closing(event);
    case Role::note: return note(event);
    case Role::separator: return separator(event);
    case Role::raw: return raw(event);
    case Role::verbatim: return verbatim(event);
  }
}

/// Pieces that an event of its role does not usually have: kept as text where they stood.
void Fold::keep_leftovers(Event& event) {
  for (Pieces* pieces : {&event.label, &event.title, &event.mark, &event.text}) {
    if (pieces->empty()) continue;
    const Provenance at = place_of(x_document, *pieces);
    add_words(*pieces, {}, at, false);
  }
}

Inlines Fold::words(Pieces& pieces, std::span<const Hit> hits, bool heading) {
  const Pieces taken = std::exchange(pieces, {});
  return x_inlines.build(taken, hits, heading);
}

std::string Fold::plain(Pieces& pieces) {
  const Pieces taken = std::exchange(pieces, {});
  return joined_text(x_document, taken);
}

Words Fold::printed(Pieces& pieces) {
  const Pieces taken = std::exchange(pieces, {});
  std::string joined;
  const std::string_view text = joined_text(x_document, taken, joined);
  return in_source(x_document, text) ? Words::in_place(text) : Words(text);
}

Provenance Fold::where(const Event& event) const { return place_of(x_document, event); }

void Fold::close_all() {
  while (!x_open.empty()) close_top();
}

void Fold::close_top() {
  std::visit(
      [&](auto& node) {
        using T = std::decay_t<decltype(*node)>;
        if constexpr (std::is_same_v<T, Annex> || std::is_same_v<T, ListItem>) {
          Apart<T> closed = std::move(node);
          x_open.pop_back();
          finish(std::move(*closed));
        } else {
          const Provenance at = node->at;
          Block closed{std::move(node)};
          x_open.pop_back();
          put(std::move(closed), at);
        }
      },
      x_open.back().node);
}

void Fold::finish(Annex&& annex) {
  Annex* parent = top<Annex>();
  if (parent != nullptr) widen(parent->at, annex.at);
  (parent != nullptr ? parent->annexes : x_report.annexes).push_back(std::move(annex));
  x_prefix = parent != nullptr ? parent->id + "-" : "";
}

void Fold::finish(ListItem&& item) {
  if (List* list = top<List>()) {
    widen(list->at, item.at);
    list->items.push_back(std::move(item));
  } else if (Contents* parent = top<Contents>()) {
    widen(parent->at, item.at);
    parent->items.push_back(std::move(item));
  }
}

/// Where blocks go at present: the children of the innermost element that has blocks.
Blocks& Fold::open_children() {
  for (auto open = x_open.rbegin(); open != x_open.rend(); ++open) {
    Blocks* blocks = std::visit(
        [](auto& node) -> Blocks* {
          if constexpr (requires { node->children; }) return &node->children;
          else return nullptr;
        },
        open->node);
    if (blocks != nullptr) return *blocks;
  }
  return x_closing ? x_report.closing : x_report.body;
}

void Fold::put(Block&& block, const Provenance& at) {
  auto* participants = top<Participants>();
  if (participants != nullptr && block.as<TextBlock>() != nullptr)
    participants->members.push_back(std::move(*block.as<TextBlock>()));
  else
    open_children().push_back(std::move(block));
  if (!x_open.empty()) std::visit([&](auto& node) { widen(node->at, at); }, x_open.back().node);
  else if (x_closing) widen(x_report.closing_at, at);
}

/// A section or numbered paragraph after what seemed the closing: it was none, and becomes part of the body.
void Fold::leave_closing() {
  if (!x_closing || in_annex()) return;
  close_all();
  x_closing = false;
  std::move(x_report.closing.begin(), x_report.closing.end(), std::back_inserter(x_report.body));
  x_report.closing.clear();
  x_report.closing_at = {};
}

/// Opens a p; it gets an id of its own where no numbered element around it can be cited instead.
void Fold::open_text(Inlines words, const Provenance& at) {
  Apart<TextBlock> block;
  const bool in_flow = x_open.empty() || top<Section>() != nullptr || top<Annex>() != nullptr;
  if (in_flow) x_last_id = block->id = x_ids.counted(prefixed("p"));
  block->text = std::move(words);
  block->at = at;
  open(std::move(block));
}

/// Words for the block that is open: into its open p where they join it, else as a new p.
void Fold::add_words(Pieces& pieces, std::span<const Hit> hits, const Provenance& at, bool joins) {
  const bool breaks = !pieces.empty() && pieces.front().hard_break;
  Inlines made = words(pieces, hits);
  auto* block = top<TextBlock>();
  if (block == nullptr || !joins) {
    close_leaves_but<Participants, Quote>();
    return open_text(std::move(made), at);
  }
  if (breaks) block->text.push_back({LineBreak{}});
  else if (!block->text.empty()) block->text.push_back({Text{Words::in_place(" ")}});
  std::move(made.begin(), made.end(), std::back_inserter(block->text));
  widen(block->at, at);
}

/// The element that furniture interrupted: the numbered paragraph if one is open, for that is what people cite; else
/// the innermost open element, else the last that there was.
std::string Fold::id_for_furniture() const {
  std::string_view innermost;
  for (auto open = x_open.rbegin(); open != x_open.rend(); ++open) {
    const std::string_view id = std::visit([](const auto& node) -> std::string_view { return node->id; }, open->node);
    if (std::holds_alternative<Apart<Paragraph>>(open->node)) return std::string(id);
    if (innermost.empty()) innermost = id;
  }
  return innermost.empty() ? x_last_id : std::string(innermost);
}

}  // namespace rapporteur
