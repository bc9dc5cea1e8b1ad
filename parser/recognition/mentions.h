// Stage recognition: what is mentioned inside running text: annexes, documents, paragraphs, agenda items, dates, persons.
#pragma once

#include <string_view>
#include <vector>

#include "recognition/work.h"

namespace rapporteur {

/// Appends the hits in `text` (match text), sorted and disjoint; ranges are bytes of it.
/// The word for an annex, in the model's three: annex, appendix, attachment.
std::string annex_word(std::string_view mark);

void find_mentions(Work& work, std::string_view text, std::uint8_t zone, std::vector<Hit>& out);

}  // namespace rapporteur
