// Stage readers: pandoc's tables -> rows with cells, or plain text where a table only lays text out.
//
// Word processor files use tables of one cell as headings, and tables as frames around whole pages. Those come out as
// text; all others keep rows and cells, since a number in the first cell numbers what stands in the next.

#include "readers/ast_walker.h"

#include <algorithm>

namespace rapporteur::ast {

namespace {

constexpr std::size_t most_blocks_in_cell = 12;  // a cell with more is a page, not a datum

/// All rows of a table in order, with whether each is a header row.
struct TableRow {
  Value value;
  bool header;
};

void add_rows(Value rows, bool header, std::vector<TableRow>& into) {
  for (const Value row : array_of(rows)) into.push_back({row, header});
}

std::vector<TableRow> rows_of(Value table) {
  std::vector<TableRow> rows;
  add_rows(at(at(table, 3), 1), true, rows);
  for (const Value body : array_of(at(table, 4))) {
    add_rows(at(body, 2), true, rows);
    add_rows(at(body, 3), false, rows);
  }
  add_rows(at(at(table, 5), 1), false, rows);
  return rows;
}

Value cells_of(Value row) { return at(row, 1); }
Value blocks_of(Value cell) { return at(cell, 4); }

bool whole_page(Value cell) {
  const Array blocks = array_of(blocks_of(cell));
  if (blocks.size() > most_blocks_in_cell) return true;
  return std::any_of(blocks.begin(), blocks.end(), [](Value one) { return tag_of(one) == "Table" || tag_of(one) == "Header"; });
}

/// A table that is none: no row has two cells with words, or a cell holds a page.
bool lays_text_out(const std::vector<TableRow>& rows) {
  bool one_column = true;
  for (const TableRow& row : rows) {
    std::size_t filled = 0;
    for (const Value cell : array_of(cells_of(row.value))) {
      filled += array_of(blocks_of(cell)).size() > 0;
      if (whole_page(cell)) return true;
    }
    one_column = one_column && filled <= 1;
  }
  return one_column;
}

std::uint16_t span_of(Value value) { return static_cast<std::uint16_t>(std::clamp(number_of(value, 1), 1L, 1000L)); }

}  // namespace

void Walker::table(Value c, const Context& context) {
  if (context.list_depth == 0) x_nesting.paragraph();
  if (!x_label.empty() && !x_in_cell) {
    open(context);
    x_writer.close();
  }
  blocks(at(at(c, 1), 1), context);
  const std::vector<TableRow> rows = rows_of(c);
  if (x_in_cell || lays_text_out(rows)) {
    for (const TableRow& one : rows)
      for (const Value cell : array_of(cells_of(one.value))) blocks(blocks_of(cell), context);
    return;
  }
  BlockLook look;
  look.kind = LineKind::table_row;
  look.indent = context.indent;
  look.quote_depth = context.quote_depth;
  look.list_depth = context.list_depth;
  x_writer.open(look);
  bool first = true;
  for (const TableRow& one : rows) {
    if (!first) x_writer.next_row();
    first = false;
    row(one.value, one.header);
  }
  x_writer.close();
}

void Walker::row(Value value, bool header) {
  x_in_cell = true;
  for (const Value cell : array_of(cells_of(value))) {
    x_writer.open_cell(span_of(at(cell, 3)), span_of(at(cell, 2)), header);
    blocks(blocks_of(cell), {});
    x_writer.close_cell();
  }
  x_in_cell = false;
}

}  // namespace rapporteur::ast
