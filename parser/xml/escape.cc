// Stage xml: escaping and sanitising. Sixteen bytes at a time are copied and looked at together; almost all of a report passes
// through that loop.

#include "xml/escape.h"

#include <array>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

/// Copies words of `Word` from both ends, which meet or overlap. False where a byte of them needs care; nothing is then said
/// of what stands behind `to`.
template <typename Word>
bool copy_by_ends(const char* at, const char* end, char*& to) {
  Word first, last;
  const auto size = static_cast<std::size_t>(end - at);
  std::memcpy(&first, at, sizeof first);
  std::memcpy(&last, end - sizeof last, sizeof last);
  if constexpr (sizeof first == 4) {
    if (needs_care(std::uint64_t{first} << 32 | last)) return false;
  } else {
    if (needs_care(first) || needs_care(last)) return false;
  }
  std::memcpy(to, &first, sizeof first);
  std::memcpy(to + size - sizeof last, &last, sizeof last);
  to += size;
  return true;
}

/// Copies what is left, of fewer than sixteen bytes, if none of them needs care and it is no shorter than four.
bool copy_short(const char* at, const char* end, char*& to) {
  if (end - at >= 16) return false;
  if (end - at >= 8) return copy_by_ends<std::uint64_t>(at, end, to);
  return end - at >= 4 && copy_by_ends<std::uint32_t>(at, end, to);
}

#ifdef __SSE2__
/// A bit for each of sixteen bytes that is what `needs_care` looks for. As signed numbers, those beyond ASCII are below blanks.
unsigned care_needed(__m128i bytes) {
  const auto is = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
  const __m128i angle = _mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8(2)), _mm_set1_epi8('>'));
  const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(low, angle), _mm_or_si128(is('"'), is('&')))));
}
#endif

/// Copies up to the first byte that needs care, and tells where it is. Behind `to` up to 16 bytes more may be written.
const char* copy_plain(const char* at, const char* end, char*& to) {
#ifdef __SSE2__
  for (; end - at >= 16; at += 16, to += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), bytes);
    const unsigned care = care_needed(bytes);
    if (care == 0) continue;
    to += std::countr_zero(care);
    return at + std::countr_zero(care);
  }
#endif
  if (copy_short(at, end, to)) return end;
  while (at != end && plain[static_cast<unsigned char>(*at)]) *to++ = *at++;
  return at;
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

/// What cannot be copied as it is: a byte, or characters of several bytes in a row. Returns where it ends.
const char* append_special(OutputBuffer& out, const char* at, const char* end, bool in_value, Escaped& done) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(at);
  const auto left = static_cast<std::size_t>(end - at);
  if (*bytes < 0x80) {
    const char* escaped = reference(*at, in_value);
    out.append(escaped != nullptr ? escaped : "\xEF\xBF\xBD");
    done.replaced += escaped == nullptr;
    return at + 1;
  }
  std::size_t legal = 0;
  while (legal < left && bytes[legal] >= 0x80) {
    const std::size_t length = legal_sequence(bytes + legal, left - legal);
    if (length == 0) break;
    legal += length;
  }
  if (legal != 0) {
    out.append({at, legal});
    return at + legal;
  }
  out.append("\xEF\xBF\xBD");
  ++done.replaced;
  return at + illegal_length(bytes, left);
}

/// Goes on at `to`, where the text has been written up to `at`.
Escaped append_rest(OutputBuffer& out, const char* at, const char* end, char* to, bool in_value) {
  Escaped done;
  while (at != end) {
    out.written(to);
    done.plain = false;
    at = append_special(out, at, end, in_value, done);
    to = out.room(static_cast<std::size_t>(end - at));
    at = copy_plain(at, end, to);
  }
  out.written(to);
  return done;
}

}  // namespace

Escaped append_text(OutputBuffer& out, std::string_view before, std::string_view text) {
  char* to = out.room(text.size());
  for (const char c : before) *to++ = c;
  const char* const end = text.data() + text.size();
  const char* const at = copy_plain(text.data(), end, to);
  if (at != end) return append_rest(out, at, end, to, false);
  out.written(to);
  return {};
}

Escaped append_attribute(OutputBuffer& out, const Piece& name, std::string_view value) {
  char* to = put(out.room(value.size()), name);
  const char* const end = value.data() + value.size();
  const char* const at = copy_plain(value.data(), end, to);
  if (at == end) [[likely]] {
    *to++ = '"';
    out.written(to);
    return {};
  }
  const Escaped done = append_rest(out, at, end, to, true);
  out.append("\"");
  return done;
}

void append_text(std::string& out, std::string_view text) {
  OutputBuffer buffer(out, text.size());
  append_text(buffer, {}, text);
  buffer.finish();
}

void append_value(std::string& out, std::string_view value) {
  OutputBuffer buffer(out, value.size());
  append_attribute(buffer, {}, value);
  buffer.finish();
  out.pop_back();  // the quotation mark
}

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
