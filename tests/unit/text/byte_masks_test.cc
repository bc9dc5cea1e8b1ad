// Masks of bytes, against asking each byte by itself.

#include "text/byte_masks.h"

#include <string>

#include <gtest/gtest.h>

namespace rapporteur {
namespace {

TEST(ByteMasks, TellWhatEachByteIs) {
  for (std::size_t first = 0; first < 256; first += 50) {
    std::string text;
    for (std::size_t byte = first; byte < first + 70; ++byte) text += static_cast<char>(byte);
    for (std::size_t base = 0; base < text.size(); base += 64) {
      const ByteMasks masks = byte_masks(text, base);
      for (std::size_t i = 0; i < 64; ++i) {
        const bool there = base + i < text.size();
        const auto byte = there ? static_cast<unsigned char>(text[base + i]) : 0;
        const auto bit = [&](std::uint64_t mask) { return (mask >> i & 1) != 0; };
        EXPECT_EQ(bit(masks.letters), (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z')) << int{byte};
        EXPECT_EQ(bit(masks.capitals), byte >= 'A' && byte <= 'Z') << int{byte};
        EXPECT_EQ(bit(masks.digits), byte >= '0' && byte <= '9') << int{byte};
        EXPECT_EQ(bit(masks.blanks), byte == ' ') << int{byte};
        EXPECT_EQ(bit(masks.underscores), byte == '_') << int{byte};
        EXPECT_EQ(bit(masks.beyond_ascii), byte >= 0x80) << int{byte};
      }
    }
  }
}

std::string letter_runs(std::string_view text) {
  std::string out;
  for_each_run(text, [](const ByteMasks& masks) { return masks.letters; }, [&](std::size_t begin, std::size_t end) { out += std::string(text.substr(begin, end - begin)) + '|'; });
  return out;
}

TEST(ByteMasks, FindRunsAcrossTheirEdges) {
  EXPECT_EQ(letter_runs(""), "");
  EXPECT_EQ(letter_runs("a"), "a|");
  EXPECT_EQ(letter_runs(" ab  c1d "), "ab|c|d|");
  for (std::size_t before : {60, 62, 63, 64, 65, 124, 127, 128}) {
    const std::string blanks(before, ' ');
    EXPECT_EQ(letter_runs(blanks + "abc"), "abc|") << before;
    EXPECT_EQ(letter_runs(blanks + "abc d"), "abc|d|") << before;
  }
  EXPECT_EQ(letter_runs(std::string(200, 'x')), std::string(200, 'x') + '|');
}

}  // namespace
}  // namespace rapporteur
