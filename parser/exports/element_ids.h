// Stage exports: names for the parts of a report that others cite, by the Akoma Ntoso Naming Convention.
//
// Search records, Akoma Ntoso and citations use the same names, so that what was found in an index is found in the
// archive: para_17, sec_III, att_II__para_3.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "rapporteur/report.h"

namespace rapporteur {

/// Gives a name to every Section, Paragraph and Annex. The report must outlive it and stay where it is.
///
/// A name is made of the printed number (1.1 -> para_1-1), not of the place, so that it stays when something is added
/// before. Paragraphs run through the report and take no section into their name, unless their number is taken already:
/// then sec_2__para_1. Without a number: sec_nn_1. What is still taken gets a second number: para_7_2.
class ElementIds {
 public:
  explicit ElementIds(const Report& report);

  /// Of a Section, Paragraph or Annex of this report.
  const std::string& of(const void* element) const { return x_names.at(element); }
  /// A new name below `prefix` (which may be empty): prefix__stem_number; without a number it is counted.
  std::string take(std::string_view prefix, std::string_view stem, std::string_view label);
  /// This name, or where it is taken, with a number behind it.
  std::string name(std::string wanted);

 private:
  void blocks(const Blocks& children, const std::string& context, const std::string& parent);
  void annexes(const std::vector<Annex>& annexes, const std::string& context);
  void paragraph(const Paragraph& paragraph, const std::string& context, const std::string& parent);
  std::string counted(std::string stem);

  std::unordered_map<const void*, std::string> x_names;
  std::unordered_set<std::string> x_taken;
  std::unordered_map<std::string, unsigned> x_counts;
};

}  // namespace rapporteur
