// Command line: progress of a batch.

#include "progress.h"

#include <cstdio>

#include <unistd.h>

#include "output.h"

namespace tool {

namespace {

// What was done before is skipped fast, and folders differ: the rate is that of the last seconds.
constexpr std::chrono::seconds recent{20};

std::string duration(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  char text[48];
  if (whole >= 3600) std::snprintf(text, sizeof text, "%ld h %02ld min", whole / 3600, whole / 60 % 60);
  else if (whole >= 60) std::snprintf(text, sizeof text, "%ld min %02ld s", whole / 60, whole % 60);
  else std::snprintf(text, sizeof text, "%ld s", whole);
  return text;
}

}  // namespace

Progress::Progress(const std::string& how) {
  if (how == "json") x_manner = Manner::json;
  else if (how == "always") x_manner = ::isatty(STDERR_FILENO) ? Manner::line : Manner::lines;
  else if (how != "never" && ::isatty(STDERR_FILENO)) x_manner = Manner::line;
}

void Progress::show(const rapporteur::BatchProgress& at) {
  const auto now = Clock::now();
  const bool last = at.done == at.total;
  if (x_manner == Manner::none || (!last && now - x_last < std::chrono::milliseconds(x_manner == Manner::line ? 200 : 1000))) return;
  x_last = now;
  x_recent.push_back({now, at.done});
  while (x_recent.size() > 2 && now - x_recent.front().when > recent) x_recent.pop_front();
  const double seconds = std::max(1e-3, std::chrono::duration<double>(now - x_recent.front().when).count());
  const double rate = static_cast<double>(at.done - x_recent.front().done) / seconds;
  const double left = rate > 0 ? static_cast<double>(at.total - at.done) / rate : 0;
  char text[320];
  if (x_manner == Manner::json)
    std::snprintf(text, sizeof text,
                  "{\"done\":%llu,\"total\":%llu,\"kept\":%llu,\"ok\":%llu,\"review\":%llu,\"invalid\":%llu,\"failed\":%llu,\"rate\":%.1f,\"seconds_left\":%.0f}\n",
                  static_cast<unsigned long long>(at.done), static_cast<unsigned long long>(at.total), static_cast<unsigned long long>(at.kept),
                  static_cast<unsigned long long>(at.ok), static_cast<unsigned long long>(at.review), static_cast<unsigned long long>(at.invalid),
                  static_cast<unsigned long long>(at.failed), rate, left);
  else
    std::snprintf(text, sizeof text, "%s%llu of %llu documents, %.0f/s, %s left; %llu for review, %llu invalid, %llu failed%s",
                  x_manner == Manner::line ? "\r\033[K" : "", static_cast<unsigned long long>(at.done), static_cast<unsigned long long>(at.total),
                  rate, duration(left).c_str(), static_cast<unsigned long long>(at.review), static_cast<unsigned long long>(at.invalid),
                  static_cast<unsigned long long>(at.failed), x_manner == Manner::line ? "" : "\n");
  say(std::string_view(text));
  x_shown = x_manner == Manner::line;
}

void Progress::clear() {
  if (x_shown) say(std::string_view("\r\033[K"));
  x_shown = false;
}

}  // namespace tool
