// Stage recognition: what finding page numbers and finding other page furniture share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "recognition/work.h"

namespace rapporteur {

/// Takes a line out of the text. `rule`: what it was found by, or null; `type`: the kind of furniture.
void claim_furniture(Work& work, std::uint32_t i, const Rule* rule, std::string type, float confidence);

void find_page_numbers(Work& work);

/// The value of a text of nothing but digits; 0 where there are others.
int number_of(std::string_view text);

/// As far apart as two pages of running text are at least.
bool a_page_apart(const Work& work, std::uint32_t above, std::uint32_t below);

/// Among the first or last lines of a page, where the format has pages.
bool at_page_edge(const Work& work, std::uint32_t i);

/// Between blank lines.
bool stands_alone(const Work& work, std::uint32_t i);

}  // namespace rapporteur
