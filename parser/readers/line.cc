// Stage readers: the piecewise map of offsets between source, content and match text, read in both directions.

#include "readers/line.h"

#include <algorithm>

namespace rapporteur {

namespace {

/// The last step that begins at or before `offset`; begin() of the steps where none does.
template <typename Steps>
auto step_at(const Steps& steps, std::uint32_t offset) {
  auto after = std::upper_bound(steps.begin(), steps.end(), offset,
                                [](std::uint32_t wanted, const OffsetMap::Step& step) { return wanted < step.from; });
  return after == steps.begin() ? after : after - 1;
}

}  // namespace

std::uint32_t OffsetMap::operator()(std::uint32_t offset) const {
  if (x_steps.empty()) return x_base + offset;
  const auto step = step_at(x_steps, offset);
  if (offset < step->from) return step->to;
  const std::uint32_t to = step->to + (offset - step->from);
  return step + 1 == x_steps.end() ? to : std::min(to, (step + 1)->to);
}

void OffsetMap::skip_to(std::uint32_t from, std::uint32_t to) {
  if (x_steps.empty() && from > 0) x_steps.push_back({0, x_base});
  if (!x_steps.empty() && x_steps.back().from == from) x_steps.back().to = to;
  else x_steps.push_back({from, to});
}

void OffsetMap::replaced(std::uint32_t from, std::uint32_t to, std::uint32_t from_end, std::uint32_t to_end) {
  skip_to(from, to);
  x_steps.push_back({from_end, to_end});
  x_steps.push_back({from_end, to_end});
}

std::uint32_t OffsetMap::end_of(std::uint32_t offset) const {
  if (x_steps.empty()) return x_base + offset;
  if (offset == 0) return (*this)(0);
  const auto first = std::lower_bound(x_steps.begin(), x_steps.end(), offset,
                                      [](const Step& step, std::uint32_t wanted) { return step.from < wanted; });
  const bool end_told = first != x_steps.end() && first->from == offset && first + 1 != x_steps.end() && (first + 1)->from == offset;
  return end_told ? first->to : (*this)(offset - 1) + 1;
}

Span Line::match_range(Span content_range) const {
  if (match_to_content.identity()) return content_range;
  const auto at = [this](std::uint32_t wanted) {
    std::uint32_t low = 0, high = static_cast<std::uint32_t>(match.size());
    while (low < high) {
      const std::uint32_t middle = low + (high - low) / 2;
      if (match_to_content(middle) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {at(content_range.begin), at(content_range.end)};
}

}  // namespace rapporteur
