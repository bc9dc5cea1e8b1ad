// Stage recognition: an index of numbered things by hash, for tables that live as long as one document's recognition.
//
// The numbering solver asks "is there one like this?" several times for every candidate; a node-based map cost more
// there than the questions it answered. Open addressing, never grows: whoever makes it says how many will be put in.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace rapporteur {

/// Spreads the bits of a key (the finaliser of splitmix64).
constexpr std::uint64_t mixed(std::uint64_t key) {
  key = (key ^ (key >> 30)) * 0xbf58476d1ce4e5b9u;
  key = (key ^ (key >> 27)) * 0x94d049bb133111ebu;
  return key ^ (key >> 31);
}

class FlatIndex {
 public:
  static constexpr std::uint32_t kAbsent = 0xffffffff;

  explicit FlatIndex(std::size_t most) : x_slots(std::bit_ceil(2 * most + 2), kAbsent) {}

  /// The number that was put under this hash and of which `is` says yes.
  template <typename Is>
  std::uint32_t find(std::uint64_t hash, Is is) const {
    return x_slots[slot(hash, is)];
  }
  /// The same; where there is none, `fresh` is put in and returned.
  template <typename Is>
  std::uint32_t find_or_put(std::uint64_t hash, std::uint32_t fresh, Is is) {
    std::uint32_t& found = x_slots[slot(hash, is)];
    return found == kAbsent ? found = fresh : found;
  }

 private:
  std::vector<std::uint32_t> x_slots;  // a power of two of them, at most half full

  template <typename Is>
  std::size_t slot(std::uint64_t hash, Is is) const {
    std::size_t at = hash & (x_slots.size() - 1);
    while (x_slots[at] != kAbsent && !is(x_slots[at])) at = (at + 1) & (x_slots.size() - 1);
    return at;
  }
};

}  // namespace rapporteur
