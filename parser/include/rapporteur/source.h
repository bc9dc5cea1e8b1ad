// Stage text: one immutable document text that every later stage points into.
//
// A Source owns the UTF-8 text of one input and its line table. Everything else in the program refers to
// text by Span (bytes) and shows people a Place (line and column), so that every element of the output can
// say where it stood.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rapporteur {

/// A half-open range of bytes, [begin, end), in the text of one Source.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  constexpr std::uint32_t size() const { return end - begin; }
  constexpr bool empty() const { return begin == end; }
  friend constexpr bool operator==(Span, Span) = default;
};

/// A position as people count it: both 1-based; the column counts code points.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend constexpr bool operator==(Place, Place) = default;
};

/// What is known of an input before its text is read. Recorded in the XML's <source>.
struct SourceInfo {
  std::string name;                       ///< file name as given by the caller; empty for a pipe
  std::string media_type = "text/plain";  ///< IANA media type of the input
  std::string encoding = "UTF-8";         ///< encoding of the original bytes
  double encoding_certainty = 1.0;        ///< 0..1; 1 where the bytes are valid UTF-8 or the user said so
  std::string sha256;                     ///< of the original bytes, 64 lower-case hex digits
  std::uint64_t bytes = 0;                ///< size of the original input, in bytes
  std::string converter;                  ///< program that made text of a foreign format ("pandoc", "pdftotext"), or empty
  std::string converter_version;
  std::vector<std::string> notes;         ///< what reading did to the text, one sentence each (replaced bytes, BOM removed)
  std::uint64_t replaced_bytes = 0;       ///< bytes that were not valid in the encoding and became U+FFFD
};

/// Immutable, shared text of one document. Thread-safe: nothing changes after construction.
class Source {
 public:
  /// Takes text that is valid UTF-8 (use `repair_utf8` first where that is not certain) and at most 4 GiB - 1 long.
  Source(SourceInfo info, std::string utf8);

  const SourceInfo& info() const { return x_info; }
  std::string_view text() const { return x_text; }
  std::string_view text(Span span) const { return text().substr(span.begin, span.size()); }

  /// Number of lines. Lines end at LF or CRLF; in a text without any LF, at CR.
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(x_line_starts.size()); }
  /// 1-based number of the line that holds this byte.
  std::uint32_t line_of(std::uint32_t offset) const;
  Place place_of(std::uint32_t offset) const;
  /// The text of a 1-based line, without its line end.
  std::string_view line_text(std::uint32_t line) const;
  std::uint32_t line_begin(std::uint32_t line) const { return x_line_starts[line - 1]; }

 private:
  SourceInfo x_info;
  std::string x_text;
  std::vector<std::uint32_t> x_line_starts;
};

using SourcePtr = std::shared_ptr<const Source>;

/// Replaces each maximal ill-formed sequence by U+FFFD, in place. Returns how many bytes were replaced.
std::uint64_t repair_utf8(std::string& text);

}  // namespace rapporteur
