// Stage model: URNs of documents named by their symbol.

#include "model/uri.h"

namespace rapporteur {

std::string document_uri(std::string_view symbol) {
  constexpr std::string_view kept = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$'()*+,;=:@/";
  constexpr std::string_view figures = "0123456789ABCDEF";
  if (symbol.empty()) return {};
  constexpr std::string_view scheme = "urn:x-rapporteur:document:";
  std::string uri;
  uri.reserve(scheme.size() + symbol.size());
  uri = scheme;
  for (const char c : symbol) {
    const auto byte = static_cast<unsigned char>(c);
    if (kept.find(c) != std::string_view::npos) uri += c;
    else ((uri += '%') += figures[byte >> 4]) += figures[byte & 15];
  }
  return uri;
}

}  // namespace rapporteur
