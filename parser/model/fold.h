// Stage model: the fold proper, a stack of open elements.
//
// Each kind of event says which open elements it ends and what it opens. An element is owned by the stack while it is
// open and handed to its parent when it closes; it keeps its place in memory, so nothing points into a vector that grows.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "model/ids.h"
#include "model/inlines.h"
#include "readers/line.h"
#include "recognition/events.h"

namespace rapporteur {

class Fold {
 public:
  Fold(const Document& document, Events& events, Report& report);

  /// Folds all events into the report, and takes them away as it goes.
  void run();

 private:
  using Node = std::variant<Apart<Annex>, Apart<Section>, Apart<Paragraph>, Apart<List>, Apart<ListItem>, Apart<Contents>, Apart<Table>,
                            Apart<Participants>, Apart<Quote>, Apart<Verbatim>, Apart<TextBlock>>;
  struct Open {
    template <typename T>
    Open(Apart<T> what, std::uint8_t at) : node(std::move(what)), depth(at) {}
    Node node;
    std::uint8_t depth;
  };

  void take(Event& event);
  void keep_leftovers(Event& event);
  void field(Event& event);
  void section(Event& event);
  void paragraph(Event& event);
  void point(Event& event);
  void text(Event& event);
  void quote(Event& event);
  void table_row(Event& event);
  void contents(Event& event);
  void contents_entry(Event& event);
  void participants(Event& event);
  void party(Event& event);
  void person(Event& event);
  void annex(Event& event);
  void furniture(Event& event);
  void closing(Event& event);
  void note(Event& event);
  void separator(Event& event);
  void raw(Event& event);
  void verbatim(Event& event);

  template <typename T>
  T* top() { return x_open.empty() ? nullptr : held_as<T>(x_open.back().node); }
  template <typename T>
  bool is_open() const;
  template <typename... Ts>
  void close_leaves_but();              ///< ends open text, tables, participants, quotes ... at the top, but not a Ts
  template <typename... Ts>
  void close_until();                   ///< ends everything above the innermost Ts
  void close_top();
  void close_all();
  void put(Block&& block, const Provenance& at);
  Blocks& open_children();
  template <typename T>
  void open(Apart<T> node, std::uint8_t depth = 0) { x_open.emplace_back(std::move(node), depth); }

  void open_item(Event& event, std::uint8_t depth);
  void close_lists_below(std::uint8_t depth);
  void open_text(Inlines words, const Provenance& at);
  void add_words(Pieces& pieces, std::span<const Hit> hits, const Provenance& at, bool joins);
  void finish(Annex&& annex);
  void finish(ListItem&& item);
  void leave_closing();
  void separate_members();
  bool in_annex() const { return !x_open.empty() && std::holds_alternative<Apart<Annex>>(x_open.front().node); }

  Inlines words(Pieces& pieces, std::span<const Hit> hits = {}, bool heading = false);
  std::string plain(Pieces& pieces);
  /// The same, in the source where it stands there just so.
  Words printed(Pieces& pieces);
  void add_cells(Row& row, const Piece& piece, std::uint32_t base, std::span<const Hit> hits);
  Provenance where(const Event& event) const;
  std::string prefixed(std::string_view stem) const {
    std::string id = x_prefix;
    return id += stem;
  }
  std::string section_id(const Section& section);
  std::string id_for_furniture() const;

  const Document& x_document;
  Events& x_events;
  Report& x_report;
  InlineBuilder x_inlines;
  IdMaker x_ids;
  std::vector<Open> x_open;
  std::vector<Role> x_next;        // for each event the role of the next that is no text, note, furniture or raw
  std::size_t x_at = 0;            // index of the event at hand
  std::string x_prefix;            // of ids inside an annex
  std::string x_last_id;
  std::string x_room;              // where labels of several pieces are joined
  bool x_closing = false;
};

}  // namespace rapporteur
