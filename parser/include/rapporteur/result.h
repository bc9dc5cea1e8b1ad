// Result<T>: a value, or the diagnostics that say why there is none (g++ 12 has no std::expected).
#pragma once

#include <optional>
#include <utility>

#include "rapporteur/diagnostic.h"

namespace rapporteur {

/// Either a value (possibly with warnings beside it) or errors. `if (result)` asks for the value.
template <typename T>
class Result {
 public:
  Result(T value, Diagnostics said = {}) : x_value(std::move(value)), x_said(std::move(said)) {}
  Result(Diagnostics errors) : x_said(std::move(errors)) {}
  Result(Diagnostic error) { x_said.push_back(std::move(error)); }

  explicit operator bool() const { return x_value.has_value(); }
  T& operator*() { return *x_value; }
  const T& operator*() const { return *x_value; }
  T* operator->() { return &*x_value; }
  const T* operator->() const { return &*x_value; }
  const Diagnostics& said() const { return x_said; }

 private:
  std::optional<T> x_value;
  Diagnostics x_said;
};

}  // namespace rapporteur
