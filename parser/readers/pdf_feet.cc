// Stage readers: footnotes of a PDF, told by type and place.
//
// A line at the foot of a page that begins with a number could be a paragraph; that the number is set small and raised
// says that it is none. pdftotext prints such a mark before the words of the note, or on a line of its own above them.

#include "readers/pdf_feet.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <vector>

#include "readers/pdf_fragments.h"

namespace rapporteur {

namespace {

constexpr std::size_t kEnoughLetters = 20;  // by which a line is known again

/// A raised mark with the letters that stand before it in its row, if any, and after it.
struct Raised {
  std::string mark, before, after;
  bool low = false;  ///< in the lower half of the page
};

bool same_row(const PdfFragment& a, const PdfFragment& b) { return std::abs(a.middle() - b.middle()) <= std::max(a.height, b.height); }

/// The fragments of a page that have words, from the top down, so that only those of a row are looked at.
class Rows {
 public:
  explicit Rows(const PdfPage& page) {
    for (const PdfFragment& f : page.fragments)
      if (!f.letters.empty()) x_fragments.push_back(&f);
    std::stable_sort(x_fragments.begin(), x_fragments.end(), [](const PdfFragment* a, const PdfFragment* b) { return a->middle() < b->middle(); });
  }

  /// The nearest fragment to the left or right in the row of `of`. A mark stands in a row of its own size, or of
  /// letters up to kLarger times as high.
  const PdfFragment* beside(const PdfFragment& of, bool left) const {
    const int reach = kLarger * std::max(of.height, 1);
    const PdfFragment* nearest = nullptr;
    const auto first = std::lower_bound(x_fragments.begin(), x_fragments.end(), of.middle() - reach, [](const PdfFragment* f, int middle) { return f->middle() < middle; });
    for (auto at = first; at != x_fragments.end() && (*at)->middle() <= of.middle() + reach; ++at) {
      const PdfFragment& f = **at;
      if (&f == &of || !same_row(f, of) || (left ? f.left >= of.left : f.left <= of.left)) continue;
      if (nearest == nullptr || (left ? f.left > nearest->left : f.left < nearest->left)) nearest = &f;
    }
    return nearest;
  }

 private:
  static constexpr int kLarger = 4;
  std::vector<const PdfFragment*> x_fragments;
};

std::vector<Raised> raised_marks(const PdfPage& page) {
  std::vector<Raised> found;
  const Rows rows(page);
  for (const PdfFragment& f : page.fragments) {
    if (f.mark.empty()) continue;
    const PdfFragment *before = rows.beside(f, true), *after = rows.beside(f, false);
    const PdfFragment* words = before != nullptr ? before : after;
    if (words == nullptr || f.height * 4 > words->height * 3 || f.top + f.height >= words->top + words->height) continue;  // low: H2O
    found.push_back({f.mark, before ? before->letters : std::string(), after ? after->letters : std::string(), f.top * 2 > page.height});
  }
  return found;
}

/// Where in the line's content the mark behind these letters ends, or nothing.
std::optional<std::uint32_t> behind(std::string_view content, std::string_view letters, std::string_view mark) {
  const std::string_view tail = letters.substr(letters.size() - std::min(letters.size(), kEnoughLetters));
  std::size_t want = 0;
  for (std::size_t begin = 0; begin < content.size(); ++begin) {
    if (content[begin] != tail[0]) continue;
    std::size_t at = begin;
    for (want = 0; at < content.size() && want < tail.size() && (pdf_sign(content[at]) || content[at] == tail[want]); ++at) want += !pdf_sign(content[at]);
    while (want == tail.size() && at < content.size() && pdf_sign(content[at]) && content[at] != mark[0] && content[at] != ' ') ++at;
    const std::size_t end = at + mark.size();
    if (want == tail.size() && content.substr(at, mark.size()) == mark && (end == content.size() || pdf_sign(content[end]))) return static_cast<std::uint32_t>(end);
  }
  return std::nullopt;
}

/// "a", "b"; "9", "10"; "*", "**".
bool is_next(std::string_view a, std::string_view b) {
  if (a[0] == '*') return b.size() == a.size() + 1 && b[0] == '*';
  if (a[0] >= 'a') return b[0] == a[0] + 1;
  return std::atoi(std::string(b).c_str()) == std::atoi(std::string(a).c_str()) + 1;
}

class Page {
 public:
  Page(std::vector<Line>& lines, std::size_t begin, std::size_t end) : x_lines(lines), x_begin(begin), x_end(end) {}

  void mark(const std::vector<Raised>& raised) {
    std::vector<std::string_view> marks;
    // Bullets may be small too: something points at a note, or it is the next after one at which something points.
    const auto pointed_at = [&](std::string_view mark) {
      return std::any_of(raised.begin(), raised.end(), [&](const Raised& other) { return other.mark == mark && !other.before.empty(); });
    };
    for (const Raised& one : raised)
      if (one.low && one.before.empty() && (pointed_at(one.mark) || (!marks.empty() && is_next(marks.back(), one.mark))) && note(one)) marks.push_back(one.mark);
    for (const Raised& one : raised)
      if (!one.before.empty() && std::find(marks.begin(), marks.end(), one.mark) != marks.end()) point(one);
  }

 private:
  std::vector<Line>& x_lines;
  std::size_t x_begin, x_end;

  /// The lines of one note; false where they are not found.
  bool note(const Raised& one) {
    const std::string_view words = std::string_view(one.after).substr(0, kEnoughLetters);
    if (words.empty()) return false;
    for (std::size_t i = x_begin; i < x_end; ++i) {
      const bool open = x_lines[i].kind == LineKind::text || (x_lines[i].kind == LineKind::note && x_lines[i].marks.empty());
      if (!open || !x_lines[i].content.starts_with(one.mark)) continue;
      const std::string_view rest = x_lines[i].content.substr(one.mark.size());
      const bool alone = rest.find_first_not_of(' ') == std::string_view::npos && i + 1 < x_end;
      if (!pdf_letters(alone ? x_lines[i + 1].content : rest).starts_with(words)) continue;
      x_lines[i].marks.insert(x_lines[i].marks.begin(), Mark{MarkKind::footnote, 0, static_cast<std::uint32_t>(one.mark.size()), one.mark});
      // It goes on to the end of its block; a later note takes its own lines of that block in turn.
      for (std::size_t j = i; j < x_end && x_lines[j].block == x_lines[i].block; ++j) x_lines[j].kind = LineKind::note;
      return true;
    }
    return false;
  }

  void point(const Raised& one) {
    for (std::size_t i = x_begin; i < x_end; ++i) {
      if (x_lines[i].kind != LineKind::text) continue;
      const auto end = behind(x_lines[i].content, one.before, one.mark);
      if (!end) continue;
      const Mark mark{MarkKind::footnote, *end - static_cast<std::uint32_t>(one.mark.size()), *end, one.mark};
      auto& marks = x_lines[i].marks;
      marks.insert(std::upper_bound(marks.begin(), marks.end(), mark, [](const Mark& a, const Mark& b) { return a.begin < b.begin; }), mark);
      return;
    }
  }
};

}  // namespace

void mark_page_feet(std::string_view xml, Document& document) {
  const std::vector<PdfPage> pages = pdf_pages(xml);
  std::vector<Line>& lines = document.lines;
  for (std::size_t begin = 0, end; begin < lines.size(); begin = end) {
    for (end = begin + 1; end < lines.size() && lines[end].look.page == lines[begin].look.page; ++end) {}
    const std::size_t page = lines[begin].look.page == 0 ? 0 : lines[begin].look.page - 1u;
    if (page < pages.size()) Page(lines, begin, end).mark(raised_marks(pages[page]));
  }
}

}  // namespace rapporteur
