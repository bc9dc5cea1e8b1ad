// Stage recognition: the desk on which one document is worked out.
//
// The passes of recognition (furniture, contents, annexes, numbering, headings, header) each look at the same lines and
// write down what they found in one LinePlan per line. A line that a pass has claimed is left alone by later ones. When
// all have run, assemble.cc turns the plans into events.
#pragma once

#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "grammar/grammar.h"
#include "readers/line.h"
#include "recognition/events.h"
#include "recognition/facts.h"

namespace rapporteur {

/// What a line was found to be.
enum class Claim : std::uint8_t {
  text,            ///< words that go on in, or follow, what is open
  furniture,
  contents_head, contents_entry,
  field,           ///< header matter (see HeaderPiece)
  annex,           ///< opens an annex
  section,         ///< opens a section
  more_title,      ///< a further line of the heading that `head` opens
  mark,            ///< "(Agenda item 3)" or "[English only]": belongs to `head`
  paragraph,
  point,
  participants,    ///< announces participants; the words stay text
  party,
  closing,
};

struct LinePlan {
  Claim claim = Claim::text;
  std::uint8_t depth = 0;
  bool mark_first = false;
  bool starts_chain = false;
  bool run_in = false;         ///< section: text goes on behind its title on the same line
  std::uint32_t head = 0;      ///< more_title, mark: index of the line that opens the heading
  Span label{};                ///< of the match text: the label as printed, punctuation included
  Span title{};                ///< of the match text: words of the heading on this line
  const Rule* rule = nullptr;
  std::string type;
  std::string n, agenda;
  float confidence = 0.9f;
  std::uint32_t decision = 0xffffffff;
  bool free() const { return claim == Claim::text; }
};

/// One field of the header, or the part of a line that is one. A field may have no words of its own (`text` empty): then
/// `n` holds what was read elsewhere ("Lindhaven" out of the title).
struct HeaderPiece {
  std::string type;        ///< FieldKind's name
  std::uint32_t line = 0;
  std::vector<std::pair<std::uint32_t, Span>> text;  ///< lines and ranges of their match text
  std::string n, when, to, mode, role;
  const Rule* rule = nullptr;
  float confidence = 0.8f;
};

/// Options of one run.
struct RecogniseOptions {
  bool explain = false;  ///< gather evidence for every decision (slower)
};

struct Work {
  Work(const Document& d, const Grammar& g, const RecogniseOptions& o);

  const Document& document;
  const Grammar& grammar;
  RecogniseOptions options;
  mutable Matcher matcher;
  std::vector<Facts> facts;
  Manner manner;
  std::vector<Match> matches;                    ///< of all lines, in line order; see matches_of
  std::vector<std::uint32_t> first_match;        ///< per line, and one more
  std::vector<LinePlan> plans;
  std::vector<Decision> decisions;
  Diagnostics diagnostics;
  std::set<std::string> contents_keys;           ///< words of the contents lists' entries
  std::uint32_t header_end = 0;                  ///< lines before it are header matter
  bool plain = false;                            ///< no report: nothing is looked for
  bool marks_headings = false;                   ///< the format itself marks the headings
  std::vector<HeaderPiece> header;
  std::string language;                          ///< BCP 47; empty unknown
  int year = 0;                                  ///< of the document, 0 unknown
  TextArena texts;                               ///< owns the words of the events
  HitArena hits;                                 ///< owns their hits

  std::uint32_t size() const { return static_cast<std::uint32_t>(document.lines.size()); }
  const Line& line(std::uint32_t i) const { return document.lines[i]; }
  std::string_view text(std::uint32_t i) const { return document.lines[i].match; }
  /// What a line may be, fields of the header left out.
  std::span<const Match> matches_of(std::uint32_t i) const {
    return {matches.data() + first_match[i], matches.data() + first_match[i + 1]};
  }
  /// Bytes of the bullet that a line's matches stand behind: "- 12. The Panel ..." is what some converters make of a
  /// numbered paragraph, and its label is looked for where the number is.
  std::uint32_t bullet(std::uint32_t i) const;
  /// Whether rules are asked about a line at all.
  bool asked(std::uint32_t i) const { return line(i).kind == LineKind::text || line(i).kind == LineKind::note; }
  /// The fields of the header that a line may be; asked when someone wants to know, which is of few lines.
  std::span<const Match> fields_of(std::uint32_t i) const { return x_fields.of(i); }
  /// Likewise what makes it an address, and whether its sentence announces a list.
  std::span<const Match> contacts_of(std::uint32_t i) const { return x_contacts.of(i); }
  std::span<const Match> announcements_of(std::uint32_t i) const { return x_announcements.of(i); }
  /// The first match of a line that proposes this, or null.
  const Match* proposal(std::uint32_t i, Emit emit) const {
    return ((x_proposed[i].emits | x_late_emits) >> static_cast<unsigned>(emit) & 1) != 0 ? find_proposal(i, emit) : nullptr;  // mostly none
  }

  /// "Morning session", "Minutes:": a rule knows such headings by their words alone.
  bool names_part(std::uint32_t i) const {
    const Match* named = proposal(i, Emit::section);
    return named && !named->rule->counts && !named->rule->type.empty();
  }

  /// "Agenda", as a heading.
  bool heads_agenda(std::uint32_t i) const;

  static constexpr std::uint32_t none = 0xffffffff;
  bool is_furniture(std::uint32_t i) const { return plans[i].claim == Claim::furniture; }
  /// Part of the running text: no furniture, no rule, no footnote.
  bool in_flow(std::uint32_t i) const;
  /// The nearest line before/after that is in the flow, or `none`.
  std::uint32_t before(std::uint32_t i) const;
  std::uint32_t after(std::uint32_t i) const;

  /// The words that belong together with line i as far as blank lines, labels and claims tell.
  struct Extent {
    std::uint32_t last = 0;      ///< last line of it
    std::uint32_t words = 0, chars = 0, lines = 0;
    LineEnd end = LineEnd::open;
    bool capitals = false;
  };
  Extent extent(std::uint32_t i) const;
  /// The line stops at a word that no sentence and no heading ends with: "held on the", "verschoben auf den".
  bool unfinished(std::uint32_t i) const;
  /// True where line i goes on in the middle of a sentence of the line before.
  bool mid_sentence(std::uint32_t i) const {
    if (x_goes_on[i] == Known::no_answer) x_goes_on[i] = goes_on(i) ? Known::yes : Known::no;  // asked several times of most
    return x_goes_on[i] == Known::yes;
  }
  /// The first word of line i would have had room at the end of the line before, up to that share of a full line.
  bool fits_above(std::uint32_t i, std::uint32_t percent = 85) const;
  bool next_label(const Match& above, const Match& here, std::uint32_t i) const;
  /// A block of prose begins here: enough words, and they read as sentences.
  bool prose(std::uint32_t i) const;
  /// The line holds nothing but a number, which may be a paragraph's.
  bool lone_number(std::uint32_t i) const { return facts[i].words == 1 && facts[i].letters == 0 && proposal(i, Emit::paragraph); }
  /// Prose, or a sentence however short: what may be the text of a number that stands alone above it.
  bool reads_as_text(std::uint32_t i) const;
  /// That, or lines that the end of a page cuts short.
  bool may_be_numbered_text(std::uint32_t i) const;
  bool begins_block(std::uint32_t i) const;
  /// It does, or every line is a paragraph and the one before has ended.
  bool begins_afresh(std::uint32_t i) const;
  /// The head of a table comes back on every page that the table goes on over; it is no page furniture. Columns of a few
  /// words stand wide apart and no number is among them; the rows below have their columns under these.
  bool table_head(std::uint32_t i) const;
  /// Minutes that give speeches begin their lines with who speaks ("Roy: will resolve soon"): counts such beginnings.
  void note_speakers();
  /// Log odds against a heading, where a line begins as many others do that name who speaks.
  float speaks(std::uint32_t i) const;
  /// Gives back what is known of lines, once all of them are in events: half the memory of a large document. No question
  /// about a line can be asked after it.
  void forget_lines();
  bool speech(std::uint32_t i) const;            ///< a line of a dialogue: who speaks, and what
  std::unordered_map<std::string_view, std::uint32_t> speakers;  ///< the words before a colon, and how many lines begin so
  bool dialogue = false;                         ///< many lines begin with who speaks
  bool labelled(std::uint32_t i) const { return x_proposed[i].labelled; }          ///< some rule with a number matches its beginning

 private:
  /// What the matches of a line propose: bits of Emit, and whether a rule with a number is among them.
  struct Proposed {
    std::uint64_t emits = 0;
    bool labelled = false;
  };
  void ask(std::uint32_t i, BlockRules which, std::vector<Match>& out) const;
  const Match* find_proposal(std::uint32_t i, Emit emit) const;
  bool goes_on(std::uint32_t i) const;
  /// An answer that stays the same, once it was looked for.
  enum class Known : std::uint8_t { no_answer, no, yes };
  std::vector<Proposed> x_proposed;  // per line
  mutable std::vector<Known> x_goes_on;  // per line, what mid_sentence says
  /// What is asked of a line when someone wants to know.
  class Late {
   public:
    Late(const Work& work, BlockRules which) : x_work(work), x_which(which), x_emits(work.grammar.emits(which)), x_place(work.size()) {}
    std::span<const Match> of(std::uint32_t i);
    /// What its rules can propose, as bits of Emit.
    std::uint64_t emits() const { return x_emits; }
    void forget() { x_place = {}, x_found = {}; }

   private:
    const Work& x_work;
    BlockRules x_which;
    std::uint64_t x_emits;
    std::vector<std::uint32_t> x_place;      // per line: 0 not asked, 1 nothing found, or where in x_found and two more
    std::deque<std::vector<Match>> x_found;  // stay where they are
  };
  std::uint64_t x_late_emits = 0;  // what any of the three can propose
  mutable Late x_fields, x_contacts, x_announcements;
};

/// Letters and digits of a text, folded: what stays the same when a heading is repeated elsewhere.
std::string words_key(std::string_view text);

/// The last word of a text, and whether a title cannot end with such a word ("of", "de la").
std::string_view last_word(std::string_view text);
bool joins_on(std::string_view word);

inline float probability(float log_odds) { return static_cast<float>(1 / (1 + __builtin_exp(-log_odds))); }

// The passes, in the order in which they run.
void find_furniture(Work& work);
void find_contents(Work& work);
void find_annexes(Work& work);
void find_header_end(Work& work);
void find_repeated_masthead(Work& work);
void find_numbering(Work& work);
void find_alike(Work& work);
void find_headings(Work& work);
void find_header(Work& work);
void find_participants(Work& work);
Events assemble(Work& work);
void find_mentions(Work& work, Events& events);
void find_owners(Work& work, Events& events);

}  // namespace rapporteur
