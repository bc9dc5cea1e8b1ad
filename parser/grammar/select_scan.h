// Stage grammar: which [[select]] patterns are found in the beginning of a document.
//
// Every document is shown to the selects of all grammars, so a short report paid as much for this as for its own grammar
// when each pattern walked the beginning by itself. So a select is left out where the words that it needs are missing, and
// the others share one walk, which tries a pattern only where the next two bytes can begin a match of it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "grammar/compiled.h"

namespace rapporteur {

class SelectScan {
 public:
  /// Selects are numbered as they are added. They must outlive this.
  void add(const Select& select);
  void finish() { x_words.finish(); }
  /// By number, whether a select is found. `cut`: more text follows.
  std::vector<bool> found_in(std::string_view text, bool cut) const;

 private:
  using Mask = std::uint64_t;
  static constexpr std::size_t kShelf = 64;

  /// Up to 64 selects, a bit each.
  struct Shelf {
    std::vector<const Select*> selects;
    std::array<Mask, 256> firsts{};   ///< those that begin with a byte
    std::array<Mask, 256> seconds{};  ///< those that can have it behind some first byte
    Mask inside = 0;                  ///< those that can begin in the middle of a word
    Mask anywhere = 0;                ///< those that begin with any byte, perhaps with none
  };
  Mask find(const Shelf& shelf, Mask wanted, std::string_view text, bool cut) const;

  std::vector<Shelf> x_shelves;
  WordScan x_words;
  std::vector<WordScan::Mask> x_needed;  ///< by number
};

}  // namespace rapporteur
