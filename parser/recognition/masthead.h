// Stage recognition: the desk on which the header of a document is read.
//
// A masthead comes in any order, in several languages, in two columns or in a table. So it is taken apart into units (a
// line, a column, a cell); header_title.cc takes the title out of them, header_fields.cc asks every other unit what it is,
// header_choice.cc decides between several of a kind.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "recognition/dates.h"
#include "recognition/work.h"

namespace rapporteur {

/// A unit of header text: a line, or one column or cell of it.
struct Unit {
  std::uint32_t line;
  Span range;             // of the match text
  bool taken = false;
  std::string_view key{};  // what the words before its colon say that it is ("Date:" docDate), as in table header_key
};

inline bool has_digit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }
/// Without the blanks at both ends.
Span trimmed(std::string_view text, Span s);
/// The columns of a part of line i: blanks as wide as four part them.
void add_columns(const Work& work, std::uint32_t i, Span whole, std::vector<Unit>& out);
/// The units of the lines before `end`.
std::vector<Unit> units_of(const Work& work, std::uint32_t end);
/// The words before a colon, where a grammar knows what they announce: "Date: 3 May", "- **Place:** Arvon".
struct Key {
  std::string_view kind;  ///< as in table header_key: docDate, venue ...
  std::uint32_t colon;    ///< where it stands
};
std::optional<Key> key_of(const Work& work, std::string_view text);
/// A line with a rule right below it: a heading in plain text.
bool underlined(const Work& work, std::uint32_t i);
/// The weightiest of the matches that propose this, or null.
const Match* proposed(const std::vector<Match>& matches, Emit emit);

/// A unit that is a date, perhaps with a place before it.
struct Dated {
  Span before;           ///< all that stands before the date
  Span place;            ///< the words of it, without articles and punctuation
  Span date;
  IsoDate iso;
  bool keyed = false;    ///< "Date:" stands before it
  bool known = false;    ///< the place is one that the grammar knows
  bool plausible = false;  ///< it reads like one
};

struct Masthead {
  explicit Masthead(Work& w);

  Work& work;
  std::vector<Unit> units;
  std::string_view text(const Unit& u) const { return work.text(u.line).substr(u.range.begin, u.range.size()); }
  /// The header's rules that match at the beginning of a text, and within it.
  std::vector<Match> ask(std::string_view text) const;
  std::vector<Match> ask_inline(std::string_view text) const;
  /// The same of a unit's words; asked once.
  const std::vector<Match>& asked(const Unit& u) const;
  const std::vector<Match>& asked_inline(const Unit& u) const;

  HeaderPiece piece(const char* type, const Unit& u, const Rule* rule, float confidence);
  /// Keeps words that are no field.
  void give_line(Unit u);
  /// Makes the whole of a unit a field.
  void give(std::size_t u, const char* type, const Rule* rule, float confidence);
  /// A field that was read out of another one's words.
  HeaderPiece derived(const char* type, std::uint32_t line, std::string words, float confidence);

  bool is_place(std::string_view words) const;
  /// The kind of meeting that a place stands for: a town, or the net.
  std::string mode_of(std::string_view place) const;
  /// "Punta Arenas, Chile": the last words name a country, one or two words stand before it. The place's own words.
  Span place_with_country(std::string_view words) const;
  /// The language of a name that reads as a body's, "any" where it may be several, empty where it is none.
  std::string organization_language(std::string_view words) const;
  /// "PORT HALDANE" is the place where the text says "met at Port Haldane".
  bool named_as_place(std::string_view words) const;
  /// "Port Arvon, R. I. -- May 3-5, 1971", "(Online, 3 May 2011)", "9-19 OCTOBRE 1989", "Date: 3 May 2001".
  const std::optional<Dated>& place_and_date(const Unit& u) const;
  /// The title cannot go on in such a unit.
  bool is_other_field(const Unit& u) const;
  /// Adds the place that a sentence names: "held in ...", or the known place nearest before an offset of the text. `inside`:
  /// what ask_inline says of the sentence.
  void place_inside(const std::string& whole, const std::vector<Match>& inside, std::uint32_t end, std::uint32_t line);
  /// Likewise the place that stands behind a date which ends there: "2011 in Lindhaven", "2011 г. ...".
  void place_behind(std::string_view whole, std::uint32_t date_end, std::uint32_t line);

 private:
  struct Asked {
    std::optional<std::vector<Match>> at_beginning, within;
    std::optional<std::optional<Dated>> dated;
  };
  mutable std::string x_opening;  // the first paragraphs, once they were asked about
  mutable std::vector<std::string_view> x_behind_in;
  mutable std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, Asked> x_asked;  // by line and range
  Asked& known(const Unit& u) const { return x_asked[{u.line, u.range.begin, u.range.end}]; }

  void read_keys();
  std::optional<Dated> read_date(const Unit& u) const;
  void read_place(Dated& d, std::string_view words) const;
  bool place_held(const std::string& whole, const std::vector<Match>& inside, std::uint32_t line);
  bool place_before(const std::string& whole, std::uint32_t end, std::uint32_t line);
  /// Where the first paragraphs, in which is named again what the header names, go on behind "in" and "at".
  const std::vector<std::string_view>& behind_in() const;
};

void read_title(Masthead& desk);
void read_fields(Masthead& desk);
void choose_fields(Masthead& desk);

}  // namespace rapporteur
