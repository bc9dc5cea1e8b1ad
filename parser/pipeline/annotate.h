// Stage pipeline: what was recognised, written into the pandoc tree it was recognised in (`--filter pandoc-rapporteur`).
//
// Any pandoc writer can then use it. A heading gets classes and attributes; a numbered paragraph, a heading that is a
// plain paragraph, and a line of furniture are put into a Div; references to annexes into a Span; the header's fields and
// the counts into the metadata under `rapporteur`, key `report`. Everything else stays as it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/report.h"

namespace rapporteur {

/// `tree` is pandoc's JSON that was read into `report`; `leaf_of_line` as read_pandoc_json gives it. Annotations of an
/// earlier run are taken out first, so that annotating twice is the same as once.
std::string annotate_tree(std::string_view tree, const Report& report, const std::vector<std::uint32_t>& leaf_of_line);

/// `rapporteur: {KEY: ...}` of the tree's metadata, as plain text; empty where it is absent.
std::string tree_option(std::string_view tree, const std::string& key);

}  // namespace rapporteur
