// Stage grammar: a table of what is known of texts by their first bytes.
//
// Whether a rule or a select can match a text hangs on how it begins, and texts begin in few ways: what was found out once is
// kept, and found again with one multiplication and at most two comparisons.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace rapporteur {

/// What is known of texts by the bytes that they begin with, as many as a Key holds. Keeps those met lately: a new one takes
/// the place of the older of two. Begins small, since a call on one file meets a few hundred, and touching memory costs it more
/// than asking; grows up to 2^most_bits pairs, early: what is pushed out is asked for again.
template <typename Key, typename Known>
class Beginnings {
 public:
  explicit Beginnings(unsigned most_bits) : x_pairs(2), x_shift(63), x_least_shift(64 - most_bits) {}
  void forget() { x_pairs.assign(x_pairs.size(), Pair{}); }
  /// Null where nothing is known. Good until something is kept.
  const Known* find(Key beginning) const {
    const Pair& pair = x_pairs[place(beginning)];
    if (pair[0].beginning == beginning) return &pair[0].known;
    return pair[1].beginning == beginning ? &pair[1].known : nullptr;
  }
  void keep(Key beginning, Known known) {
    if (4 * x_kept >= x_pairs.size() && x_shift > x_least_shift) grow();
    put({beginning, known});
  }

 private:
  struct Slot {
    Key beginning = 0;  // no text begins like this
    Known known{};
  };
  using Pair = std::array<Slot, 2>;
  std::size_t place(Key beginning) const { return beginning * 0x9E3779B97F4A7C15u >> x_shift; }
  void put(Slot slot) {
    Pair& pair = x_pairs[place(slot.beginning)];
    pair[1] = pair[0];
    pair[0] = slot;
    ++x_kept;
  }
  void grow() {
    const std::vector<Pair> before = std::exchange(x_pairs, std::vector<Pair>(2 * x_pairs.size()));
    --x_shift;
    x_kept = 0;
    for (const Pair& pair : before)
      for (const Slot& slot : {pair[1], pair[0]})  // the older first
        if (slot.beginning != 0) put(slot);
  }

  std::vector<Pair> x_pairs;
  unsigned x_shift, x_least_shift;
  std::size_t x_kept = 0;
};

}  // namespace rapporteur
