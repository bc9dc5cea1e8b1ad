// Stage model: addresses of documents that are not in this file.
#pragma once

#include <string>
#include <string_view>

namespace rapporteur {

/// `urn:x-rapporteur:document:` and the symbol, percent-encoded as RFC 8141 asks ("/" stays). Empty for an empty symbol.
std::string document_uri(std::string_view symbol);

}  // namespace rapporteur
