// Stage readers: pandoc's block constructors -> lines.

#include "readers/ast_walker.h"

#include <algorithm>

namespace rapporteur::ast {

namespace {

constexpr std::uint16_t columns_a_level = 4;

Context deeper(Context context, std::uint16_t columns = columns_a_level) {
  context.indent = static_cast<std::uint16_t>(std::min(context.indent + columns, 10'000));
  return context;
}

}  // namespace

struct Walker::BlockRow {
  std::string_view tag;
  void (Walker::*read)(Value content, const Context& context);
};

const Walker::BlockRow Walker::block_rows[] = {
    {"Para", &Walker::paragraph},        {"Plain", &Walker::plain},          {"LineBlock", &Walker::line_block},
    {"CodeBlock", &Walker::code_block},  {"RawBlock", &Walker::raw_block},   {"BlockQuote", &Walker::quote},
    {"OrderedList", &Walker::ordered},   {"BulletList", &Walker::bullets},   {"DefinitionList", &Walker::definitions},
    {"Header", &Walker::header},         {"HorizontalRule", &Walker::rule},  {"Table", &Walker::table},
    {"Figure", &Walker::figure},         {"Div", &Walker::div},              {"Null", &Walker::nothing},
};

void Walker::blocks(Value list, const Context& context) {
  for (const Value one : array_of(list)) block(one, context);
}

void Walker::block(Value value, const Context& context) {
  const std::string_view tag = tag_of(value);
  x_writer.set_origin(is_tree_leaf(tag) ? x_leaves++ : no_leaf);
  for (const BlockRow& known : block_rows)
    if (known.tag == tag) return (this->*known.read)(content_of(value), context);
  x_unknown.emplace(tag);
  open(context);
  any_words(content_of(value));
  x_writer.close();
}

/// Opens a line, with the label that waits for it. In a cell of a table the row's line goes on.
void Walker::open(const Context& context, LineKind kind, std::uint8_t heading) {
  if (x_in_cell) {
    x_writer.line_break();
    x_writer.text(x_label);
    x_label.clear();
    return;
  }
  BlockLook look;
  look.kind = kind;
  look.heading = heading;
  look.quote_depth = context.quote_depth;
  look.list_depth = context.list_depth;
  look.indent = context.indent;
  look.blank_before = context.tight ? 0 : 1;
  x_writer.open(look, x_label);
  x_label.clear();
}

void Walker::paragraph(Value c, const Context& context) {
  if (context.list_depth == 0) x_nesting.paragraph();
  open(context);
  inlines(c);
  if (!x_in_cell) x_writer.close();
}

void Walker::plain(Value c, const Context& context) {
  Context tight = context;
  tight.tight = context.list_depth > 0;
  paragraph(c, tight);
}

void Walker::line_block(Value c, const Context& context) {
  open(context);
  bool first = true;
  for (const Value line : array_of(c)) {
    if (!first) x_writer.line_break();
    inlines(line);
    first = false;
  }
  if (!x_in_cell) x_writer.close();
}

void Walker::code_block(Value c, const Context& context) {
  open(context, LineKind::code);
  x_writer.text(text_of(at(c, 1)));
  if (!x_in_cell) x_writer.close();
}

void Walker::raw_block(Value c, const Context&) {
  if (!x_in_cell) x_writer.raw_line(text_of(at(c, 1)));
}

void Walker::quote(Value c, const Context& context) {
  Context inner = deeper(context);
  if (!x_options.quotes_are_indents && inner.quote_depth < 255) ++inner.quote_depth;
  blocks(c, inner);
}

void Walker::items(Array list, Numbering numbering, long start, const Context& context) {
  Context inner = context;
  inner.list_depth = context.list_depth < 255 ? static_cast<std::uint8_t>(context.list_depth + 1) : 255;
  if (x_options.rebuild_nesting) {
    inner.list_depth = x_nesting.enter(numbering, start, static_cast<long>(list.size()), context.list_depth);
    if (context.list_depth == 0) inner.indent = static_cast<std::uint16_t>(context.indent + columns_a_level * (inner.list_depth - 1));
  }
  for (const Value item : list) {
    if (!x_label.empty()) {  // an item that begins with a list: its own label stands on a line of its own
      open(context);
      if (!x_in_cell) x_writer.close();
    }
    x_label = list_label(numbering, start++);
    bool first = true;
    for (const Value one : array_of(item)) {
      const bool words = tag_of(one) == "Para" || tag_of(one) == "Plain" || tag_of(one) == "Header";
      block(one, first && words ? inner : deeper(inner));
      first = false;
    }
    if (!x_label.empty()) {
      open(inner);
      if (!x_in_cell) x_writer.close();
    }
  }
}

void Walker::ordered(Value c, const Context& context) {
  const Value attributes = at(c, 0);
  const Numbering numbering{number_style(tag_of(at(attributes, 1))), number_delimiter(tag_of(at(attributes, 2)))};
  const long start = std::clamp(number_of(at(attributes, 0), 1), -1'000'000'000L, 1'000'000'000L);
  items(array_of(at(c, 1)), numbering, start, context);
}

void Walker::bullets(Value c, const Context& context) {
  items(array_of(c), {NumberStyle::bullet, NumberDelimiter::none}, 1, context);
}

void Walker::definitions(Value c, const Context& context) {
  for (const Value entry : array_of(c)) {
    x_writer.set_origin(no_leaf);
    paragraph(at(entry, 0), context);
    Context inner = deeper(context);
    inner.tight = true;
    for (const Value definition : array_of(at(entry, 1))) blocks(definition, inner);
  }
}

void Walker::header(Value c, const Context& context) {
  if (context.list_depth == 0) x_nesting.heading();
  const long level = std::clamp(number_of(at(c, 0), 1), 1L, 6L);
  open(context, LineKind::text, static_cast<std::uint8_t>(level));
  inlines(at(c, 2));
  if (!x_in_cell) x_writer.close();
}

void Walker::rule(Value, const Context& context) {
  if (x_in_cell) return;
  open(context, LineKind::rule);
  x_writer.text("---");
  x_writer.close();
}

/// 1.23: [attributes, [short caption, caption], blocks].
void Walker::figure(Value c, const Context& context) {
  blocks(at(c, 2), context);
  blocks(at(at(c, 1), 1), context);
}

void Walker::div(Value c, const Context& context) { blocks(at(c, 1), context); }

void Walker::page_head() {
  x_writer.set_origin(no_leaf);
  for (const std::string& line : x_options.page_head) {
    x_writer.open({});
    x_writer.text(line);
    x_writer.close();
  }
}

/// A paragraph of style Title, Subtitle, Author or Date is moved into the metadata by pandoc's DOCX reader.
void Walker::title_block(Value meta) {
  for (const char* key : {"title", "subtitle", "author", "date", "abstract"}) {
    Value found;
    if (!meta.is_object() || meta[key].get(found) != simdjson::SUCCESS) continue;
    const bool list = tag_of(found) == "MetaList", text_blocks = tag_of(found) == "MetaBlocks";
    BlockLook look;
    look.centred = look.bold = std::string_view(key) != "abstract";
    if (text_blocks) {
      blocks(content_of(found), {});
      continue;
    }
    x_writer.open(look);
    if (list) {
      for (const Value one : array_of(content_of(found))) inlines(content_of(one)), x_writer.line_break();
    } else {
      inlines(content_of(found));
    }
    x_writer.close();
  }
}

void Walker::notes() {
  x_in_note = true;
  for (std::size_t i = 0; i < x_notes.size(); ++i) {
    bool first = true;
    for (const Value one : array_of(x_notes[i])) {
      const std::string_view tag = tag_of(one);
      if (!first || (tag != "Para" && tag != "Plain")) {
        block(one, deeper({}));
        continue;
      }
      BlockLook look;
      look.kind = LineKind::note;
      x_writer.open(look);
      x_writer.point_mark(MarkKind::footnote, std::to_string(i + 1));
      inlines(content_of(one));
      x_writer.close();
      first = false;
    }
  }
}

}  // namespace rapporteur::ast
