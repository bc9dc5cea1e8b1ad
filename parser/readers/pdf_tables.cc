// Stage readers: tables of a PDF, told by columns that line up.
//
// Two words far apart are no table: mastheads, tables of contents, page footers and labels before their text stand so too.
// A table has at least three lines with the same columns, few others among them, and columns that are no page numbers.
// Pages printed in two columns of running text are none either: their lines are long on both sides.

#include "readers/pdf_tables.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "readers/layout.h"

namespace rapporteur {

namespace {

constexpr std::uint32_t kGap = 3;     // blanks that part two columns
constexpr std::uint32_t kOff = 3;     // by how much the beginnings of one column differ
constexpr std::size_t kLeastRows = 3;
constexpr std::size_t kLongRun = 120;    // lines: more than a page has; keeps the search linear
constexpr std::uint32_t kLongCell = 28;  // columns of running text are as wide on the average

struct Cell {
  std::uint32_t begin, end;  ///< bytes of the content
  std::uint32_t column;      ///< where it begins on the page
};

bool bullet(std::string_view text) { return (text.size() <= 3 && static_cast<unsigned char>(text[0]) >= 0x80) || text == "-" || text == "o" || text == "*"; }
bool label(std::string_view text) { return bullet(text) || (text.size() <= 6 && (text.back() == '.' || text.back() == ')')); }

/// What a line has between gaps. A label belongs to the words behind it.
std::vector<Cell> cells_of(const Line& line) {
  std::vector<Cell> cells;
  const std::string_view text = line.content;
  for (std::uint32_t at = 0; at < text.size();) {
    std::size_t gap = text.find("   ", at);
    if (gap == std::string_view::npos) gap = text.size();
    const auto end = static_cast<std::uint32_t>(gap);
    const auto next = static_cast<std::uint32_t>(std::min(text.find_first_not_of(' ', gap), text.size()));
    if (!cells.empty() && label(text.substr(cells.back().begin, cells.back().end - cells.back().begin))) cells.back().end = end;
    else cells.push_back({at, end, line.look.indent + columns_of(text.substr(0, at))});
    at = next;
  }
  return cells;
}

bool number(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

std::string letters(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (static_cast<unsigned char>(c) > ' ' && !(c >= '0' && c <= '9')) out += c;
  return out;
}

class Tables {
 public:
  explicit Tables(Document& document) : x_lines(document.lines), x_cells(x_lines.size()) {
    for (std::size_t i = 0; i < x_lines.size(); ++i) {
      if (x_lines[i].kind != LineKind::text || x_lines[i].content.size() != x_lines[i].match.size()) continue;
      x_cells[i] = cells_of(x_lines[i]);
      if (x_cells[i].size() > 1 && x_lines[i].content.find_first_of("0123456789") != std::string_view::npos) ++x_times[letters(x_lines[i].content)];
    }
  }

  void mark() {
    for (std::size_t i = first_text(), end; i < x_lines.size(); i = std::max(end, i + 1)) {
      end = i;
      if (!row(i)) continue;
      std::vector<std::uint32_t> columns;
      for (const Cell& cell : x_cells[i]) columns.push_back(cell.column);
      end = end_of_table(i, columns);
      if (is_table(i, end)) claim(i, end);
      else if (end - i < kLongRun) end = i;  // a table may begin in it; in long ones prose stands in columns
    }
  }

 private:
  std::vector<Line>& x_lines;
  std::vector<std::vector<Cell>> x_cells;
  std::unordered_map<std::string, std::uint32_t> x_times;  ///< how often lines with a figure and columns come back

  /// The masthead has columns too: tables begin behind the first running text, lines of a page's width at one margin.
  std::size_t first_text() const {
    const auto width = [&](std::size_t i) { return x_cells[i].size() == 1 ? columns_of(x_lines[i].content) : 0; };
    for (std::size_t i = 0; i + 1 < x_lines.size(); ++i) {
      const std::uint32_t margin = x_lines[i].look.indent, below = x_lines[i + 1].look.indent;
      if (width(i) >= 60 && width(i + 1) >= 30 && x_lines[i].block == x_lines[i + 1].block && margin <= below + 2 && below <= margin + 6) return i;
    }
    return x_lines.size();
  }

  bool row(std::size_t i) const {
    if (x_cells[i].size() < 2 || bullet(x_lines[i].content.substr(0, x_lines[i].content.find(' ')))) return false;
    const auto times = x_times.find(letters(x_lines[i].content));
    if (times != x_times.end() && times->second >= 2) return false;  // a running header or footer with its page number
    return x_lines[i].content.find("....") == std::string_view::npos && x_lines[i].content.find(". . .") == std::string_view::npos;
  }

  static bool among(const std::vector<std::uint32_t>& columns, std::uint32_t column) {
    return std::any_of(columns.begin(), columns.end(), [&](std::uint32_t c) { return column + kOff >= c && c + kOff >= column; });
  }

  /// Rows, and lines that stand wholly in one of the columns, as far as no more than two blank lines part them.
  std::size_t end_of_table(std::size_t first, std::vector<std::uint32_t>& columns) const {
    std::size_t end = first + 1;
    for (std::size_t i = first + 1; i < x_lines.size(); ++i) {
      if (x_lines[i].look.page != x_lines[first].look.page || x_lines[i].look.blank_before > 2 || x_cells[i].empty() || i > end + 3) break;
      if (row(i)) {
        const bool aligned = std::any_of(x_cells[i].begin() + 1, x_cells[i].end(), [&](const Cell& c) { return among(columns, c.column); });
        if (!aligned) break;
        for (const Cell& cell : x_cells[i])
          if (!among(columns, cell.column)) columns.push_back(cell.column);
        end = i + 1;
      } else if (!in_a_column(x_cells[i][0], i, columns)) break;
    }
    return end;
  }

  bool in_a_column(const Cell& cell, std::size_t i, const std::vector<std::uint32_t>& columns) const {
    if (x_cells[i].size() > 1 || !among(columns, cell.column)) return false;
    const std::uint32_t end = cell.column + columns_of(x_lines[i].content);
    std::uint32_t next = ~0u;
    for (const std::uint32_t c : columns)
      if (c > cell.column + kOff) next = std::min(next, c);
    return next == ~0u || end < next + kOff;
  }

  bool is_table(std::size_t begin, std::size_t end) const {
    std::size_t rows = 0, most = 0, numbers = 0, wide = 0;
    std::uint32_t left = 0, right = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const auto& cells = x_cells[i];
      if (cells.size() < 2) continue;
      ++rows;
      wide += cells.size() > 2;
      most = std::max(most, cells.size());
      const Cell &first = cells.front(), &last = cells.back();
      numbers += number(x_lines[i].content.substr(last.begin, last.end - last.begin));
      left += first.end - first.begin;
      right += last.end - last.begin;
    }
    if (rows < kLeastRows || rows * 3 < (end - begin) * 2) return false;
    if (most == 2) return rows >= kLeastRows + 1 && numbers * 2 < rows && (left < kLongCell * rows || right < kLongCell * rows);
    return wide * 2 >= rows;
  }

  void claim(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      Line& line = x_lines[i];
      line.kind = LineKind::table_row;
      std::vector<Mark> cells;
      for (const Cell& cell : x_cells[i]) cells.push_back({MarkKind::cell, cell.begin, cell.end, {}, 1, 1, i == begin && line.look.bold});
      line.marks = std::move(cells);
    }
  }
};

}  // namespace

void mark_tables(Document& document) { Tables(document).mark(); }

}  // namespace rapporteur
