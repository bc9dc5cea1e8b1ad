// Command line: how far a batch is, for a person who waits and for programs.
#pragma once

#include <chrono>
#include <string>

#include "rapporteur/batch.h"

namespace tool {

/// On standard error: one line that is written over on a terminal, a line now and then elsewhere, or JSON lines.
class Progress {
 public:
  /// `how`: auto, always, never, json.
  explicit Progress(const std::string& how);
  void show(const rapporteur::BatchProgress& at);
  /// Takes the line off the terminal again.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  enum class Manner { none, line, lines, json } x_manner = Manner::none;
  Clock::time_point x_begin = Clock::now(), x_last{};
  bool x_shown = false;
};

}  // namespace tool
