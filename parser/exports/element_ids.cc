// Stage exports: giving out names, in document order.

#include "exports/element_ids.h"

#include <algorithm>


namespace rapporteur {

namespace {

std::string joined(std::string_view prefix, std::string_view stem) {
  std::string out(prefix);
  if (!out.empty()) out += "__";
  return out += stem;
}

/// The number as the convention wants it: letters and digits, everything else one hyphen, none at the ends.
std::string number_part(std::string_view label) {
  std::string part;
  bool gap = false;
  for (const char c : label) {
    const auto byte = static_cast<unsigned char>(c);
    const bool kept = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || byte >= 0x80;
    if (kept && gap && !part.empty()) part += '-';
    gap = !kept;
    if (kept) part += c;
  }
  return part;
}

}  // namespace

ElementIds::ElementIds(const Report& report) {
  blocks(report.body, {}, {});
  blocks(report.closing, {}, {});
  annexes(report.annexes, {});
  for (const Note& note : report.notes) blocks(note.children, {}, {});
}

std::string ElementIds::counted(std::string stem) {
  unsigned& count = x_counts[stem];
  std::string name;
  do name = stem + "_" + std::to_string(++count);
  while (!x_taken.insert(name).second);
  return name;
}

std::string ElementIds::take(std::string_view prefix, std::string_view stem, std::string_view label) {
  const std::string number = number_part(label);
  if (number.empty()) return counted(joined(prefix, stem));
  return name(joined(prefix, stem) + "_" + number);
}

std::string ElementIds::name(std::string wanted) {
  if (x_taken.insert(wanted).second) return wanted;
  unsigned& count = x_counts[wanted];
  count = std::max(count, 1u);
  return counted(std::move(wanted));
}

void ElementIds::paragraph(const Paragraph& paragraph, const std::string& context, const std::string& parent) {
  const std::string number = number_part(paragraph.n);
  const std::string plain = joined(context, number.empty() ? "para_nn" : "para_" + number);
  const bool free = !number.empty() && x_taken.insert(plain).second;
  const std::string& name = x_names[&paragraph] = free ? plain : take(parent, number.empty() ? "para_nn" : "para", number);
  blocks(paragraph.children, context, name);
}

/// `context`: the annex that numbers run through; `parent`: the nearest element with a name.
void ElementIds::blocks(const Blocks& children, const std::string& context, const std::string& parent) {
  for (const Block& block : children) {
    if (const auto* section = block.as<Section>()) {
      const std::string& name = x_names[section] = take(parent, number_part(section->n).empty() ? "sec_nn" : "sec", section->n);
      blocks(section->children, context, name);
    } else if (const auto* numbered = block.as<Paragraph>()) {
      paragraph(*numbered, context, parent);
    } else if (const auto* list = block.as<List>()) {
      for (const ListItem& item : list->items) blocks(item.children, context, parent);
    } else if (const auto* contents = block.as<Contents>()) {
      for (const ListItem& item : contents->items) blocks(item.children, context, parent);
    } else if (const auto* quote = block.as<Quote>()) {
      blocks(quote->children, context, parent);
    }
  }
}

void ElementIds::annexes(const std::vector<Annex>& all, const std::string& context) {
  for (const Annex& annex : all) {
    const std::string& name = x_names[&annex] = take(context, "att", annex.n);
    blocks(annex.children, name, name);
    annexes(annex.annexes, name);
  }
}

}  // namespace rapporteur
