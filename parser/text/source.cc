// Stage text: the immutable document text, its line table, and repair of ill-formed UTF-8.

#include "rapporteur/source.h"

#include <algorithm>
#include <cstring>

namespace rapporteur {

namespace {

/// Offsets at which lines begin. A text without any LF is taken to be one with CR line ends (old Mac files).
std::vector<std::uint32_t> line_starts(std::string_view text) {
  const char end = text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos ? '\r' : '\n';
  std::vector<std::uint32_t> starts{0};
  for (const char* at = text.data(); (at = static_cast<const char*>(std::memchr(at, end, text.data() + text.size() - at)));) {
    ++at;
    if (at == text.data() + text.size()) break;
    starts.push_back(static_cast<std::uint32_t>(at - text.data()));
  }
  return starts;
}

bool continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Bytes of the well-formed sequence at `at`, or 0. Table 3-7 of the Unicode Standard.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
  const unsigned lead = byte(0), second = byte(1);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return continuation(second) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool good = lead == 0xE0 ? second >= 0xA0 && second <= 0xBF : lead == 0xED ? second >= 0x80 && second <= 0x9F : continuation(second);
    return good && continuation(byte(2)) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool good = lead == 0xF0 ? second >= 0x90 && second <= 0xBF : lead == 0xF4 ? second >= 0x80 && second <= 0x8F : continuation(second);
    return good && continuation(byte(2)) && continuation(byte(3)) ? 4 : 0;
  }
  return 0;
}

}  // namespace

Source::Source(SourceInfo info, std::string utf8)
    : x_info(std::move(info)), x_text(std::move(utf8)), x_line_starts(line_starts(x_text)) {}

std::uint32_t Source::line_of(std::uint32_t offset) const {
  const auto after = std::upper_bound(x_line_starts.begin(), x_line_starts.end(), offset);
  return static_cast<std::uint32_t>(after - x_line_starts.begin());
}

Place Source::place_of(std::uint32_t offset) const {
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(x_text.size()));
  const std::uint32_t line = line_of(offset);
  const char* from = x_text.data() + x_line_starts[line - 1];
  const auto points = std::count_if(from, x_text.data() + offset, [](char c) { return !continuation(c); });
  return {line, static_cast<std::uint32_t>(points) + 1};
}

std::string_view Source::line_text(std::uint32_t line) const {
  const std::uint32_t begin = x_line_starts[line - 1];
  const std::uint32_t end = line < line_count() ? x_line_starts[line] : static_cast<std::uint32_t>(x_text.size());
  std::string_view whole = text().substr(begin, end - begin);
  while (!whole.empty() && (whole.back() == '\n' || whole.back() == '\r')) whole.remove_suffix(1);
  return whole;
}

std::uint64_t repair_utf8(std::string& text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) break;
    at += length;
  }
  if (at == text.size()) return 0;
  std::string mended(text, 0, at);
  std::uint64_t replaced = 0;
  while (at < text.size()) {
    const std::size_t length = sequence_length(text, at);
    if (length != 0) {
      mended.append(text, at, length);
      at += length;
      continue;
    }
    mended += "\xEF\xBF\xBD";
    do {  // one replacement for a lead byte and the continuation bytes that cannot belong to anything else
      ++at;
      ++replaced;
    } while (at < text.size() && continuation(text[at]));
  }
  text = std::move(mended);
  return replaced;
}

}  // namespace rapporteur
