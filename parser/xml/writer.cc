// Stage xml: the emitter. One buffer that only grows, no tree.

#include "xml/writer.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "xml/escape.h"
#include "xml/output_buffer.h"
#include "xml/validator.h"
#include "xml/verdicts.h"
#include "xml/walk.h"

namespace rapporteur {

namespace {

using xml::Attribute;
using xml::Layout;
using xml::OutputBuffer;
using xml::Piece;
using xml::Tag;

/// Markup as it stands in the file: `<p`, `</p>`, ` id="`.
constexpr std::array<Piece, xml::tag_count> make_tags(std::string_view before, std::string_view after) {
  std::array<Piece, xml::tag_count> pieces{};
  for (std::size_t i = 0; i < xml::tag_count; ++i)
    for (const std::string_view part : {before, xml::vocabulary::tag_names[i], after}) pieces[i].add(part);
  return pieces;
}
constexpr std::array<Piece, xml::attribute_count> make_attributes() {
  std::array<Piece, xml::attribute_count> pieces{};
  for (std::size_t i = 0; i < xml::attribute_count; ++i)
    for (const std::string_view part : {std::string_view(" "), xml::vocabulary::attribute_names[i], std::string_view("=\"")}) pieces[i].add(part);
  return pieces;
}
constexpr auto start_tags = make_tags("<", ""), end_tags = make_tags("</", ">");
constexpr auto attribute_starts = make_attributes();

/// Writes events as bytes. A block element stands on a line of its own, two columns in for every level; what holds
/// text is written without any space that the report does not have.
class ByteSink final : public xml::Sink {
 public:
  explicit ByteSink(OutputBuffer& out) : x_out(out) {}

  void open(Tag tag) override {
    finish_tag();
    if (xml::layout_of(tag) != Layout::run) new_line();
    x_out.append(start_tags[static_cast<std::size_t>(tag)]);
    if (x_open.empty()) {
      x_out.append(" xmlns=\"");
      x_out.append(xml::report_namespace);
      x_out.append('"');
    }
    x_open.push_back(tag);
    x_in_tag = true;
    x_has_lines = false;
  }

  void attribute(Attribute attribute, std::string_view value) override {
    x_out.append(attribute_starts[static_cast<std::size_t>(attribute)]);
    x_replaced += xml::append_value(x_out, value);
    x_out.append('"');
  }

  void figure(Attribute attribute, std::string_view digits) override {
    x_out.append(attribute_starts[static_cast<std::size_t>(attribute)]);
    x_out.append(digits);
    x_out.append('"');
  }

  void position(Attribute attribute, std::uint32_t value) override {
    x_out.append(attribute_starts[static_cast<std::size_t>(attribute)]);
    x_out.append_number(value);
    x_out.append('"');
  }

  void text(std::string_view text) override {
    if (text.empty()) return;
    finish_tag();
    x_replaced += xml::append_text(x_out, text);
  }

  void close() override {
    const Tag tag = x_open.back();
    x_open.pop_back();
    if (x_in_tag) {
      x_out.append("/>", 2);
      x_in_tag = false;
    } else {
      if (xml::layout_of(tag) == Layout::block && x_has_lines) new_line();
      x_out.append(end_tags[static_cast<std::size_t>(tag)]);
    }
    x_has_lines = true;
  }

  std::uint64_t replaced() const { return x_replaced; }

 private:
  void finish_tag() {
    if (x_in_tag) x_out.append('>');
    x_in_tag = false;
  }
  void new_line() {
    x_out.append('\n');
    x_out.append_blanks(2 * x_open.size());
  }

  OutputBuffer& x_out;
  std::vector<Tag> x_open;
  bool x_in_tag = false;    ///< a start tag still lacks its `>`
  bool x_has_lines = false; ///< a child of the open element has been closed
  std::uint64_t x_replaced = 0;
};

/// What is written and what is judged: one walk, so that the two cannot differ.
class JudgedBytes final : public xml::Sink {
 public:
  JudgedBytes(ByteSink& bytes, xml::Judge& judge) : x_bytes(bytes), x_judge(judge) {}
  void open(Tag tag) override { x_bytes.open(tag), x_judge.open(tag); }
  void attribute(Attribute attribute, std::string_view value) override { x_bytes.attribute(attribute, value), x_judge.attribute(attribute, value); }
  void figure(Attribute attribute, std::string_view digits) override { x_bytes.figure(attribute, digits), x_judge.figure(attribute, digits); }
  void position(Attribute attribute, std::uint32_t value) override { x_bytes.position(attribute, value); }
  void text(std::string_view text) override { x_bytes.text(text), x_judge.text(text); }
  void close() override { x_bytes.close(), x_judge.close(); }

 private:
  ByteSink& x_bytes;
  xml::Judge& x_judge;
};

/// Reports of 10 KB become three to four times as long. Of large ones the memory counts, and they become less.
std::size_t expected_size(const Report& report) {
  constexpr std::size_t large = 512 * 1024;
  const std::size_t size = report.source ? report.source->text().size() : 0;
  return 4096 + 4 * std::min(size, large) + 3 * (std::max(size, large) - large);
}

/// Returns how many characters were replaced.
std::uint64_t write_bytes(const Report& report, std::string& out, xml::Judge* judge = nullptr) {
  OutputBuffer buffer(out, expected_size(report));
  buffer.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
  ByteSink bytes(buffer);
  if (judge != nullptr) {
    JudgedBytes both(bytes, *judge);
    xml::walk(report, both);
  } else {
    xml::walk(report, bytes);
  }
  buffer.append('\n');
  buffer.finish();
  return bytes.replaced();
}

Diagnostic replaced_characters(const Report& report, std::uint64_t count) {
  Diagnostic d;
  d.code = "X001";
  d.file = report.source_info.name;
  d.message = fmt::format("{} character{} of the text cannot stand in XML and became U+FFFD", count, count == 1 ? "" : "s");
  d.help = "control characters and the like have no meaning in a report; if they stood for letters, the file was read "
           "in a wrong encoding: say the right one";
  return d;
}

/// Writes the document again where characters of it had to be replaced, for then it says so itself.
void tell_replaced(const Report& report, std::uint64_t replaced, std::string& out, Diagnostics* said) {
  if (replaced == 0) return;
  Report told = report;
  told.diagnostics.push_back(replaced_characters(report, replaced));
  if (said != nullptr) said->push_back(told.diagnostics.back());
  write_bytes(told, out);
}

}  // namespace

void write_xml(const Report& report, std::string& out, Diagnostics* said) {
  tell_replaced(report, write_bytes(report, out), out, said);
}

std::string write_xml(const Report& report) {
  std::string out;
  write_xml(report, out);
  return out;
}

Diagnostics write_judged_xml(const Report& report, std::string& out, Validator& validator, Diagnostics* said) {
  xml::Judge& judge = validator.judge();
  judge.begin();
  const std::uint64_t replaced = write_bytes(report, out, &judge);
  Diagnostics faults = judge.sure() ? Diagnostics() : validator.validate_by_libxml(report);
  tell_replaced(report, replaced, out, said);
  return faults;
}

}  // namespace rapporteur
