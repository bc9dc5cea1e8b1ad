// Command line: how far a batch is, for a person who waits and for programs.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
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
  struct Moment {
    Clock::time_point when;
    std::uint64_t done;
  };
  Clock::time_point x_last{};
  std::deque<Moment> x_recent{{Clock::now(), 0}};
  bool x_shown = false;
};

}  // namespace tool
