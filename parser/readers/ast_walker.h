// Stage readers: the walk over pandoc's tree that writes lines. Private to the pandoc JSON reader.
//
// Constructors are looked up in two tables, blocks and inlines; what neither knows is searched for words, which are
// kept as text. Recursion is bounded by the JSON parser's depth.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "readers/line_writer.h"
#include "readers/list_labels.h"
#include "readers/pandoc_json.h"

namespace rapporteur::ast {

using Value = simdjson::dom::element;
using Array = simdjson::dom::array;

/// Where a block stands.
struct Context {
  std::uint8_t list_depth = 0;
  std::uint8_t quote_depth = 0;
  std::uint16_t indent = 0;
  bool tight = false;
};

class Walker {
 public:
  explicit Walker(const AstOptions& options) : x_options(options) {}

  void blocks(Value list, const Context& context);
  void inlines(Value list);
  /// Lines of the first page's header.
  void page_head();
  /// Title, subtitle, author, date of the metadata, as lines of the text.
  void title_block(Value meta);
  /// Footnotes that the text referred to, in order.
  void notes();

  LineWriter& writer() { return x_writer; }
  const std::set<std::string>& unknown() const { return x_unknown; }
  unsigned comments() const { return x_comments; }
  /// For each line, which leaf of the tree it came from (see `leaf_of_line`).
  std::vector<std::uint32_t> leaves() const { return x_writer.origins(); }

 private:
  struct BlockRow;
  struct InlineRow;
  static const BlockRow block_rows[];
  static const InlineRow inline_rows[];

  void block(Value value, const Context& context);
  void inline_one(Value value);
  void any_words(Value value);

  // blocks
  void paragraph(Value c, const Context& context);
  void plain(Value c, const Context& context);
  void line_block(Value c, const Context& context);
  void code_block(Value c, const Context& context);
  void raw_block(Value c, const Context& context);
  void quote(Value c, const Context& context);
  void ordered(Value c, const Context& context);
  void bullets(Value c, const Context& context);
  void definitions(Value c, const Context& context);
  void header(Value c, const Context& context);
  void rule(Value c, const Context& context);
  void table(Value c, const Context& context);
  void figure(Value c, const Context& context);
  void div(Value c, const Context& context);
  void nothing(Value, const Context&) {}
  void items(Array list, Numbering numbering, long start, const Context& context);
  void row(Value value, bool header);
  void cell_blocks(Value list);
  void open(const Context& context, LineKind kind = LineKind::text, std::uint8_t heading = 0);

  // inlines
  void str(Value c);
  void space(Value c);
  void line_break(Value c);
  void strong(Value c);
  void emph(Value c);
  void underline(Value c);
  void strike(Value c);
  void sup(Value c);
  void sub(Value c);
  void quoted(Value c);
  void second_inlines(Value c);
  void code(Value c);
  void math(Value c);
  void raw_inline(Value c);
  void link(Value c);
  void image(Value c);
  void note(Value c);
  void span(Value c);
  void marked(MarkKind kind, Value c, std::string text = {});

  AstOptions x_options;
  LineWriter x_writer;
  ListNesting x_nesting;
  std::string x_label;             // waits for the first line of a list item
  std::vector<Value> x_notes;
  std::set<std::string> x_unknown;
  unsigned x_comments = 0;
  std::uint32_t x_leaves = 0;
  bool x_in_cell = false;
  bool x_in_note = false;
};

/// Members of a tree, with an empty array or text where the shape is not as pandoc writes it.
Array array_of(Value value);
Value at(Value value, std::size_t index);
std::string_view text_of(Value value);
long number_of(Value value, long otherwise);
std::string_view tag_of(Value value);
Value content_of(Value value);
/// Value of a key in pandoc's [identifier, classes, pairs] attributes; empty where absent.
std::string_view attribute(Value attributes, std::string_view key);
bool has_class(Value attributes, std::string_view name);

}  // namespace rapporteur::ast
