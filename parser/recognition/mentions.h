// Stage recognition: what is mentioned inside running text: annexes, documents, paragraphs, agenda items, dates, persons.
#pragma once

#include <string_view>

#include "recognition/work.h"

namespace rapporteur {

/// The word for an annex, in the model's three: annex, appendix, attachment.
std::string_view annex_word(std::string_view mark);

}  // namespace rapporteur
