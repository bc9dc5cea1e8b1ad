// Stage readers: bold lines of a PDF, out of what pdftohtml prints.

#include "readers/pdf_look.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

#include "readers/external.h"

namespace rapporteur {

namespace {

/// A piece of one printed row: pdftohtml gives each run of words of its own.
struct Fragment {
  int top = 0, left = 0, height = 0;
  std::string letters;
  bool bold = true;  ///< all its letters are
};

/// Letters and digits are what both programs print alike; blanks, stops and ligatures of signs differ.
bool is_sign(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x80 && !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
}

bool is_figure(char c) { return c >= '0' && c <= '9'; }

int attribute(std::string_view tag, std::string_view name) {
  const std::size_t at = tag.find(name);
  return at == std::string_view::npos ? 0 : std::atoi(std::string(tag.substr(at + name.size(), 8)).c_str());
}

/// The content of one `text` element. A label's figures need not be bold for the line to be.
Fragment fragment_of(std::string_view tag, std::string_view content) {
  Fragment f{attribute(tag, "top=\""), attribute(tag, "left=\""), attribute(tag, "height=\""), {}, true};
  int bold = 0;
  for (std::size_t at = 0; at < content.size(); ++at) {
    const char c = content[at];
    if (c == '<') {
      if (content.substr(at, 3) == "<b>") ++bold;
      else if (content.substr(at, 4) == "</b>") --bold;
      at = std::min(content.find('>', at), content.size());
    } else if (c == '&') at = std::min(content.find(';', at), content.size());
    else if (!is_sign(c)) {
      f.letters += c;
      if (bold <= 0 && !is_figure(c)) f.bold = false;
    }
  }
  return f;
}

using BoldRows = std::unordered_map<std::string, bool>;  ///< letters of the rows of a page; whether all of them are bold

/// Fragments whose middles lie at one height are one row, read from left to right.
void add_rows(std::vector<Fragment>& fragments, BoldRows& rows) {
  std::stable_sort(fragments.begin(), fragments.end(), [](const Fragment& a, const Fragment& b) { return a.top * 2 + a.height < b.top * 2 + b.height; });
  for (std::size_t begin = 0, end; begin < fragments.size(); begin = end) {
    const int middle = fragments[begin].top * 2 + fragments[begin].height;
    for (end = begin + 1; end < fragments.size() && fragments[end].top * 2 + fragments[end].height - middle <= fragments[begin].height / 2; ++end) {}
    std::stable_sort(fragments.begin() + static_cast<std::ptrdiff_t>(begin), fragments.begin() + static_cast<std::ptrdiff_t>(end), [](const Fragment& a, const Fragment& b) { return a.left < b.left; });
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
  std::vector<Fragment> fragments;
  for (std::size_t at = 0; at < xml.size();) {
    const std::size_t end = std::min(xml.find('\n', at), xml.size());
    const std::string_view line = xml.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("<page ")) pages.emplace_back();
    else if (line.starts_with("</page>") && !pages.empty()) add_rows(fragments, pages.back());
    else if (line.starts_with("<text ")) {
      const std::size_t open = line.find('>');
      if (open != std::string_view::npos) fragments.push_back(fragment_of(line.substr(0, open), line.substr(open + 1)));
    }
  }
  return pages;
}

std::string letters_of(std::string_view text) {
  std::string letters;
  std::copy_if(text.begin(), text.end(), std::back_inserter(letters), [](char c) { return !is_sign(c); });
  return letters;
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
    const auto row = pages[page].find(letters_of(line.content));
    const bool has_letters = std::any_of(line.content.begin(), line.content.end(), [](char c) { return !is_sign(c) && !is_figure(c); });
    if (has_letters && row != pages[page].end() && row->second) bold.push_back(&line);
  }
  if (bold.size() * 2 > lines) return;
  for (Line* line : bold) line->look.bold = true;
}

}  // namespace rapporteur
