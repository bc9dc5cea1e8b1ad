// Stage recognition: a row that is filled at its end and taken away from its front, in blocks.
//
// A large document has many events. A vector moves all of them when it grows and keeps all until the last was taken;
// std::deque gives back what was taken, but of things as large as an event its blocks hold one.
#pragma once

#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

namespace rapporteur {

template <typename T>
class BlockQueue {
  template <typename Queue>
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using reference = std::conditional_t<std::is_const_v<Queue>, const T&, T&>;
    using pointer = std::remove_reference_t<reference>*;
    Iterator() = default;
    Iterator(Queue* queue, std::size_t at) : x_queue(queue), x_at(at) {}
    reference operator*() const { return (*x_queue)[x_at]; }
    pointer operator->() const { return &**this; }
    Iterator& operator++() { return ++x_at, *this; }
    Iterator operator++(int) { return {x_queue, x_at++}; }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    Queue* x_queue = nullptr;
    std::size_t x_at = 0;
  };

 public:
  BlockQueue() = default;
  BlockQueue(BlockQueue&& other) noexcept { swap(other); }
  BlockQueue& operator=(BlockQueue&& other) noexcept { return swap(other), *this; }
  void swap(BlockQueue& other) noexcept {
    x_blocks.swap(other.x_blocks);
    std::swap(x_first, other.x_first);
    std::swap(x_size, other.x_size);
  }

  std::size_t size() const { return x_size; }
  bool empty() const { return x_size == 0; }
  T& operator[](std::size_t i) { return x_blocks[(x_first + i) / kBlock][(x_first + i) % kBlock]; }
  const T& operator[](std::size_t i) const { return x_blocks[(x_first + i) / kBlock][(x_first + i) % kBlock]; }
  T& front() { return (*this)[0]; }
  T& back() { return (*this)[x_size - 1]; }
  auto begin() { return Iterator<BlockQueue>(this, 0); }
  auto end() { return Iterator<BlockQueue>(this, x_size); }
  auto begin() const { return Iterator<const BlockQueue>(this, 0); }
  auto end() const { return Iterator<const BlockQueue>(this, x_size); }

  void push_back(T&& one) {
    if ((x_first + x_size) % kBlock == 0) x_blocks.emplace_back().reserve(kBlock);
    x_blocks.back().push_back(std::move(one));
    ++x_size;
  }
  /// A block is given back when its last was taken.
  void pop_front() {
    --x_size;
    if (++x_first % kBlock == 0) std::vector<T>().swap(x_blocks[x_first / kBlock - 1]);
  }
  /// Takes one out; those behind it move up.
  void erase(std::size_t i) {
    for (; i + 1 < x_size; ++i) (*this)[i] = std::move((*this)[i + 1]);
    x_blocks.back().pop_back();
    if (x_blocks.back().empty()) x_blocks.pop_back();
    --x_size;
  }

 private:
  static constexpr std::size_t kBlock = 32;
  std::vector<std::vector<T>> x_blocks;  // each full, but for the last
  std::size_t x_first = 0, x_size = 0;   // of the first block's, how many were taken; how many are left
};

}  // namespace rapporteur
