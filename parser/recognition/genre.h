// Stage recognition: what kind of text this is. Reports of meetings are what the product is for; of any other text it
// says so, and keeps the words.
#pragma once

#include <string_view>

#include "recognition/events.h"
#include "recognition/work.h"

namespace rapporteur {

/// What a text is rather than the report of a meeting; empty `words` where nothing speaks against a report.
struct TextKind {
  std::string_view words;   ///< "program code", "a sitting taken down word for word"
  bool of_meeting = false;  ///< but it tells of a meeting all the same, in another manner
};

/// "program code", "a chat log": texts that are no reports by their very lines, before anything is recognised in them.
TextKind kind_by_lines(const Document& document);

/// "a licence, a contract or a law": after recognition, for what was recognised may speak for a report.
TextKind kind_by_words(Work& work, const Events& events);

}  // namespace rapporteur
