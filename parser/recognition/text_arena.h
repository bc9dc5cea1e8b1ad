// Stage recognition: owns the words that recognition makes, where they are no stretch of the source.
//
// A normalised label, an ISO date, the name of a kind: short, many, and all needed until the report is built. Each as a
// string of its own, an event and its hits held sixteen of them, most empty, and took three times the room.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace rapporteur {

class TextArena {
 public:
  /// The same words, kept as long as the arena lives, wherever it is moved.
  std::string_view keep(std::string_view words) {
    if (words.empty()) return {};
    if (words.size() > x_left) make_room(words.size());
    char* at = x_next;
    std::memcpy(at, words.data(), words.size());
    x_next += words.size();
    x_left -= words.size();
    return {at, words.size()};
  }

 private:
  std::vector<std::unique_ptr<char[]>> x_blocks;
  char* x_next = nullptr;
  std::size_t x_left = 0;

  void make_room(std::size_t least) {
    constexpr std::size_t kFirst = 2048, kLater = 65536;  // bytes: of a short report one block is enough
    const std::size_t size = std::max(least, x_blocks.empty() ? kFirst : kLater);
    x_next = x_blocks.emplace_back(std::make_unique_for_overwrite<char[]>(size)).get();
    x_left = size;
  }
};

}  // namespace rapporteur
