// Stage model: ids of elements.

#include "model/ids.h"

namespace rapporteur {

std::string name_part(std::string_view label) {
  std::string part;
  bool gap = false;
  for (const char c : label) {
    const bool kept = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
    if (kept && gap && !part.empty()) part += '-';
    gap = !kept;
    if (kept) part += c;
  }
  return part;
}

std::string IdMaker::labelled(std::string_view stem, std::string_view label) {
  const std::string part = name_part(label);
  if (part.empty()) return counted(stem);
  return unique(std::string(stem) + part);
}

std::string IdMaker::counted(std::string_view stem) {
  const std::string name(stem);
  std::uint32_t& count = x_counts[name];
  std::string id;
  do id = name + std::to_string(++count);
  while (!x_taken.insert(id).second);
  return id;
}

std::string IdMaker::unique(std::string stem) {
  if (x_taken.insert(stem).second) return stem;
  std::uint32_t& count = x_counts[stem + '-'];
  if (count == 0) count = 1;
  std::string id;
  do id = stem + '-' + std::to_string(++count);
  while (!x_taken.insert(id).second);
  return id;
}

}  // namespace rapporteur
