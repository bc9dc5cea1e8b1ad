// Stage readers: reads the XML of pdftohtml. It is written by one program and one line an element: no parser is needed.

#include "readers/pdf_fragments.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace rapporteur {

namespace {

bool is_figure(char c) { return c >= '0' && c <= '9'; }

int attribute(std::string_view tag, std::string_view name) {
  const std::size_t at = tag.find(name);
  return at == std::string_view::npos ? 0 : std::atoi(std::string(tag.substr(at + name.size(), 8)).c_str());
}

/// Words by which a footnote may be marked, or nothing: up to three figures, one small letter, up to three asterisks.
std::string mark_of(std::string_view words) {
  if (words.empty() || words.size() > 3) return {};
  const bool figures = std::all_of(words.begin(), words.end(), is_figure);
  const bool letter = words.size() == 1 && words[0] >= 'a' && words[0] <= 'z';
  const bool stars = words.find_first_not_of('*') == std::string_view::npos;
  return figures || letter || stars ? std::string(words) : std::string();
}

/// The content of one `text` element.
PdfFragment fragment_of(std::string_view tag, std::string_view content) {
  PdfFragment f;
  f.top = attribute(tag, "top=\"");
  f.left = attribute(tag, "left=\"");
  f.height = attribute(tag, "height=\"");
  std::string words;
  int bold = 0;
  for (std::size_t at = 0; at < content.size(); ++at) {
    const char c = content[at];
    if (c == '<') {
      if (content.substr(at, 3) == "<b>") ++bold;
      else if (content.substr(at, 4) == "</b>") --bold;
      at = std::min(content.find('>', at), content.size());
      continue;
    }
    if (c != ' ' && words.size() < 4) words += c;
    if (c == '&') at = std::min(content.find(';', at), content.size());
    else if (!pdf_sign(c)) {
      f.letters += c;
      if (bold <= 0 && !is_figure(c)) f.bold = false;
    }
  }
  f.mark = mark_of(words);
  return f;
}

}  // namespace

bool pdf_sign(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x80 && !(is_figure(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
}

std::string pdf_letters(std::string_view text) {
  std::string letters;
  std::copy_if(text.begin(), text.end(), std::back_inserter(letters), [](char c) { return !pdf_sign(c); });
  return letters;
}

std::vector<PdfPage> pdf_pages(std::string_view xml) {
  std::vector<PdfPage> pages;
  for (std::size_t at = 0; at < xml.size();) {
    const std::size_t end = std::min(xml.find('\n', at), xml.size());
    const std::string_view line = xml.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("<page ")) pages.emplace_back().height = attribute(line, "height=\"");
    else if (line.starts_with("<text ") && !pages.empty())
      if (const std::size_t open = line.find('>'); open != std::string_view::npos) pages.back().fragments.push_back(fragment_of(line.substr(0, open), line.substr(open + 1)));
  }
  return pages;
}

}  // namespace rapporteur
