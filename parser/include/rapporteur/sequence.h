// Stage text: what documents hold in large numbers: sequences, mostly of one thing, as the pieces of an event and the blocks and
// inlines of a report are; and words, mostly those that stand in a text just so.
#pragma once

#include <concepts>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace rapporteur {

/// A sequence like std::vector, which keeps a single thing within itself: most paragraphs hold one block, most blocks one run of
/// words, and need no memory apart for it. Things change their place when the sequence is moved or grows.
template <typename T>
class Sequence {
 public:
  using value_type = T;
  using iterator = T*;
  using const_iterator = const T*;

  Sequence() noexcept {}
  Sequence(std::initializer_list<T> items) { append(items.begin(), items.size()); }
  Sequence(const Sequence& other) { append(other.begin(), other.size()); }
  Sequence(Sequence&& other) noexcept { take(other); }
  Sequence& operator=(Sequence other) noexcept {
    drop();
    take(other);
    return *this;
  }
  ~Sequence() { drop(); }

  T* data() { return within() ? std::addressof(x_one) : x_many; }
  const T* data() const { return within() ? std::addressof(x_one) : x_many; }
  T* begin() { return data(); }
  T* end() { return data() + x_size; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + x_size; }
  std::size_t size() const { return x_size; }
  bool empty() const { return x_size == 0; }
  T& operator[](std::size_t i) { return data()[i]; }
  const T& operator[](std::size_t i) const { return data()[i]; }
  T& front() { return *data(); }
  const T& front() const { return *data(); }
  T& back() { return data()[x_size - 1]; }
  const T& back() const { return data()[x_size - 1]; }

  void push_back(const T& item) { push_back(T(item)); }
  void push_back(T&& item) {
    if (x_size == x_capacity) grow(x_capacity == 1 ? 4 : 2 * std::size_t{x_capacity});
    ::new (static_cast<void*>(data() + x_size)) T(std::move(item));
    ++x_size;
  }
  /// Room for so many in all.
  void reserve(std::size_t count) {
    if (count > x_capacity) grow(count);
  }
  void clear() {
    std::destroy_n(data(), x_size);
    x_size = 0;
  }

 private:
  bool within() const { return x_capacity == 1; }

  void append(const T* items, std::size_t count) {
    reserve(count);
    for (std::size_t i = 0; i < count; ++i) push_back(items[i]);
  }

  void grow(std::size_t capacity) {
    T* wider = std::allocator<T>().allocate(capacity);
    std::uninitialized_move_n(data(), x_size, wider);
    release();
    x_many = wider;
    x_capacity = static_cast<std::uint32_t>(capacity);
  }
  /// The things in it, and its memory.
  void release() {
    std::destroy_n(data(), x_size);
    if (!within()) std::allocator<T>().deallocate(x_many, x_capacity);
  }
  void drop() {
    release();
    x_size = 0;
    x_capacity = 1;
  }
  /// What another held; this one holds nothing.
  void take(Sequence& other) {
    if (!other.within()) x_many = other.x_many;
    else if (other.x_size != 0) ::new (static_cast<void*>(std::addressof(x_one))) T(std::move(other.x_one)), other.x_one.~T();
    x_size = std::exchange(other.x_size, 0);
    x_capacity = std::exchange(other.x_capacity, 1);
  }

  union {
    T x_one;    // where the capacity is 1
    T* x_many = nullptr;
  };
  std::uint32_t x_size = 0, x_capacity = 1;
};

/// Words. Either they are its own, or they are those of a text that lives longer, where they stand just so: the source's.
/// A copy of such words is no more than a place in that text.
class Words {
 public:
  Words() = default;
  template <typename String>
    requires std::convertible_to<const String&, std::string_view>
  Words(const String& text) { append(text); }
  Words(const Words& other) {
    if (other.own()) append(other);
    else x_text = other.x_text, x_size = other.x_size;
  }
  Words(Words&& other) noexcept { swap(other); }
  Words& operator=(Words other) noexcept {
    swap(other);
    return *this;
  }
  ~Words() {
    if (own()) delete[] x_text;
  }

  /// Words that stay where they are: `text` has to live at least as long, in a report as long as its source.
  static Words in_place(std::string_view text) {
    Words words;
    words.x_text = text.data();
    words.x_size = static_cast<std::uint32_t>(text.size());
    return words;
  }

  operator std::string_view() const { return {x_text, x_size}; }
  std::size_t size() const { return x_size; }
  bool empty() const { return x_size == 0; }
  const char* data() const { return x_text; }

  template <typename String>
    requires(std::convertible_to<const String&, std::string_view> && !std::same_as<String, Words>)
  Words& operator+=(const String& more) {
    append(more);
    return *this;
  }
  Words& operator+=(const Words& more) {
    if (!own() && !more.own() && x_text + x_size == more.x_text) x_size += more.x_size;  // they stand side by side
    else append(more);
    return *this;
  }
  friend bool operator==(const Words& a, std::string_view b) { return std::string_view(a) == b; }

 private:
  bool own() const { return x_capacity != 0; }

  void append(std::string_view more) {
    if (more.empty()) return;
    const std::size_t size = x_size + more.size();
    if (own() && size <= x_capacity) {
      std::memcpy(const_cast<char*>(x_text) + x_size, more.data(), more.size());
      x_size = static_cast<std::uint32_t>(size);
      return;
    }
    Words wider;
    wider.x_capacity = static_cast<std::uint32_t>(own() ? size + size / 2 : size);
    char* to = new char[wider.x_capacity];
    wider.x_text = to;
    wider.x_size = static_cast<std::uint32_t>(size);
    if (x_size != 0) std::memcpy(to, x_text, x_size);
    std::memcpy(to + x_size, more.data(), more.size());
    swap(wider);
  }
  void swap(Words& other) noexcept {
    std::swap(x_text, other.x_text);
    std::swap(x_size, other.x_size);
    std::swap(x_capacity, other.x_capacity);
  }

  const char* x_text = nullptr;
  std::uint32_t x_size = 0;
  std::uint32_t x_capacity = 0;  // 0: the words are not its own
};

}  // namespace rapporteur
