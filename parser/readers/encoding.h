// Stage readers: bytes in whatever encoding to UTF-8, with an honest certainty.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/result.h"

namespace rapporteur {

/// A text and how sure it is that it was read in the right encoding.
struct Decoded {
  std::string utf8;
  std::string encoding = "UTF-8";
  double certainty = 1;              ///< 0..1; 1 for valid UTF-8, a byte order mark, or an encoding that the caller named
  std::string runner_up;             ///< the next likely encoding, where it gives another text
  std::uint64_t replaced_bytes = 0;  ///< bytes that mean nothing in the encoding and became U+FFFD
  std::vector<std::string> notes;
};

/// Decodes `bytes`. `encoding`: as iconv names it, or empty to find out. Errors: T103 unknown encoding.
Result<Decoded> decode(std::string_view bytes, const std::string& encoding);

/// The part of decode() that judges 8-bit encodings by the letters and words that they give.
Decoded guess_8bit(std::string_view bytes);

/// Whether text in UTF-16 without a byte order mark is likely: "UTF-16LE", "UTF-16BE" or empty.
std::string_view guess_utf16(std::string_view bytes);

/// `bytes` in `encoding` as UTF-8; what cannot be converted becomes U+FFFD and is counted. False: no such encoding.
bool convert(std::string_view bytes, const std::string& encoding, std::string& utf8, std::uint64_t& replaced);

}  // namespace rapporteur
