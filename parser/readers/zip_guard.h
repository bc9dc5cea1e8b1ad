// Stage readers: zip containers (DOCX, ODT, EPUB) looked at before any converter sees them.
//
// A container may lie about its sizes, hold a hundred megabytes in a hundred kilobytes, or be cut off. All of that is
// found here from the directory and by trial, without unpacking more than the limits allow.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/result.h"
#include "readers/line.h"

namespace rapporteur {

/// Bounds of a container that is let through. Real reports stay far below all of them.
struct ZipLimits {
  std::uint64_t entries = 20'000;
  std::uint64_t total = 1024ull << 20;       ///< bytes unpacked, all entries
  std::uint64_t text = 64ull << 20;          ///< bytes unpacked of XML and HTML parts, what a converter must hold in memory
  std::uint64_t ratio = 150;                 ///< unpacked to packed, of parts over `ratio_from`
  std::uint64_t ratio_from = 8ull << 20;
};

/// Nothing where the container is sound; else one error: R301 no zip at all, R302 cut off or damaged, R303 a bomb or
/// lying sizes, R304 encrypted.
Diagnostics check_container(std::string_view bytes, const std::string& file, const ZipLimits& limits = {});

/// Unpacked parts that `wanted` accepts, by name, of at most `most` bytes each.
std::vector<OutsideText> read_parts(std::string_view bytes, bool (*wanted)(std::string_view name), std::uint64_t most);

/// The words of the page headers and footers of a DOCX (word/header1.xml ...), which converters leave out. No entity is
/// ever followed.
struct DocxHeaders {
  std::vector<std::string> first_page;  ///< lines of the header that stands on the first page, above the text
  std::vector<OutsideText> others;      ///< in the order of their names, equal texts once; also lines that count pages
};
DocxHeaders docx_headers(std::string_view bytes);

}  // namespace rapporteur
