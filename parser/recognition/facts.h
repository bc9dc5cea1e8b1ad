// Stage recognition: what can be said of a line by looking at it and its neighbours alone.
//
// Facts are cheap, language-neutral and computed once for every line; everything that decides (furniture, contents,
// numbering, headings) reads them instead of looking at the text again.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "readers/line.h"

namespace rapporteur {

/// How the words of a line end.
enum class LineEnd : std::uint8_t { open, sentence, colon, semicolon, comma, hyphen };

struct Facts {
  std::uint32_t chars = 0;     ///< code points of the match text
  std::uint16_t words = 0;     ///< runs of letters or digits
  std::uint32_t letters = 0;
  std::uint32_t capitals = 0;  ///< upper-case letters
  std::uint32_t digits = 0;
  std::uint16_t titled = 0;    ///< words of 4 or more letters that begin with a capital
  std::uint16_t long_words = 0;  ///< words of 4 or more letters
  bool starts_upper = false;   ///< the first letter is upper case
  bool starts_lower = false;   ///< the first character is a lower-case letter
  bool starts_digit = false;
  LineEnd end = LineEnd::open;
  bool cut = false;            ///< stops at a word with which no sentence ends ("of", "de la")
  bool ends_in_leader = false; ///< dots or a tab, then a number: a line of a table of contents

  bool gaps = false;           ///< three blanks stand side by side somewhere

  bool wordless() const { return letters == 0 && digits == 0; }
  bool mostly_capitals() const { return letters >= 3 && capitals * 10 >= letters * 8; }
};

/// What the lines of one document have in common.
struct Manner {
  std::uint32_t full_line = 80;  ///< code points of a line that is full (90th percentile of text lines)
  bool wrapped = false;          ///< lines end at a margin; a paragraph has several of them
  bool spaced = false;           ///< paragraphs are mostly set apart by blank lines
  bool unbroken = false;         ///< many lines are whole paragraphs, as converters leave them: each line begins something
  bool all_apart = false;        ///< every line is (word processor files): standing alone says little there
};

Facts facts_of(std::string_view match_text);
/// Where a sentence begins behind the stop at `stop`; npos where no capital follows, or where the stop is that of an
/// abbreviation: of a word of fewer than `shortest` bytes ("No. 3", "e.g. The").
std::size_t sentence_behind(std::string_view text, std::size_t stop, std::size_t shortest);
inline bool is_blank(char c) { return c == ' ' || c == '\t'; }
/// Where a word for pages begins that a text ends with ("Tagesordnungspunkt 1      Seite"); the end where there is none.
std::size_t before_page_word(std::string_view text);
/// Facts of `text` from `at` on, where those of the whole are known: only what stands before is counted again.
Facts facts_behind(const Facts& whole, std::string_view text, std::size_t at);
std::vector<Facts> facts_of_lines(const Document& document);
Manner manner_of(const Document& document, const std::vector<Facts>& facts);

}  // namespace rapporteur
