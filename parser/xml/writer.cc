// Stage xml: a document from its first byte to its last, and again where there is more to say.

#include "xml/writer.h"

#include <algorithm>

#include <fmt/format.h>

#include "xml/byte_sink.h"
#include "xml/checks.h"
#include "xml/proven_bytes.h"
#include "xml/validator.h"
#include "xml/walk.h"

namespace rapporteur {

namespace {

using xml::OutputBuffer;

/// Reports of 10 KB become three to four times as long. Of large ones the memory counts, and they become less.
std::size_t expected_size(const Report& report) {
  constexpr std::size_t large = 512 * 1024;
  const std::size_t size = report.source ? report.source->text().size() : 0;
  return 4096 + 4 * std::min(size, large) + 3 * (std::max(size, large) - large);
}

/// The whole document; `write` writes the report itself.
template <typename Write>
void write_document(const Report& report, std::string& out, Write write) {
  out.clear();
  OutputBuffer buffer(out, expected_size(report));
  buffer.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
  write(buffer);
  buffer.append("\n");
  buffer.finish();
}

/// Returns how many characters were replaced.
std::uint64_t write_bytes(const Report& report, std::string& out) {
  std::uint64_t replaced = 0;
  write_document(report, out, [&](OutputBuffer& buffer) {
    xml::ByteSink bytes(buffer);
    xml::walk(report, bytes);
    replaced = bytes.replaced();
  });
  return replaced;
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
  Report told = report;  // the document says so itself
  told.diagnostics.push_back(replaced_characters(report, replaced));
  if (said != nullptr) said->push_back(told.diagnostics.back());
  write_bytes(told, out);
}

std::string write_xml(const Report& report) {
  std::string out;
  write_xml(report, out);
  return out;
}

bool write_proven_xml(const Report& report, Coverage source, std::string& out, Validator& validator, Found& found) {
  bool good = false;
  write_document(report, out, [&](OutputBuffer& buffer) {
    xml::ProvenBytes bytes(report, buffer, validator.judge(), source);
    xml::walk(report, bytes);
    good = bytes.judged_good() && bytes.replaced() == 0;
    found.checks = bytes.checked();
  });
  found.coverage = uncovered(report, source.rest());
  return good && found.checks.empty() && found.coverage.empty();
}

}  // namespace rapporteur
