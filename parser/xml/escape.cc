// Stage xml: escaping and sanitising. Eight bytes at a time are looked at together; almost all of a report passes
// through that loop and is appended in long runs.

#include "xml/escape.h"

#include <array>
#include <cstring>

#include "xml/output_buffer.h"

namespace rapporteur::xml {

namespace {

constexpr std::uint64_t every_byte(std::uint8_t byte) { return 0x0101010101010101ull * byte; }

/// The high bit of each byte that is zero (and perhaps of bytes above it: a hint, not a map).
constexpr std::uint64_t zero_bytes(std::uint64_t word) { return (word - every_byte(1)) & ~word & every_byte(0x80); }

/// Whether any of eight bytes is a control character, not ASCII, or one of `" & < >`.
bool needs_care(std::uint64_t word) {
  const std::uint64_t control = (word - every_byte(0x20)) & ~word;
  const std::uint64_t special = zero_bytes(word ^ every_byte('"')) | zero_bytes(word ^ every_byte('&')) |
                                zero_bytes((word | every_byte(2)) ^ every_byte('>'));  // '<' is '>' without bit 1
  return ((control | word | special) & every_byte(0x80)) != 0;
}

constexpr std::array<bool, 256> make_plain() {
  std::array<bool, 256> table{};
  for (int c = 0x20; c < 0x80; ++c) table[static_cast<std::size_t>(c)] = c != '"' && c != '&' && c != '<' && c != '>';
  return table;
}
constexpr std::array<bool, 256> plain = make_plain();

std::size_t plain_run(const char* at, const char* end) {
  const char* const begin = at;
  for (std::uint64_t word; end - at >= 8; at += 8) {
    std::memcpy(&word, at, 8);
    if (needs_care(word)) break;
  }
  while (at != end && plain[static_cast<unsigned char>(*at)]) ++at;
  return static_cast<std::size_t>(at - begin);
}

/// Bytes of the character at `at` if it is well-formed UTF-8 of more than one byte and legal in XML 1.0, else 0.
std::size_t legal_sequence(const unsigned char* at, std::size_t left) {
  const auto more = [&](std::size_t i) { return i < left && (at[i] & 0xC0) == 0x80; };
  const unsigned lead = at[0];
  if (lead >= 0xC2 && lead <= 0xDF) return more(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (!more(1) || !more(2) || (lead == 0xE0 && at[1] < 0xA0) || (lead == 0xED && at[1] > 0x9F)) return 0;
    return lead == 0xEF && at[1] == 0xBF && at[2] >= 0xBE ? 0 : 3;  // U+FFFE, U+FFFF
  }
  if (lead < 0xF0 || lead > 0xF4 || !more(1) || !more(2) || !more(3)) return 0;
  return (lead == 0xF0 && at[1] < 0x90) || (lead == 0xF4 && at[1] > 0x8F) ? 0 : 4;
}

/// Bytes that one U+FFFD stands for: a whole character where it is merely illegal in XML, else one byte.
std::size_t illegal_length(const unsigned char* at, std::size_t left) {
  return left >= 3 && at[0] == 0xEF && at[1] == 0xBF && at[2] >= 0xBE && at[2] <= 0xBF ? 3 : 1;
}

const char* reference(char c, bool in_value) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '\r': return "&#13;";
    case '"': return in_value ? "&quot;" : "\"";
    case '\n': return in_value ? "&#10;" : "\n";
    case '\t': return in_value ? "&#9;" : "\t";
    default: return nullptr;
  }
}

template <typename Out>
std::uint64_t append(Out& out, std::string_view text, bool in_value) {
  std::uint64_t replaced = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const std::size_t run = plain_run(at, end);
    out.append(at, run);
    at += run;
    if (at == end) break;
    const auto* bytes = reinterpret_cast<const unsigned char*>(at);
    const auto left = static_cast<std::size_t>(end - at);
    if (*bytes < 0x80) {
      const char* escaped = reference(*at, in_value);
      out.append(escaped != nullptr ? escaped : "\xEF\xBF\xBD");
      replaced += escaped == nullptr;
      ++at;
    } else if (const std::size_t length = legal_sequence(bytes, left)) {
      out.append(at, length);
      at += length;
    } else {
      out.append("\xEF\xBF\xBD");
      ++replaced;
      at += illegal_length(bytes, left);
    }
  }
  return replaced;
}

}  // namespace

std::uint64_t append_text(std::string& out, std::string_view text) { return append(out, text, false); }
std::uint64_t append_value(std::string& out, std::string_view value) { return append(out, value, true); }
std::uint64_t append_text(OutputBuffer& out, std::string_view text) { return append(out, text, false); }
std::uint64_t append_value(OutputBuffer& out, std::string_view value) { return append(out, value, true); }

bool well_formed(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t word = 0;
    if (at + 8 <= text.size()) std::memcpy(&word, text.data() + at, 8);
    if (at + 8 <= text.size() && (word & every_byte(0x80)) == 0) {
      at += 8;
    } else if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
    } else if (const std::size_t length = legal_sequence(reinterpret_cast<const unsigned char*>(text.data()) + at, text.size() - at)) {
      at += length;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace rapporteur::xml
