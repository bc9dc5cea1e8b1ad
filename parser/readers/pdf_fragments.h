// Stage readers: what `pdftohtml -xml` prints, piece by piece: where the words of a page stand, how high, and whether bold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rapporteur {

/// A piece of one printed row: pdftohtml gives each run of words of its own.
struct PdfFragment {
  int top = 0, left = 0, height = 0;
  std::string letters;      ///< letters and digits alone, which all programs print alike
  std::string mark;         ///< its words, where they could be the mark of a footnote: "12", "a", "**"
  bool bold = true;         ///< all its letters are; figures need not be, for the line to be
  int middle() const { return top * 2 + height; }  ///< twice as far down as it is
};

struct PdfPage {
  int height = 0;
  std::vector<PdfFragment> fragments;
};

std::vector<PdfPage> pdf_pages(std::string_view xml);

/// Signs, blanks and ligatures of signs differ from program to program.
bool pdf_sign(char c);
std::string pdf_letters(std::string_view text);

}  // namespace rapporteur
