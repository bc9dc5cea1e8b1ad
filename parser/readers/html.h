// Stage readers: HTML -> Document: encoding, what the head says, pages made from PDF; pandoc reads all others.
#pragma once

#include <string_view>

#include "readers/input.h"
#include "readers/pandoc.h"

namespace rapporteur {

/// Begins with a document type or an element of HTML.
bool looks_like_html(std::string_view bytes);

/// Title and author of the head go to Document::outside. HTML that only places words on a page (made from PDF) becomes
/// text with the layout of that page, and is read as such. Errors as read_with_pandoc, and those of make_source.
Result<Document> read_html(const Input& input, const ReadOptions& options, const PandocOptions& pandoc);

}  // namespace rapporteur
