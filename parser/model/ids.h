// Stage model: ids that people can read and that stay the same as long as the text does.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rapporteur {

/// Gives out ids: NCNames, each once in a report. What is taken is known by its hash, which takes a tenth of the memory and
/// time of the names themselves; should two ever meet, a number is passed over.
class IdMaker {
 public:
  /// `stem` and the label's letters and digits: ("para", "7") -> para7, then para7-2. Without a usable label the stem
  /// is counted: p1, p2 ...
  std::string labelled(std::string stem, std::string_view label);
  /// The stem counted: list1, list2 ...
  std::string counted(std::string_view stem);
  /// The stem itself, then stem-2, stem-3 ...
  std::string unique(std::string stem);

 private:
  bool take(std::string_view id);
  std::uint64_t& slot_of(std::uint64_t hash);
  void grow();
  std::string numbered(std::string_view stem, std::uint32_t& count);

  std::vector<std::uint64_t> x_taken;  // hashes, odd; 0: free. A power of two of them, half full at most
  std::size_t x_taken_count = 0;
  std::unordered_map<std::string, std::uint32_t> x_counts;
};

/// The letters, digits, dots and hyphens of a label, other characters as one hyphen between: "7(b)" -> "7-b".
std::string name_part(std::string_view label);

}  // namespace rapporteur
