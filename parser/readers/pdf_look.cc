// Stage readers: bold lines of a PDF, out of what pdftohtml prints.

#include "readers/pdf_look.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

#include "readers/external.h"
#include "readers/pdf_fragments.h"

namespace rapporteur {

namespace {

using BoldRows = std::unordered_map<std::string, bool>;  ///< letters of the rows of a page; whether all of them are bold

/// Fragments whose middles lie at one height are one row, read from left to right.
void add_rows(std::vector<PdfFragment>& fragments, BoldRows& rows) {
  std::stable_sort(fragments.begin(), fragments.end(), [](const PdfFragment& a, const PdfFragment& b) { return a.top * 2 + a.height < b.top * 2 + b.height; });
  for (std::size_t begin = 0, end; begin < fragments.size(); begin = end) {
    const int middle = fragments[begin].top * 2 + fragments[begin].height;
    for (end = begin + 1; end < fragments.size() && fragments[end].top * 2 + fragments[end].height - middle <= fragments[begin].height / 2; ++end) {}
    std::stable_sort(fragments.begin() + static_cast<std::ptrdiff_t>(begin), fragments.begin() + static_cast<std::ptrdiff_t>(end), [](const PdfFragment& a, const PdfFragment& b) { return a.left < b.left; });
    std::string letters;
    bool bold = true;
    for (std::size_t i = begin; i < end; ++i) {
      letters += fragments[i].letters;
      bold &= fragments[i].bold;
    }
    if (letters.empty()) continue;
    const auto [row, fresh] = rows.emplace(std::move(letters), bold);
    if (!fresh) row->second &= bold;  // the same words twice on a page: bold only where both are
  }
  fragments.clear();
}

std::vector<BoldRows> bold_rows(std::string_view xml) {
  std::vector<BoldRows> pages;
  for (PdfPage& page : pdf_pages(xml)) add_rows(page.fragments, pages.emplace_back());
  return pages;
}

}  // namespace

std::string ask_pdf_look(std::string_view bytes, const ConverterOptions& options) {
  // It comes with pdftotext: where that is given by its path, this one lies beside it.
  std::string beside;
  if (const std::size_t slash = options.pdftotext.rfind('/'); slash != std::string::npos) beside = options.pdftotext.substr(0, slash + 1) + "pdftohtml";
  const Result<Program> program = find_external("pdftohtml", beside);
  if (!program) return {};
  const int file = ::memfd_create("rapporteur.pdf", MFD_CLOEXEC);  // it reads files only
  if (file < 0) return {};
  bool written = true;
  for (std::size_t at = 0; written && at < bytes.size();) {
    const ssize_t n = ::write(file, bytes.data() + at, bytes.size() - at);
    if (n > 0) at += static_cast<std::size_t>(n);
    else written = false;
  }
  ProcessOutcome outcome;
  if (written) {
    ProcessRequest request;
    request.argv = {program->path, "-xml", "-i", "-q", "-stdout", "-enc", "UTF-8", "/dev/fd/3"};
    request.limits = converter_limits(options.deadline, options.memory_mb);
    request.inherited_file = file;
    outcome = run_process(request);
  }
  ::close(file);
  const bool good = outcome.end == ProcessEnd::exited && outcome.status == 0;
  return good ? std::move(outcome.output) : std::string();
}

void mark_bold_lines(std::string_view xml, Document& document) {
  const std::vector<BoldRows> pages = bold_rows(xml);
  std::vector<Line*> bold;
  std::size_t lines = 0;
  for (Line& line : document.lines) {
    if (line.kind != LineKind::text) continue;
    ++lines;
    const std::size_t page = line.look.page == 0 ? 0 : line.look.page - 1u;
    if (page >= pages.size()) continue;
    const auto row = pages[page].find(pdf_letters(line.content));
    const bool has_letters = std::any_of(line.content.begin(), line.content.end(), [](char c) { return !pdf_sign(c) && !(c >= '0' && c <= '9'); });
    if (has_letters && row != pages[page].end() && row->second) bold.push_back(&line);
  }
  if (bold.size() * 2 > lines) return;
  for (Line* line : bold) line->look.bold = true;
}

}  // namespace rapporteur
