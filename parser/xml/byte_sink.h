// Stage xml: the emitter. One buffer that only grows, no tree.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "xml/escape.h"
#include "xml/output_buffer.h"
#include "xml/sink.h"

namespace rapporteur::xml {

/// Markup as it stands in the file: `<p`, `</p>`, ` id="`.
namespace markup {
consteval std::array<Piece, tag_count> tags(std::string_view before, std::string_view after) {
  std::array<Piece, tag_count> pieces{};
  for (std::size_t i = 0; i < tag_count; ++i)
    for (const std::string_view part : {before, vocabulary::tag_names[i], after}) pieces[i].add(part);
  return pieces;
}
consteval std::array<Piece, attribute_count> attributes() {
  std::array<Piece, attribute_count> pieces{};
  for (std::size_t i = 0; i < attribute_count; ++i)
    for (const std::string_view part : {std::string_view(" "), vocabulary::attribute_names[i], std::string_view("=\"")}) pieces[i].add(part);
  return pieces;
}
inline constexpr auto starts = tags("<", ""), ends = tags("</", ">");
inline constexpr auto names = attributes();
inline constexpr Piece no_end("/>"), line("\n                               ");
constexpr const Piece& name(Attribute attribute) { return names[static_cast<std::size_t>(attribute)]; }
}  // namespace markup

/// Writes events as bytes. A block element stands on a line of its own, two columns in for every level; what holds
/// text is written without any space that the report does not have.
class ByteSink final : public Sink {
 public:
  explicit ByteSink(OutputBuffer& out) : x_out(out) {}

  void open(Tag tag) override {
    const bool own_line = layout_of(tag) != Layout::run;
    char* to = end_tag(x_out.room(own_line ? 2 * x_open.size() : 0));
    if (own_line) to = new_line(to);
    x_out.written(put(to, markup::starts[static_cast<std::size_t>(tag)]));
    if (x_open.empty()) {
      x_out.append(" xmlns=\"");
      x_out.append(report_namespace);
      x_out.append("\"");
    }
    x_open.push_back(tag);
    x_in_tag = true;
    x_has_lines = false;
  }

  void attribute(Attribute attribute, std::string_view value) override { write(attribute, value); }
  /// Returns whether the value is printable ASCII, without what XML takes for markup.
  bool write(Attribute attribute, std::string_view value) {
    const Escaped done = append_attribute(x_out, markup::name(attribute), value);
    x_replaced += done.replaced;
    return done.plain;
  }

  void figure(Attribute attribute, std::string_view digits) override { append_attribute(x_out, markup::name(attribute), digits); }

  void position(const Position& at) override { place(at); }
  /// Returns as `write` does, of the rule.
  bool place(const Position& at) {
    char* to = x_out.room(0);
    const auto number = [&](Attribute attribute, std::uint32_t value) {
      to = put_number(put(to, markup::name(attribute)), value);
      *to++ = '"';
    };
    if (!at.span.empty()) {
      number(Attribute::offset, at.span.begin);
      number(Attribute::length, at.span.size());
    }
    if (at.line != 0) number(Attribute::line, at.line);
    if (at.end_line != 0) number(Attribute::endLine, at.end_line);
    x_out.written(to);
    const bool plain = at.rule.empty() || write(Attribute::rule, at.rule);
    if (at.confidence == 100) return plain;
    to = put(x_out.room(0), markup::name(Attribute::confidence));
    const Share share(at.confidence);
    std::memcpy(to, share.text, sizeof share.text);
    to[share.size] = '"';
    x_out.written(to + share.size + 1);
    return plain;
  }

  void text(std::string_view text) override {
    if (text.empty()) return;
    x_replaced += append_text(x_out, x_in_tag ? ">" : "", text).replaced;
    x_in_tag = false;
  }

  void close() override {
    const Tag tag = x_open.back();
    x_open.pop_back();
    const bool own_line = !x_in_tag && x_has_lines && layout_of(tag) == Layout::block;
    char* to = x_out.room(own_line ? 2 * x_open.size() : 0);
    if (own_line) to = new_line(to);
    x_out.written(put(to, x_in_tag ? markup::no_end : markup::ends[static_cast<std::size_t>(tag)]));
    x_in_tag = false;
    x_has_lines = true;
  }

  std::uint64_t replaced() const { return x_replaced; }

 private:
  char* end_tag(char* to) {
    *to = '>';
    return to + int{x_in_tag};
  }
  /// A new line, and the blanks before what stands at this depth.
  char* new_line(char* to) {
    const std::size_t size = 1 + 2 * x_open.size();
    put(to, markup::line);
    if (size > Piece::block) std::memset(to + Piece::block, ' ', size - Piece::block);
    return to + size;
  }

  OutputBuffer& x_out;
  std::vector<Tag> x_open;
  bool x_in_tag = false;     ///< a start tag still lacks its `>`
  bool x_has_lines = false;  ///< a child of the open element has been closed
  std::uint64_t x_replaced = 0;
};

}  // namespace rapporteur::xml
