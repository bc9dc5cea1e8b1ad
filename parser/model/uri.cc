// Stage model: URNs of documents named by their symbol.

#include "model/uri.h"

#include <array>

namespace rapporteur {

namespace {

/// By byte: whether it stands for itself.
constexpr std::array<bool, 256> kept_bytes() {
  std::array<bool, 256> kept{};
  for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$'()*+,;=:@/")) kept[static_cast<unsigned char>(c)] = true;
  return kept;
}
constexpr std::array<bool, 256> kKept = kept_bytes();

}  // namespace

std::string document_uri(std::string_view symbol) {
  constexpr std::string_view figures = "0123456789ABCDEF";
  if (symbol.empty()) return {};
  constexpr std::string_view scheme = "urn:x-rapporteur:document:";
  std::string uri;
  uri.reserve(scheme.size() + symbol.size());
  uri = scheme;
  for (const char c : symbol) {
    const auto byte = static_cast<unsigned char>(c);
    if (kKept[byte]) uri += c;
    else ((uri += '%') += figures[byte >> 4]) += figures[byte & 15];
  }
  return uri;
}

}  // namespace rapporteur
