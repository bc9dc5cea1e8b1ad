// Stage grammar: words without which a pattern cannot match, and finding them in a text in one pass.
//
// Some rules look for a word anywhere in a line ("... attended by ...:", a telephone number), so their first letters say
// nothing and PCRE2 walks the whole line for each of them: half of all instructions, on the measured reports. But a line
// without any of the rule's words needs no walk. The words are read out of the pattern when the grammar is compiled; one
// automaton (Aho and Corasick's) finds those of all rules at once.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rapporteur {

/// Alternatives, folded as WordScan folds: one of them stands in every text that the pattern matches.
using NeededWords = std::vector<std::string>;

/// What a pattern needs, all of it; empty where nothing can be said.
std::vector<NeededWords> needed_words(std::string_view pattern);

/// Finds which of up to 64 lists of words have a word in a text. Letters in either case count as one, those of ASCII, Latin-1
/// and Russian, and so do all digits. Texts with letters that PCRE2 folds to these, or with other scripts' digits, have
/// everything.
class WordScan {
 public:
  using Mask = std::uint64_t;

  /// Stands in words where a run of ASCII letters, digits and _ begins in the text. A word that begins with it is found
  /// only there; others are found in the middle of words too.
  static constexpr char kBoundary = '\x01';
  static constexpr bool word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '_'; }

  /// How a letter of two cases is written in words, as its capital: one of Latin-1 (behind 0xC3) or Russian (behind 0xD0), as
  /// two bytes; nothing for any other. × and ÷ pass for one, as do ß and ÿ: a word too many is found, none too few.
  static std::string folded_letter(char32_t point);

  /// The bits that stand for these lists from now on: a pattern is worth trying where all are seen. None where they do
  /// not fit any more. Before `finish`.
  Mask add(const std::vector<NeededWords>& lists);
  void finish();
  Mask seen_in(std::string_view text) const;

 private:
  using Entry = std::uint32_t;
  static constexpr std::size_t kStates = 16 * 1024;
  static constexpr std::size_t kMaskEntries = sizeof(Mask) / sizeof(Entry);

  std::vector<std::pair<std::string, Mask>> x_words;
  std::uint32_t x_lists = 0;
  std::array<std::uint8_t, 256> x_class{};
  /// What a byte stands behind: nothing that matters, a letter of a word, or the first byte of a letter of two.
  enum Behind : std::uint8_t { nothing, of_word, latin, russian_d0, russian_d1, behind_count };
  std::array<Behind, 256> x_behind{};       ///< by byte: what the next one stands behind
  std::uint32_t x_classes = 1, x_word_classes = 1;  ///< those of bytes of words come first
  std::size_t x_longest = 0;                ///< bytes of text that the longest word takes
  std::uint8_t x_boundary = 0;              ///< class of kBoundary, where a word has it
  std::array<std::array<std::uint16_t, 256>, behind_count> x_symbol{};  ///< by what stands before, and byte
  /// A row for each state: what is found there (Mask), then where each symbol leads, as the place of the row.
  std::vector<Entry> x_rows;
  /// By state, while they are made: letters that go on, and where the rows of their states are.
  std::vector<std::vector<std::pair<std::uint8_t, Entry>>> x_edges;

  std::size_t row_size() const { return kMaskEntries + x_classes + x_word_classes; }
  Mask found_at(std::size_t row) const {
    Mask found;
    std::memcpy(&found, &x_rows[row], sizeof found);
    return found;
  }
  void add_found(std::size_t row, Mask more);
  /// How the automaton goes on: the row behind a byte, and by which symbols the next one is known.
  struct Walk {
    std::size_t row = 0;
    const std::uint16_t* symbol;
    Mask seen = 0;
  };
  void step(Walk& walk, char c) const;
  bool fits(const std::vector<NeededWords>& lists) const;
  void add_strange();
  void make_classes();
  void make_symbols();
  void make_states();
  void link_states();
  void join_boundaries();
};

}  // namespace rapporteur
