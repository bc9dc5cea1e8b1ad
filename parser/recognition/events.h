// Stage recognition: its output, a flat list of events in document order, and the decisions behind them.
//
// Each event is one logical thing (a header field, a heading, a paragraph's number and words, a row of a table, a line of
// furniture). Nesting is not expressed here but by `depth`; the model folds the list into a tree. Every content byte of
// every line of the Document lies in exactly one piece of one event: that is what "nothing is lost" means here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/diagnostic.h"
#include "rapporteur/report.h"
#include "recognition/block_queue.h"
#include "recognition/piece_list.h"
#include "recognition/text_arena.h"
#include "text/arena.h"

namespace rapporteur {

enum class Role : std::uint8_t {
  field,           ///< header field; `type` is the FieldKind's name; words in `text`
  section,         ///< heading: `label`, `title`, `mark`; `depth` 1 = outermost
  paragraph,       ///< a numbered paragraph begins: `label`, `n`; its first words in `text`
  point,           ///< an item of a list inside the current block: `label` (bullet or number), `depth` 1.., words in `text`
  text,            ///< words that belong to the block that is open (further text of a paragraph, or unnumbered text);
                   ///< `type` "" or "quote" or "closing"
  table_row,       ///< one row; `text` has the one piece of its line (cells are the line's marks)
  contents,        ///< a contents list or a listed agenda begins: heading in `title` (may be empty); `type`
  contents_entry,  ///< `label`, words in `text`, `depth`
  participants,    ///< a run of participants begins; `type`
  party,           ///< `code`, `type` = PartyKind's name, acronym in `n`; words in `text`
  person,          ///< words in `text`, parts in hits
  annex,           ///< annex heading: `label`, `title`, `mark`; `depth` 1 = of the report, 2 = inside an annex
  furniture,       ///< `type` = FurnitureKind's name; words in `text`
  closing,         ///< the closing begins (no words of its own)
  note,            ///< a footnote's text: `label`, `n`, words in `text`
  separator,       ///< a rule line
  raw,             ///< markup that is no text (Line::raw)
  verbatim,        ///< a literal line
};

/// Something found inside the joined text of an event (see `joined_text`). Its words are the program's own or lie in
/// Recognised::texts; so do those of an event.
struct Hit {
  std::string_view kind;      ///< the Emit name: annexRef, documentRef, paragraphRef, agendaItemRef, date, person
  Span range{};               ///< bytes of the event's joined text
  Span label{};               ///< annexRef: the label as printed; empty range where there is none
  std::string_view normalized;  ///< "III", "BS/SOM/R(2021)1", "14"
  std::string_view when, to;  ///< date: ISO
  std::string_view honorific, given, family, role;  ///< person
  std::string_view word;      ///< annexRef: annex, appendix, attachment
  RuleIndex rule = no_rule;
  float confidence = 1;
};

/// Hits of many events. They stay together, and all go when the events are folded: in between, each alone, they left their
/// room in pieces that nothing else fitted.
using HitArena = Arena<Hit, 32>;

struct Event {
  Role role = Role::text;
  std::uint8_t depth = 0;
  bool joins = false;         ///< text: goes on in the same p as the text before it
  bool inferred = false;      ///< the label was counted by the reader, not printed
  bool mark_first = false;    ///< section: `mark` stands before the title
  std::string_view type;
  std::string_view n;         ///< normalised label
  std::string_view agenda;    ///< section: agenda item named by the heading
  std::string_view code;      ///< party: ISO code
  std::string_view when, to;  ///< field docDate, meetingDate: ISO
  std::string_view mode;      ///< field venue: inPerson, online, hybrid
  Pieces label, title, mark, text;
  Pieces read_from;           ///< field without words of its own: the words of other elements that it was read out of
  std::span<Hit> hits;        ///< in `text` (for section, annex, contents: in `title`), sorted, disjoint
  RuleIndex rule = no_rule;
  float confidence = 1;
  std::uint32_t decision = 0xffffffff;  ///< index into Recognised::decisions
};

/// A large document has many, and the model needs each but once.
using Events = BlockQueue<Event>;

/// One piece of evidence, for or against, in the words that `explain` prints.
struct Evidence {
  std::string text;           ///< "continues the chain 6, 7, 8 of (n)"
  float weight = 0;           ///< log odds: positive for, negative against
};

/// One reading that was considered for a line.
struct Candidate {
  Role role = Role::text;
  RuleIndex rule = no_rule;
  std::string reading;        ///< "paragraph 7", "page number 7"
  float score = 0;
  std::vector<Evidence> evidence;
};

/// What was decided about a line, and what lost.
struct Decision {
  std::uint32_t line = 0;     ///< index into Document::lines
  Candidate chosen;
  std::vector<Candidate> others;  ///< best first
  float confidence = 1;
};

/// Everything recognition says of a Document.
struct Recognised {
  TextArena texts;                    ///< owns the words of events and hits
  HitArena hits;                      ///< owns those of events
  Events events;
  std::vector<Decision> decisions;
  std::vector<RuleName> rules;        ///< what RuleIndex points into
  ReportType type = ReportType::meetingReport;
  std::string language;
  Verdict verdict = Verdict::ok;
  std::vector<std::string> review_reasons;
  Diagnostics diagnostics;
};

const char* role_name(Role role);

}  // namespace rapporteur
