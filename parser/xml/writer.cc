// Stage xml: the emitter. One buffer that only grows, no tree.

#include "xml/writer.h"

#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "xml/escape.h"
#include "xml/walk.h"

namespace rapporteur {

namespace {

using xml::Element;
using xml::Layout;

/// Writes events as bytes. A block element stands on a line of its own, two columns in for every level; what holds
/// text is written without any space that the report does not have.
class ByteSink final : public xml::Sink {
 public:
  explicit ByteSink(std::string& out) : x_out(out) {}

  void open(const Element& element) override {
    finish_tag();
    if (element.layout != Layout::run) new_line();
    x_out += '<';
    x_out += element.name;
    if (x_open.empty()) ((x_out += " xmlns=\"") += xml::report_namespace) += '"';
    x_open.push_back(element);
    x_in_tag = true;
    x_has_lines = false;
  }

  void attribute(const char* name, std::string_view value) override {
    x_out += ' ';
    x_out += name;
    x_out += "=\"";
    x_replaced += xml::append_value(x_out, value);
    x_out += '"';
  }

  void position(const char* name, std::uint32_t value) override {
    char digits[10];
    x_out += ' ';
    x_out += name;
    x_out += "=\"";
    x_out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    x_out += '"';
  }

  void text(std::string_view text) override {
    if (text.empty()) return;
    finish_tag();
    x_replaced += xml::append_text(x_out, text);
  }

  void close() override {
    const Element element = x_open.back();
    x_open.pop_back();
    if (x_in_tag) {
      x_out += "/>";
      x_in_tag = false;
    } else {
      if (element.layout == Layout::block && x_has_lines) new_line();
      ((x_out += "</") += element.name) += '>';
    }
    x_has_lines = true;
  }

  std::uint64_t replaced() const { return x_replaced; }

 private:
  void finish_tag() {
    if (x_in_tag) x_out += '>';
    x_in_tag = false;
  }
  void new_line() {
    x_out += '\n';
    x_out.append(2 * x_open.size(), ' ');
  }

  std::string& x_out;
  std::vector<Element> x_open;
  bool x_in_tag = false;    ///< a start tag still lacks its `>`
  bool x_has_lines = false; ///< a child of the open element has been closed
  std::uint64_t x_replaced = 0;
};

std::uint64_t write_bytes(const Report& report, std::string& out) {
  out.assign("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
  ByteSink sink(out);
  xml::walk(report, sink);
  out += '\n';
  return sink.replaced();
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

}  // namespace

void write_xml(const Report& report, std::string& out, Diagnostics* said) {
  const std::uint64_t replaced = write_bytes(report, out);
  if (replaced == 0) return;
  Report told = report;
  told.diagnostics.push_back(replaced_characters(report, replaced));
  if (said != nullptr) said->push_back(told.diagnostics.back());
  write_bytes(told, out);
}

std::string write_xml(const Report& report) {
  std::string out;
  write_xml(report, out);
  return out;
}

}  // namespace rapporteur
