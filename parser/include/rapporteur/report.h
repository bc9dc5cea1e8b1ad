// Stage model: a meeting report as a plain value tree.
//
// Nothing here knows how it was recognised or how it will be written. Every element carries a Provenance: its place in
// the source, the rule that made it and how sure that is. Words that stand in the source just so are kept there and nowhere
// else (Words in sequence.h); joined or mended text, and every other string, is the model's own.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "rapporteur/diagnostic.h"
#include "rapporteur/sequence.h"
#include "rapporteur/source.h"

namespace rapporteur {

/// Index into Report::rules; no_rule where an element was made by no rule (plain text).
using RuleIndex = std::uint16_t;
inline constexpr RuleIndex no_rule = 0xffff;

/// Where an element stood and why it is what it is.
struct Provenance {
  Span span;                    ///< bytes of the source
  std::uint32_t line = 0;       ///< 1-based; 0 unknown
  std::uint32_t end_line = 0;   ///< last line, inclusive
  RuleIndex rule = no_rule;
  float confidence = 1;         ///< 0..1, probability that the decision is right
};

/// A rule as the XML and `explain` name it.
struct RuleName {
  std::string name;     ///< "agenda-item"
  std::string grammar;  ///< "common.numbered-report"
  std::string file;
  std::uint32_t line = 0;
};

// == inline ==

/// A value that is kept apart from its holder, so that the holder stays small. It is copied with the holder; one that was
/// moved from holds nothing.
template <typename T>
class Apart {
 public:
  Apart() : x_value(std::make_unique<T>()) {}
  Apart(T value) : x_value(std::make_unique<T>(std::move(value))) {}
  /// Of these members.
  template <typename... Members>
  static Apart of(Members&&... members) {
    return Apart(std::unique_ptr<T>(new T{std::forward<Members>(members)...}));
  }
  Apart(const Apart& other) : x_value(other.x_value ? std::make_unique<T>(*other.x_value) : nullptr) {}
  Apart(Apart&&) noexcept = default;
  Apart& operator=(Apart other) noexcept {
    x_value = std::move(other.x_value);
    return *this;
  }
  T& operator*() { return *x_value; }
  const T& operator*() const { return *x_value; }
  T* operator->() { return x_value.get(); }
  const T* operator->() const { return x_value.get(); }

 private:
  explicit Apart(std::unique_ptr<T> value) : x_value(std::move(value)) {}
  std::unique_ptr<T> x_value;
};

/// What an alternative holds, whether it is kept apart or not.
template <typename T>
T& held(T& here) { return here; }
template <typename T>
T& held(Apart<T>& apart) { return *apart; }
template <typename T>
const T& held(const Apart<T>& apart) { return *apart; }

/// What a variant holds where that is a T, kept apart or not; else null.
template <typename T, typename... Ts>
T* held_as(std::variant<Ts...>& value) {
  using Holder = std::conditional_t<(std::is_same_v<T, Ts> || ...), T, Apart<T>>;
  auto* holder = std::get_if<Holder>(&value);
  return holder == nullptr ? nullptr : &held(*holder);
}

struct Text { Words text; };
struct LineBreak {};
struct Styled;
struct PageBreak;
struct Raw;
struct Link;
struct DateText;
struct Ref;
struct NoteRef;
struct PersonText;
struct Change;

/// One thing within a line. Most are words, so whatever is larger than these is kept apart; `visit` and `as` do not
/// show it.
struct Inline {
  std::variant<Text, LineBreak, Apart<Styled>, Apart<PageBreak>, Apart<Raw>, Apart<Link>, Apart<DateText>, Apart<Ref>, Apart<NoteRef>, Apart<PersonText>,
               Apart<Change>>
      value;

  /// Calls the visitor with what it is: a Text, a Ref ...
  template <typename Visitor>
  decltype(auto) visit(Visitor&& visitor) {
    return std::visit([&](auto& inner) -> decltype(auto) { return visitor(held(inner)); }, value);
  }
  template <typename Visitor>
  decltype(auto) visit(Visitor&& visitor) const {
    return std::visit([&](const auto& inner) -> decltype(auto) { return visitor(held(inner)); }, value);
  }
  /// What it is, where it is a T; else null.
  template <typename T>
  T* as() { return held_as<T>(value); }
  template <typename T>
  const T* as() const { return const_cast<Inline*>(this)->as<T>(); }
};

using Inlines = Sequence<Inline>;

enum class RefType : std::uint8_t { annex, appendix, document, paragraph, agendaItem, footnote };
enum class RefStatus : std::uint8_t { resolved, unresolved, ambiguous, external };
enum class SpanStyle : std::uint8_t { strong, emph, sup, sub, code, strike };

struct Styled { SpanStyle style; Inlines children; };
struct PageBreak { std::string n; };                            ///< the number printed on the page that begins, or empty
struct Raw { std::string markup; };                             ///< markup that is no text (an HTML tag): kept, not shown
struct Link { std::string href; Inlines children; };            ///< children empty where the text is the target itself
struct DateText { Words when; Words to; Inlines children; Provenance at; };
struct Ref {
  RefType type;
  RefStatus status = RefStatus::unresolved;
  Words normalized;         ///< "III", "BS/SOM/R(2021)1", "14"
  Words target;             ///< id in this file; only where resolved
  Words uri;                ///< external document
  Words id;
  Words printed_label;  ///< as printed ("II"); empty where the mention has none
  Inlines children;
  Provenance at;
};
struct NoteRef { std::string target; std::string label; };
struct PersonText { Words honorific, given, family, role; Inlines children; Provenance at; };  ///< a person named in running text
struct Change { bool inserted; std::string author; std::string date; Inlines children; };            ///< a tracked change

/// The words of inlines, markup left out, line breaks as one blank.
std::string plain_text(const Inlines& inlines);
void append_plain_text(std::string& out, const Inline& part);

// == blocks ==

struct TextBlock;
struct Paragraph;
struct Section;
struct Contents;
struct List;
struct Table;
struct Participants;
struct Quote;
struct Verbatim;
struct Separator;

/// One thing in the flow of a report. It is kept apart, so that rows of blocks are short and grow at little cost.
struct Block {
  std::variant<Apart<TextBlock>, Apart<Paragraph>, Apart<Section>, Apart<Contents>, Apart<List>, Apart<Table>, Apart<Participants>, Apart<Quote>,
               Apart<Verbatim>, Apart<Separator>>
      value;

  /// Calls the visitor with what it is: a TextBlock, a Section ...
  template <typename Visitor>
  decltype(auto) visit(Visitor&& visitor) {
    return std::visit([&](auto& inner) -> decltype(auto) { return visitor(*inner); }, value);
  }
  template <typename Visitor>
  decltype(auto) visit(Visitor&& visitor) const {
    return std::visit([&](const auto& inner) -> decltype(auto) { return visitor(*inner); }, value);
  }
  /// What it is, where it is a T; else null.
  template <typename T>
  T* as() { return held_as<T>(value); }
  template <typename T>
  const T* as() const { return const_cast<Block*>(this)->as<T>(); }
};
using Blocks = Sequence<Block>;

struct TextBlock { Words id; Inlines text; Provenance at; };             ///< p: unnumbered text
struct ListItem { Words n; Words num; Blocks children; Provenance at; Words id; };
enum class ListType : std::uint8_t { ordered, bulleted, plain };
struct List { std::string id; ListType type; std::vector<ListItem> items; Provenance at; };
struct Cell { Inlines text; std::uint16_t colspan = 1, rowspan = 1; };
struct Row { bool head = false; std::vector<Cell> cells; Provenance at; };
struct Table { std::string id; Inlines caption; std::vector<Row> rows; Provenance at; };
struct Quote { std::string id; Blocks children; Provenance at; };
struct Verbatim { std::string id; std::string text; Provenance at; };          ///< literal lines, blanks kept
struct Separator { Provenance at; std::string text; };                         ///< a rule; `text` as printed

enum class PartyKind : std::uint8_t { state, organization, body };
struct PartyName { PartyKind kind; std::string code; std::string acronym; Inlines text; Provenance at; };
struct Person { std::string honorific, family, given; std::string name; std::string role, affiliation; Provenance at; };
enum class ParticipantsType : std::uint8_t { memberStates, observers, relatedBodies, organizations, secretariat, persons, mixed };
struct Delegation { std::optional<PartyName> party; std::vector<Person> persons; Provenance at; };
/// A run of parties, persons or delegations. `text` entries are lines that are neither.
struct Participants {
  std::string id;
  ParticipantsType type;
  std::vector<std::variant<PartyName, Person, Delegation, TextBlock>> members;
  Provenance at;
};

/// A numbered paragraph: the citable unit. `n` normalised ("7", "1.1"), `num` as printed ("7.", "(18)").
struct Paragraph { std::string id; std::string n; std::string num; bool number_inferred = false; Blocks children; Provenance at; };

enum class SectionType : std::uint8_t { agendaItem, subItem, part, chapter, recommendation, article, heading };
struct Section {
  Words id;
  SectionType type = SectionType::heading;
  Words n;                  ///< own number, normalised: 6, 6.a, II; empty
  Words agenda_item;        ///< agenda item that its heading names: 3, 2(a); empty
  Inlines num;              ///< as printed: "AGENDA ITEM 1:", "III."; empty
  Inlines heading;          ///< empty where there is none
  Inlines mark;             ///< an agenda mark that stands apart: "(Agenda item 3)"; empty
  bool mark_first = false;  ///< the mark stands before the heading
  Blocks children;
  Provenance at;
};

enum class ContentsType : std::uint8_t { tableOfContents, agenda };
/// A table of contents, or an agenda that is merely listed.
struct Contents { std::string id; ContentsType type; Inlines heading; std::vector<ListItem> items; Provenance at; };

// == header ==

enum class FieldKind : std::uint8_t { organization, body, docNumber, docType, docTitle, docDate, session, venue, meetingDate, distribution, headerLine };
enum class VenueMode : std::uint8_t { unknown, inPerson, online, hybrid };
struct HeaderField {
  FieldKind kind;
  Inlines text;
  std::string normalized;   ///< docNumber: the symbol without blanks
  std::string when;         ///< docDate: ISO; meetingDate: from
  std::string to;           ///< meetingDate
  std::string role;         ///< organization: "issuer", "body", "translation"
  VenueMode mode = VenueMode::unknown;
  Provenance at;
};

// == end matter ==

enum class Presence : std::uint8_t { included, referencedOnly, separateFile };
enum class AnnexWord : std::uint8_t { annex, appendix, attachment, addendum };
struct Annex {
  std::string id;
  std::string n;           ///< label, normalised; empty where the only annex has none
  AnnexWord word = AnnexWord::annex;
  Presence presence = Presence::included;
  Inlines num;             ///< as printed: "ANNEX I"
  Inlines heading;
  Blocks children;
  std::vector<Annex> annexes;  ///< nested: ANNEX A of ANNEX 1
  Provenance at;
};

enum class FurnitureKind : std::uint8_t { letterhead, footer, header, pageNumber, contact, catchword, stamp, other };
/// A line of page furniture, kept out of the flow. `after`: id of the element that it interrupted or followed.
struct Fragment { std::string id; FurnitureKind kind; std::string after; Inlines text; Provenance at; };

struct Note { std::string id; std::string n; std::string num; Blocks children; Provenance at; };

// == the report ==

enum class ReportType : std::uint8_t { meetingReport, minutes, recordOfMeeting, document };
enum class Verdict : std::uint8_t { ok, review };

struct GrammarName { std::string id; int version = 1; std::string sha256; std::string reason; };

struct Report {
  SourcePtr source;                  ///< may be null for a report read back from XML
  SourceInfo source_info;
  std::uint32_t source_lines = 0;
  ReportType type = ReportType::meetingReport;
  std::string language;              ///< BCP 47, from the text; empty unknown
  GrammarName grammar;
  std::string options;               ///< options that shaped the output, for <generator>
  std::vector<RuleName> rules;       ///< what RuleIndex points into
  std::vector<HeaderField> header;   ///< in document order
  Provenance header_at;
  Blocks body;
  Blocks closing;
  Provenance closing_at;
  std::vector<Annex> annexes;
  std::vector<Note> notes;
  std::vector<Fragment> furniture;
  Verdict verdict = Verdict::ok;
  std::vector<std::string> review_reasons;
  Diagnostics diagnostics;
};

}  // namespace rapporteur
