// Stage model: the words of inlines.

#include "rapporteur/report.h"

#include <type_traits>

namespace rapporteur {

namespace {

void append_plain(std::string& out, const Inlines& inlines) {
  for (const Inline& part : inlines) append_plain_text(out, part);
}

}  // namespace

void append_plain_text(std::string& out, const Inline& part) {
  part.visit([&](const auto& value) {
    using T = std::decay_t<decltype(value)>;
    if constexpr (std::is_same_v<T, Text>) out += value.text;
    else if constexpr (std::is_same_v<T, LineBreak>) out += ' ';
    else if constexpr (std::is_same_v<T, Link>) value.children.empty() ? void(out += value.href) : append_plain(out, value.children);
    else if constexpr (requires { value.children; }) append_plain(out, value.children);
  });
}

std::string plain_text(const Inlines& inlines) {
  std::string out;
  append_plain(out, inlines);
  return out;
}

}  // namespace rapporteur
