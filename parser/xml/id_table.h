// Stage xml: the ids of a document, each with the element that bears it. Keeps its memory from document to document.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "xml/vocabulary.h"

namespace rapporteur::xml {

/// A set of texts that live longer than it holds them. Open addressing; half full at most where it is small, and three quarters
/// where memory counts for more than a probe.
class IdTable {
 public:
  void clear() {
    if (x_size > 0) x_slots.assign(x_slots.size() > most_kept ? first_size : x_slots.size(), Slot{});
    x_size = 0;
  }

  /// False where the id is there already; it then keeps its first element.
  bool insert(std::string_view id, Tag tag) {
    if (x_size >= room()) grow();
    const std::uint64_t wanted = hash(id);
    Slot& slot = find_slot(id, wanted);
    if (slot.text != nullptr) return false;
    slot = {id.data(), static_cast<std::uint32_t>(id.size()), mark(wanted), tag};
    ++x_size;
    return true;
  }

  /// The element that bears the id, or null.
  const Tag* find(std::string_view id) {
    if (x_size == 0) return nullptr;
    const Slot& slot = find_slot(id, hash(id));
    return slot.text == nullptr ? nullptr : &slot.tag;
  }

 private:
  /// 16 bytes, since a large document has a million.
  struct Slot {
    const char* text = nullptr;  // null: empty
    std::uint32_t size = 0;
    std::uint16_t mark = 0;      // bits of the hash, so that few others are compared
    Tag tag{};
    std::string_view id() const { return {text, size}; }
  };
  static constexpr std::size_t first_size = 256, most_kept = 1 << 16;

  std::size_t room() const { return x_slots.size() <= most_kept ? x_slots.size() / 2 : x_slots.size() / 4 * 3; }

  static std::uint64_t hash(std::string_view id) {
    std::uint64_t state = id.size();
    std::size_t at = 0;
    const auto mix = [&state](std::uint64_t word) {
      state = (state ^ word) * 0x9E3779B97F4A7C15ull;
      state ^= state >> 29;
    };
    std::uint64_t word = 0;
    for (; at + 8 <= id.size(); at += 8) {
      std::memcpy(&word, id.data() + at, 8);
      mix(word);
    }
    word = 0;
    if (at < id.size()) std::memcpy(&word, id.data() + at, id.size() - at);
    mix(word);
    state *= 0xBF58476D1CE4E5B9ull;
    return state ^ (state >> 32);
  }

  static std::uint16_t mark(std::uint64_t hash) { return static_cast<std::uint16_t>(hash >> 48); }

  Slot& find_slot(std::string_view id, std::uint64_t wanted) {
    const std::size_t last = x_slots.size() - 1;
    for (std::size_t at = wanted & last;; at = (at + 1) & last) {
      Slot& slot = x_slots[at];
      if (slot.text == nullptr || (slot.mark == mark(wanted) && slot.id() == id)) return slot;
    }
  }

  void grow() {
    std::vector<Slot> before(x_slots.empty() ? first_size : 2 * x_slots.size());
    before.swap(x_slots);
    for (const Slot& slot : before)
      if (slot.text != nullptr) find_slot(slot.id(), hash(slot.id())) = slot;
  }

  std::vector<Slot> x_slots;
  std::size_t x_size = 0;
};

}  // namespace rapporteur::xml
