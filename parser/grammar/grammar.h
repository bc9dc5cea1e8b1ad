// Stage grammar: what an archivist wrote (TOML), compiled into immutable rules that recognition asks about text.
//
// A rule only proposes: "this line could be paragraph 7". Which proposals are true is decided by recognition, from
// evidence over the whole document. This header is all that the rest of the program sees of TOML and PCRE2.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/diagnostic.h"
#include "rapporteur/result.h"
#include "rapporteur/source.h"

namespace rapporteur {

/// What a rule proposes. The names are the words of `emit = "..."` in a grammar file.
enum class Emit : std::uint8_t {
  // block rules, header of the document
  organization, body, docNumber, docDate, docTitle, docType, session, venue, meetingDate, distribution,
  // block rules, running text
  section,       ///< a heading that opens a part; `type` says which kind
  sectionMark,   ///< "(Agenda item 3)" on a line of its own: belongs to the heading next to it
  paragraph,     ///< a numbered paragraph of the report
  point,         ///< an item of a list: (a), i), -, •
  annex,         ///< the heading that opens an annex
  annexMark,     ///< "[English only]": belongs to the annex heading before it
  contents,      ///< the heading of a table of contents
  contentsEntry, ///< a line of one
  agendaList,    ///< a line or sentence that announces a listed agenda ("adopted the following agenda:")
  participants,  ///< a line that announces participants ("attended by ... the following Member States:"); `type`
  closing,       ///< what comes after the last paragraph: "Done at ...", signatures
  furniture,     ///< page furniture; `type` says which kind
  contact,       ///< a line of a letterhead: postal address, telephone, e-mail, web
  note,          ///< a footnote at the foot of a page
  // inline rules
  annexRef, documentRef, paragraphRef, agendaItemRef, date, person,
  none,          ///< a match that blocks others from starting inside it ("Annex I Parties")
};

inline constexpr Emit last_field = Emit::distribution;  ///< of the header

/// Named captures that recognition understands. Any other name in a pattern is an error (G1).
enum class Capture : std::uint8_t {
  number, number2, title, agenda, label, label2, text, day, month, year, day2, month2, year2, place, mode,
  organization, acronym, symbol, honorific, given, family, role, mark, page, total, unit,
  count_  // how many there are; not a name
};
inline constexpr std::size_t capture_count = static_cast<std::size_t>(Capture::count_);

/// Parts of a document, as bits: where a rule may apply.
enum Zone : std::uint8_t { zone_header = 1, zone_contents = 2, zone_body = 4, zone_annex = 8, zone_closing = 16, zone_any = 31,
            zone_cue = 32, zones_most = 64 };  // not a part of a document: the words around a mention, asked on their own

/// Looks that a rule asks of its line, as bits. All that are asked must be there.
enum LookAsked : std::uint8_t { look_heading = 1, look_bold = 2, look_capitals = 4, look_centred = 8, look_italic = 16, look_alone = 32 };

/// Where the words of a heading stand, seen from the line that matched.
enum class TitleAt : std::uint8_t { same, next, previous, none };

/// One compiled rule. Owned by its Grammar, immutable.
struct Rule {
  std::string name;
  Emit emit = Emit::none;
  std::uint8_t zones = zone_any;
  std::uint8_t looks = 0;            ///< LookAsked bits
  std::string type;                  ///< section: agendaItem, part, chapter, heading...; furniture: header, footer, pageNumber...
  TitleAt title_at = TitleAt::same;
  int level = 0;                     ///< rank of a section: 1 outermost; 0 left to recognition
  double weight = 0.5;               ///< 0..1: how likely the proposal is true, knowing nothing else
  float log_odds = 0;                ///< the same as log odds, in which recognition counts
  bool alone = false;                ///< the match must cover the whole line
  std::optional<Capture> counts;     ///< the capture that takes part in a numbering chain
  bool block = true;                 ///< false: an inline rule
  std::uint16_t index = 0;           ///< position in Grammar::rules()
  std::string grammar_id;            ///< "common.numbered-report"
  std::string file;                  ///< grammar file that it stands in
  std::uint32_t line = 0;            ///< 1-based line of its [[block]] or [[inline]]
};

/// A capture that took part in a match, and where.
struct Captured {
  Capture what = Capture::number;
  Span where;
};

/// A rule that matched, with its captures, as ranges of the text that was given. The captures belong to whoever was
/// asked: those of a Matcher last as long as it does.
struct Match {
  const Rule* rule = nullptr;
  Span whole;
  const Captured* first = nullptr;  ///< of those that took part: two or three, so that they are looked through
  std::uint16_t count = 0;
  std::uint32_t shift = 0;          ///< bytes that stand before the text that was asked about

  bool has(Capture capture) const { return find(capture) != nullptr; }
  /// Of a capture that took part.
  Span span(Capture capture) const { return moved(find(capture)->where); }
  std::string_view text(Capture capture, std::string_view subject) const {
    const Captured* found = find(capture);
    if (found == nullptr) return {};
    const Span s = moved(found->where);
    return subject.substr(s.begin, s.size());
  }
  /// The same match, of a text that has so many bytes more before it.
  Match behind(std::uint32_t bytes) const {
    return {rule, {whole.begin + bytes, whole.end + bytes}, first, count, shift + bytes};
  }

 private:
  const Captured* find(Capture capture) const {
    for (const Captured* one = first; one != first + count; ++one)
      if (one->what == capture) return one;
    return nullptr;
  }
  Span moved(Span span) const { return {span.begin + shift, span.end + shift}; }
};

/// A state, organization or other party that grammars know by name.
struct Party {
  std::string code;   ///< ISO 3166-1 alpha-2 (or alpha-4 of 3166-3 for former states), or an organization's acronym
  std::string kind;   ///< "state", "organization", "body"
};

/// Which block rules are asked. Those that find fields only, addresses, or sentences that announce a list are wanted of few lines,
/// and not worth asking about all of a document.
enum class BlockRules : std::uint8_t { all, running, fields, contacts, announcements };
inline constexpr std::size_t kinds_of_block_rules = 5;

/// A loaded grammar with everything it extends. Immutable and thread-safe.
class Grammar {
 public:
  ~Grammar();
  const std::string& id() const;
  int version() const;
  const std::string& title() const;      ///< human name: [grammar] title
  const std::string& language() const;   ///< BCP 47, empty where it serves several
  const std::string& sha256() const;     ///< over the files it was made of, in order
  std::span<const Rule> rules() const;
  const Rule* rule_named(std::string_view name) const;
  /// What the block rules of a kind can propose: bits of Emit.
  std::uint64_t emits(BlockRules kind) const;

  /// A value out of a `[table.NAME]` of the grammar (month names to numbers, roman words, ...). `key` is folded first.
  std::optional<std::string_view> look_up(std::string_view table, std::string_view key) const;
  /// The same of words that may go on: whether the table has longer keys that begin like this, too.
  struct Beginning {
    std::optional<std::string_view> value;
    bool goes_on = false;
  };
  Beginning look_up_beginning(std::string_view table, std::string_view words) const;
  /// The party that goes by this name at this year (0: any time).
  std::optional<Party> party(std::string_view name, int year = 0) const;

  struct Impl;
  explicit Grammar(std::unique_ptr<Impl> impl);
  const Impl& impl() const { return *x_impl; }

 private:
  std::unique_ptr<Impl> x_impl;
};
using GrammarPtr = std::shared_ptr<const Grammar>;

/// The rule finds fields of the header, and nowhere else anything.
inline bool field_only(const Rule& rule) { return rule.zones == zone_header && rule.emit <= last_field; }

/// Which of the kinds a block rule is of; not `all`.
inline BlockRules kind_of(const Rule& rule) {
  if (field_only(rule)) return BlockRules::fields;
  if (rule.emit == Emit::contact) return BlockRules::contacts;
  const bool announces = rule.emit == Emit::participants || (rule.emit == Emit::agendaList && rule.type == "sentence");
  return announces ? BlockRules::announcements : BlockRules::running;
}

struct MatchScratch;
class ScratchPool;

/// Asks a grammar about text. Borrows the grammar's scratch memory of matching: one per thread, cheap to make, not
/// thread-safe, and gone before its grammar is.
class Matcher {
 public:
  explicit Matcher(const Grammar& grammar);
  ~Matcher();
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  /// Appends every block rule that matches at the beginning of `line` (match text, leading blanks removed by the
  /// caller), in rule order, for rules that apply in one of `zones`. Look conditions are left to the caller.
  void match_block(std::string_view line, std::uint8_t zones, std::vector<Match>& out, BlockRules which = BlockRules::all);
  /// Appends the inline matches of `text`: leftmost first, never overlapping; where two start at the same place the
  /// rule that stands earlier in the grammar wins. Matches of `emit = "none"` are left out but do block.
  void match_inline(std::string_view text, std::uint8_t zones, std::vector<Match>& out);
  /// Rules that hit a run-time limit since the last call (G4...). Their matches on that line were dropped.
  Diagnostics take_diagnostics();

 private:
  ScratchPool& x_pool;
  std::unique_ptr<MatchScratch> x_scratch;
};

/// One place to look for grammars; the built-in set is always the last.
struct GrammarPath {
  std::vector<std::string> directories;  ///< searched in order; each holds <body>/<name>.toml
  bool builtin = true;
};

struct GrammarInfo {
  std::string id, title, language, file;
  int version = 1;
};

/// Every grammar that can be found, compiled on first use, each once. Thread-safe.
class GrammarLibrary {
 public:
  explicit GrammarLibrary(GrammarPath path);
  ~GrammarLibrary();
  const GrammarPath& path() const;
  /// By id ("bsec.report"), by body name alone ("bsec"), or by file path ("./mine.toml").
  Result<GrammarPtr> load(const std::string& id_or_file) const;
  std::vector<GrammarInfo> list() const;
  /// All grammars that name evidence by which they can be chosen ([[select]]), best first, for the beginning of a
  /// document. `score` is the sum of weights of the [[select]] patterns found.
  struct Choice { std::string id; double score = 0; std::string reason; };
  std::vector<Choice> choose(std::string_view beginning) const;
  /// What is wrong with the files on the path that do not load; the built-in ones do.
  Diagnostics faults() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> x_impl;
};

/// Loads one grammar text (for tests and `grammar check`): compiles, runs samples, lints.
Result<GrammarPtr> load_grammar_text(const std::string& file_name, const std::string& toml, const GrammarLibrary* library);

}  // namespace rapporteur
