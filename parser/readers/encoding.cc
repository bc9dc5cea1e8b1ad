// Stage readers: decoding. Byte order marks and valid UTF-8 settle most files; the rest is converted by iconv.

#include "readers/encoding.h"

#include <iconv.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <optional>
#include <string>

#include "rapporteur/source.h"

namespace rapporteur {

namespace {

struct ByteOrderMark {
  std::string_view bytes;
  const char* encoding;
};
constexpr ByteOrderMark marks[] = {{{"\xFF\xFE\0\0", 4}, "UTF-32LE"}, {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
                                   {"\xEF\xBB\xBF", "UTF-8"}, {"\xFF\xFE", "UTF-16LE"}, {"\xFE\xFF", "UTF-16BE"}};

/// Well-formed sequences of two bytes and more, against bytes that fit nowhere.
bool mostly_utf8(std::string_view bytes, std::uint64_t replaced) {
  const auto leads = std::count_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xC2 && static_cast<unsigned char>(c) < 0xF5; });
  const auto trails = std::count_if(bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
  const auto good = std::min<std::uint64_t>(leads, trails);
  return good >= 2 * replaced && good >= 2;
}

Decoded repaired(std::string_view bytes, double certainty) {
  Decoded decoded;
  decoded.utf8 = bytes;
  decoded.replaced_bytes = repair_utf8(decoded.utf8);
  decoded.certainty = decoded.replaced_bytes == 0 ? 1 : certainty;
  return decoded;
}

Result<Decoded> in_encoding(std::string_view bytes, const std::string& encoding) {
  Decoded decoded;
  decoded.encoding = encoding;
  if (convert(bytes, encoding, decoded.utf8, decoded.replaced_bytes)) return decoded;
  Diagnostic d;
  d.severity = Severity::error;
  d.code = "T103";
  d.message = "there is no encoding named '" + encoding + "'";
  d.help = "name it as iconv does (see `iconv -l`), for example windows-1252, KOI8-R or UTF-16LE";
  return d;
}

/// Converters to UTF-8, kept by the thread that opened them: opening one loads a library, and a text of unknown encoding
/// is read in fifteen.
class Converters {
 public:
  Converters() = default;
  Converters(const Converters&) = delete;
  Converters& operator=(const Converters&) = delete;
  ~Converters() {
    for (const auto& [encoding, handle] : x_open) iconv_close(handle);
  }
  /// One at its initial state; nothing where there is no such encoding. Its own until the next call.
  std::optional<iconv_t> from(const std::string& encoding) {
    const auto known = x_open.find(encoding);
    if (known != x_open.end()) return iconv(known->second, nullptr, nullptr, nullptr, nullptr), known->second;
    const iconv_t fresh = iconv_open("UTF-8", encoding.c_str());
    if (fresh == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    return x_open[encoding] = fresh;
  }

 private:
  std::map<std::string, iconv_t> x_open;
};

}  // namespace

bool convert(std::string_view bytes, const std::string& encoding, std::string& utf8, std::uint64_t& replaced) {
  thread_local Converters converters;
  const std::optional<iconv_t> opened = converters.from(encoding);
  if (!opened) return false;
  const iconv_t handle = *opened;
  char* in = const_cast<char*>(bytes.data());  // iconv's signature; it does not write there
  std::size_t left = bytes.size();
  std::array<char, 1 << 14> buffer;
  const auto drain = [&](char* out) { utf8.append(buffer.data(), static_cast<std::size_t>(out - buffer.data())); };
  while (left > 0) {
    char* out = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t result = iconv(handle, &in, &left, &out, &room);
    const int why = errno;
    drain(out);
    if (result != static_cast<std::size_t>(-1) || why == E2BIG) continue;
    utf8 += "\xEF\xBF\xBD";
    ++in, --left, ++replaced;
  }
  char* out = buffer.data();
  std::size_t room = buffer.size();
  iconv(handle, nullptr, nullptr, &out, &room);
  drain(out);
  return true;
}

std::string_view guess_utf16(std::string_view bytes) {
  bytes = bytes.substr(0, std::min<std::size_t>(bytes.size() & ~std::size_t{1}, 1 << 16));
  if (bytes.size() < 4 || bytes.find('\0') == std::string_view::npos) return {};  // blanks and line ends have a zero half
  std::size_t high[2] = {0, 0};  // bytes at even and odd places that are the upper half of Latin or Cyrillic letters
  std::size_t nul[2] = {0, 0};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    high[i & 1] += bytes[i] == 0 || bytes[i] == 4;
    nul[i & 1] += bytes[i] == 0;
  }
  const std::size_t units = bytes.size() / 2;
  for (const int upper : {1, 0}) {
    const bool likely = high[upper] * 10 >= units * 9 && nul[upper] > 0 && nul[1 - upper] == 0 && high[1 - upper] * 10 < units;
    if (likely) return upper == 1 ? "UTF-16LE" : "UTF-16BE";
  }
  return {};
}

Result<Decoded> decode(std::string_view bytes, const std::string& encoding) {
  for (const ByteOrderMark& mark : marks) {
    if (!bytes.starts_with(mark.bytes)) continue;
    if (!encoding.empty() && encoding != mark.encoding) break;
    bytes.remove_prefix(mark.bytes.size());
    Result<Decoded> decoded = std::string_view(mark.encoding) == "UTF-8" ? Result<Decoded>(repaired(bytes, 1)) : in_encoding(bytes, mark.encoding);
    decoded->notes.push_back("a byte order mark was left out");
    return decoded;
  }
  const std::string_view wide = encoding.empty() ? guess_utf16(bytes) : std::string_view();
  const bool may_be_utf8 = encoding.empty() ? wide.empty() : encoding == "UTF-8";
  if (may_be_utf8 && simdjson::validate_utf8(bytes.data(), bytes.size())) {
    Decoded decoded;
    decoded.utf8 = bytes;
    return decoded;
  }
  if (!encoding.empty()) return in_encoding(bytes, encoding);
  if (!wide.empty()) {
    Result<Decoded> decoded = in_encoding(bytes, std::string(wide));
    decoded->certainty = 0.95;
    return decoded;
  }
  Decoded mended = repaired(bytes, 0.9);
  if (mostly_utf8(bytes, mended.replaced_bytes)) return mended;
  return guess_8bit(bytes);
}

}  // namespace rapporteur
