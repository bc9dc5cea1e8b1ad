// Stage model: ids of elements.

#include "model/ids.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace rapporteur {

namespace {

/// Puts the name's part of a label behind `id`.
void add_name_part(std::string& id, std::string_view label) {
  const std::size_t begin = id.size();
  bool gap = false;
  for (const char c : label) {
    const bool kept = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
    if (kept && gap && id.size() > begin) id += '-';
    gap = !kept;
    if (kept) id += c;
  }
}

}  // namespace

std::string name_part(std::string_view label) {
  std::string part;
  add_name_part(part, label);
  return part;
}

std::string IdMaker::labelled(std::string stem, std::string_view label) {
  const std::size_t size = stem.size();
  add_name_part(stem, label);
  return stem.size() == size ? counted(stem) : unique(std::move(stem));
}

bool IdMaker::take(std::string_view id) {
  if (2 * (x_taken_count + 1) > x_taken.size()) grow();
  const std::uint64_t hash = std::hash<std::string_view>()(id) | 1;
  std::uint64_t& slot = slot_of(hash);
  if (slot != 0) return false;
  slot = hash;
  ++x_taken_count;
  return true;
}

std::uint64_t& IdMaker::slot_of(std::uint64_t hash) {
  std::size_t at = (hash >> 1) & (x_taken.size() - 1);
  while (x_taken[at] != 0 && x_taken[at] != hash) at = (at + 1) & (x_taken.size() - 1);
  return x_taken[at];
}

void IdMaker::grow() {
  const std::vector<std::uint64_t> before = std::exchange(x_taken, std::vector<std::uint64_t>(std::max<std::size_t>(256, 2 * x_taken.size())));
  for (const std::uint64_t hash : before)
    if (hash != 0) slot_of(hash) = hash;
}

std::string IdMaker::numbered(std::string_view stem, std::uint32_t& count) {
  std::string id;
  do (id = stem) += std::to_string(++count);
  while (!take(id));
  return id;
}

std::string IdMaker::counted(std::string_view stem) { return numbered(stem, x_counts[std::string(stem)]); }

std::string IdMaker::unique(std::string stem) {
  if (take(stem)) return stem;
  std::uint32_t& count = x_counts[stem += '-'];
  count = std::max(count, 1u);
  return numbered(stem, count);
}

}  // namespace rapporteur
