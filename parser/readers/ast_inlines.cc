// Stage readers: pandoc's inline constructors -> words and marks.

#include <algorithm>

#include "readers/ast_walker.h"

namespace rapporteur::ast {

struct Walker::InlineRow {
  std::string_view tag;
  void (Walker::*read)(Value content);
};

const Walker::InlineRow Walker::inline_rows[] = {
    {"Str", &Walker::str},           {"Space", &Walker::space},          {"SoftBreak", &Walker::space},
    {"LineBreak", &Walker::line_break}, {"Strong", &Walker::strong},     {"Emph", &Walker::emph},
    {"Underline", &Walker::underline},  {"Strikeout", &Walker::strike},  {"Superscript", &Walker::sup},
    {"Subscript", &Walker::sub},     {"SmallCaps", &Walker::inlines},    {"Quoted", &Walker::quoted},
    {"Cite", &Walker::second_inlines},  {"Code", &Walker::code},         {"Math", &Walker::math},
    {"RawInline", &Walker::raw_inline}, {"Link", &Walker::link},         {"Image", &Walker::image},
    {"Note", &Walker::note},         {"Span", &Walker::span},
};

void Walker::inlines(Value list) {
  for (const Value one : array_of(list)) inline_one(one);
}

void Walker::inline_one(Value value) {
  const std::string_view tag = tag_of(value);
  for (const InlineRow& known : inline_rows)
    if (known.tag == tag) return (this->*known.read)(content_of(value));
  x_unknown.emplace(tag);
  any_words(content_of(value));
}

/// Everything that reads like words below a constructor that is not known: inlines and blocks as such, bare texts.
void Walker::any_words(Value value) {
  if (value.is_string()) {
    x_writer.text(text_of(value));
    return;
  }
  if (!tag_of(value).empty()) {
    const std::string_view tag = tag_of(value);
    const bool is_inline = std::any_of(std::begin(inline_rows), std::end(inline_rows), [&](const InlineRow& row) { return row.tag == tag; });
    if (is_inline) return inline_one(value);
    any_words(content_of(value));
    return x_writer.blank();
  }
  for (const Value one : array_of(value)) any_words(one);
}

void Walker::marked(MarkKind kind, Value c, std::string text) {
  x_writer.open_mark(kind, std::move(text));
  inlines(c);
  x_writer.close_mark();
}

void Walker::str(Value c) { x_writer.text(text_of(c)); }
void Walker::space(Value) { x_writer.blank(); }
void Walker::line_break(Value) { x_writer.line_break(); }

void Walker::strong(Value c) {
  x_writer.bold(1);
  marked(MarkKind::strong, c);
  x_writer.bold(-1);
}

void Walker::emph(Value c) {
  x_writer.italic(1);
  marked(MarkKind::emph, c);
  x_writer.italic(-1);
}

/// Underlining is the typewriter's way to print italics.
void Walker::underline(Value c) { emph(c); }

void Walker::strike(Value c) { marked(MarkKind::strike, c); }
void Walker::sup(Value c) { marked(MarkKind::sup, c); }
void Walker::sub(Value c) { marked(MarkKind::sub, c); }

void Walker::quoted(Value c) {
  const bool single = tag_of(at(c, 0)) == "SingleQuote";
  x_writer.text(single ? "‘" : "“");
  inlines(at(c, 1));
  x_writer.text(single ? "’" : "”");
}

void Walker::second_inlines(Value c) { inlines(at(c, 1)); }

void Walker::code(Value c) {
  x_writer.open_mark(MarkKind::code);
  x_writer.text(text_of(at(c, 1)));
  x_writer.close_mark();
}

void Walker::math(Value c) { code(c); }

void Walker::raw_inline(Value c) { x_writer.point_mark(MarkKind::raw, std::string(text_of(at(c, 1)))); }

void Walker::link(Value c) {
  const std::string_view target = text_of(at(at(c, 2), 0));
  marked(MarkKind::link, at(c, 1), std::string(target));
}

void Walker::image(Value c) {
  const std::string_view target = text_of(at(at(c, 2), 0));
  marked(MarkKind::image, at(c, 1), std::string(target));
}

/// The text of a note goes to the end; its number is counted, as every word processor does.
void Walker::note(Value c) {
  if (x_in_note) return any_words(c);
  x_notes.push_back(c);
  x_writer.point_mark(MarkKind::footnote, std::to_string(x_notes.size()));
}

/// Style spans mean nothing. Tracked changes do; the words of comments are no part of the text.
void Walker::span(Value c) {
  const Value attributes = at(c, 0);
  if (has_class(attributes, "comment-start")) {
    ++x_comments;
    return;
  }
  const bool inserted = has_class(attributes, "insertion"), deleted = has_class(attributes, "deletion");
  if (!inserted && !deleted) return inlines(at(c, 1));
  std::string by(attribute(attributes, "author"));
  by += '\t';
  by += attribute(attributes, "date");
  marked(inserted ? MarkKind::inserted : MarkKind::deleted, at(c, 1), std::move(by));
}

}  // namespace rapporteur::ast
