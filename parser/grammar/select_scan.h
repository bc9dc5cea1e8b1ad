// Stage grammar: which [[select]] patterns are found in the beginning of a document.
//
// Every document is shown to the selects of all grammars, so a short report paid as much for this as for its own grammar
// when each pattern walked the beginning by itself. So they share one walk from word to word, which tries a pattern only
// where the next letters can begin a match of it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "grammar/compiled.h"

namespace rapporteur {

class SelectScan {
 public:
  SelectScan();
  ~SelectScan();
  /// Selects are numbered as they are added. They must outlive this.
  void add(const Select& select);
  /// By number, whether a select is found. `cut`: more text follows.
  std::vector<bool> found_in(std::string_view text, bool cut) const;

 private:
  using Mask = std::uint64_t;
  static constexpr std::size_t kShelf = 64;

  /// Up to 64 selects, a bit each.
  struct Shelf {
    std::vector<const Select*> selects;
    std::array<Mask, 256> firsts{};  ///< those that begin with a byte
    std::array<std::array<std::uint64_t, 4>, 256> pairs{};  ///< by first byte, a bit for each second with which one begins
    Mask inside = 0;                 ///< those that can begin in the middle of a word
    Mask signs = 0;                  ///< those that can begin with a byte of ASCII that is part of no word
    Mask line_signs = 0;             ///< of these, those that can only where a line begins
    Mask anywhere = 0;               ///< those that begin with any byte, perhaps with none
    bool begins(std::uint8_t first, std::uint8_t second) const { return (pairs[first][second / 64] >> (second % 64) & 1) != 0; }
  };
  /// What a call needs, and keeps for the next: what it learned of the letters that words begin with.
  struct Scratch;
  class Walk;

  std::unique_ptr<Scratch> take() const;

  std::vector<Shelf> x_shelves;
  mutable std::mutex x_mutex;
  mutable std::vector<std::unique_ptr<Scratch>> x_idle;
};

}  // namespace rapporteur
