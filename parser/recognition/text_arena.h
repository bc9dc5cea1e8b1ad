// Stage recognition: owns the words that recognition makes, where they are no stretch of the source.
//
// A normalised label, an ISO date, the name of a kind: short, many, and all needed until the report is built. Each as a
// string of its own, an event and its hits held sixteen of them, most empty, and took three times the room.
#pragma once

#include <string_view>

#include "text/arena.h"

namespace rapporteur {

class TextArena {
 public:
  /// The same words, kept as long as the arena lives, wherever it is moved.
  std::string_view keep(std::string_view words) { return {x_letters.keep(words), words.size()}; }

 private:
  Arena<char> x_letters;
};

}  // namespace rapporteur
