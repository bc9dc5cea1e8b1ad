// Stage exports: the writer of Akoma Ntoso, in three files: akn.cc (metadata, preface, annexes), akn_blocks.cc,
// akn_inlines.cc.
//
// The schema knows two ways to hold text: hierarchies (section, paragraph, list, point), which hold either nothing but
// content or an intro and further hierarchies, and flow (p, table, blockList), which holds no hierarchies.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "exports/element_ids.h"
#include "exports/facts.h"
#include "exports/markup.h"
#include "rapporteur/report.h"

namespace rapporteur {

class AknWriter {
 public:
  AknWriter(const Report& report, std::string& out);
  void write();

 private:
  /// A top level class: something that the text speaks of, listed in the metadata.
  struct Concept {
    const char* element;      ///< TLCPerson ...
    const char* path;         ///< person: a part of its IRI
    std::string id, name;
  };
  enum class Tail : std::uint8_t { wrap_up, alinea };  ///< how a hierarchy ends in text

  // akn.cc
  void name_notes_and_targets();
  void gather_concepts();
  std::string concept_id(const char* element, const char* path, const std::string& name);
  void root();
  void meta();
  void identification(std::string_view component);
  void frbr(const char* level, const std::string& iri, std::string_view component, std::string_view suffix);
  void work_properties();
  void preservation();
  void references();
  void proprietary();
  void preface();
  void field(const HeaderField& field);
  void conclusions();
  void attachments(const std::vector<Annex>& annexes);
  void annex(const Annex& annex);
  std::string component(const Annex& annex) const;

  // akn_blocks.cc
  void main_body(const Blocks& body, const Blocks& more);
  void hierarchy(const Blocks& children, const std::string& id, Tail tail);
  void flow_run(const char* element, std::span<const Block> blocks, const std::string& id);
  void alinea(std::span<const Block> blocks, const std::string& id);
  void put_hierarchy(const Block& block, const std::string& id, std::span<const Block> intro = {});
  void section(const Section& section);
  void paragraph(const Paragraph& paragraph);
  void open_list(std::string_view cls, const std::string& id);
  void points(const std::vector<ListItem>& items);
  void points(const Participants& participants);
  void point(std::string_view label, std::string_view num, const Blocks& children);
  template <typename Put>
  void member_point(Put put);
  void flow(const Block& block, const std::string& id);
  void flow(const Blocks& blocks, const std::string& id);
  void flow_items(const std::vector<ListItem>& items, const std::string& id);
  void flow_members(const Participants& block);
  void flow_group(std::string_view cls, std::string_view num, const Inlines& heading, const Blocks& children, const std::string& id);
  void table(const Table& table, const std::string& id);
  void verbatim(const Verbatim& block);
  void place(const Provenance& at);

  // akn_inlines.cc
  void line(const char* element, const Inlines& text, const char* cls = nullptr);  ///< nothing where it says nothing
  void inlines(const Inlines& text);
  void put(const Text& i) { x_xml.text(i.text); }
  void put(const Styled& i);
  void put(const LineBreak&);
  void put(const PageBreak&);
  void put(const Raw&) {}
  void put(const Link& i);
  void put(const DateText& i);
  void put(const Ref& i);
  void put(const NoteRef& i);
  void put(const PersonText& i);
  void put(const Change& i);
  void note(const Note& note);
  std::string address(const Ref& ref) const;
  void party(const PartyName& party);
  void person(const Person& person);

  const Report& x_report;
  Markup x_xml;
  ElementIds x_ids;
  DocumentFacts x_facts;
  std::string x_work, x_expression, x_date, x_author;
  std::string_view x_date_name;
  std::unordered_map<std::string, std::string> x_targets;  ///< id in our XML -> eId
  std::unordered_map<std::string, const Note*> x_notes;
  std::unordered_set<const Note*> x_told;
  std::map<std::pair<std::string_view, std::string>, Concept> x_concepts;  ///< by element and name
  std::string x_context;                                   ///< eId of the annex that is being written
  std::string x_list;                                      ///< eId of the list that is being written
};

}  // namespace rapporteur
