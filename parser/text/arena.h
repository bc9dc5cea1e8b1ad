// Stage text: keeps many small things of one kind together, as long as whatever they were made for lives.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

namespace rapporteur {

/// Rows of things that are put down once, stay where they are, and are all given back together. Its blocks grow, so that
/// little is asked for where little is kept: the first is for `First` things.
template <typename T, std::size_t First = 2048>
class Arena {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  /// A copy, as long as the arena lives, wherever it is moved.
  T* keep(std::span<const T> row) {
    if (row.size() > x_left) make_room(row.size());
    T* at = x_next;
    std::copy(row.begin(), row.end(), at);
    x_next += row.size();
    x_left -= row.size();
    return at;
  }
  /// Forgets all that was kept. The first block stays for what comes.
  void clear() {
    if (x_blocks.empty()) return;
    x_blocks.resize(1);
    x_next = x_blocks.front().get();
    x_left = First;
  }

 private:
  static constexpr std::size_t later_blocks = 65536 / sizeof(T);
  std::vector<std::unique_ptr<T[]>> x_blocks;  // the first of `First`
  T* x_next = nullptr;
  std::size_t x_left = 0;

  void make_room(std::size_t least) {
    if (x_blocks.empty()) add_block(First);
    if (least > x_left) add_block(std::max(least, later_blocks));
  }
  void add_block(std::size_t size) {
    x_next = x_blocks.emplace_back(std::make_unique_for_overwrite<T[]>(size)).get();
    x_left = size;
  }
};

}  // namespace rapporteur
