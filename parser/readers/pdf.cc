// Stage readers: PDF through pdftotext, which gives the words, and pdftohtml, which knows their type.

#include "readers/pdf.h"

#include <algorithm>
#include <future>

#include <fmt/format.h>

#include "readers/external.h"
#include "readers/pdf_feet.h"
#include "readers/pdf_look.h"
#include "readers/pdf_tables.h"
#include "readers/text_reader.h"

namespace rapporteur {

namespace {

/// Fewer visible characters a page than this is a scan with a stamp, or nothing.
constexpr std::size_t least_text_a_page = 8;

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::size_t visible(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > ' '; }));
}

/// Exit codes of poppler's tools: 1 the file cannot be opened, 3 permissions; its words tell the rest.
Diagnostic explain_pdf(const Program& pdftotext, const ProcessOutcome& outcome, const ProcessLimits& limits, const std::string& file) {
  const std::string_view said = outcome.errors;
  if (has(said, "ncorrect password") || has(said, "opying of text"))
    return external_error("R402", "the PDF is protected by a password",
                          "ask its owner for a free copy, or remove the protection: qpdf --decrypt --password=... IN.pdf OUT.pdf", file);
  const bool own_words = outcome.end == ProcessEnd::exited && outcome.errors.find("emory") == std::string::npos;
  if (own_words)
    return external_error("R403", fmt::format("the PDF is damaged beyond reading: {}", said.substr(0, std::min<std::size_t>(said.find('\n'), 200))),
                          "get a whole copy, or try to repair it: qpdf IN.pdf OUT.pdf", file);
  return explain_end(pdftotext, outcome, limits, file);
}

Diagnostic no_text(std::size_t pages, const std::string& file) {
  return external_error("R401", fmt::format("the PDF has {} page{} but no text: it is a scan", pages, pages == 1 ? "" : "s"),
                        fmt::format("recognise its text first: ocrmypdf {} OUT.pdf (sudo apt-get install ocrmypdf)", file.empty() ? "IN.pdf" : shell_quoted(file)), file);
}

/// pdftotext reads damaged files as well as it can, and says so.
void add_repairs(std::string_view errors, Document& document, const std::string& file) {
  if (!has(errors, "Error")) return;
  const std::size_t end = std::min({errors.find('\n'), errors.find("<0a>"), std::size_t{200}});  // poppler writes line ends so
  Diagnostic d = external_error("R405", fmt::format("the PDF is damaged and was repaired while reading: {}", errors.substr(0, end)),
                                "check that no page is missing", file);
  d.severity = Severity::warning;
  document.diagnostics.push_back(std::move(d));
}

}  // namespace

Result<Document> read_pdf(std::string_view bytes, SourceInfo info, const ConverterOptions& options) {
  const std::string file = info.name;
  if (bytes.substr(0, 1024).find("%PDF-") == std::string_view::npos)
    return external_error("R404", "the file is no PDF", "check its name: the content is of another format, or damaged", file);
  Result<Program> pdftotext = find_external("pdftotext", options.pdftotext);
  if (!pdftotext) {
    Diagnostics said = pdftotext.said();
    for (Diagnostic& one : said) one.file = file;
    return said;
  }
  ProcessRequest request;
  request.argv = {pdftotext->path, "-layout", "-enc", "UTF-8", "-", "-"};
  request.input = bytes;
  request.limits = converter_limits(options.deadline, options.memory_mb);
  std::future<std::string> look = std::async(std::launch::async, [&] { return ask_pdf_look(bytes, options); });
  ProcessOutcome outcome = run_process(request);
  const std::string look_xml = look.get();
  if (outcome.end != ProcessEnd::exited || outcome.status != 0) return explain_pdf(*pdftotext, outcome, request.limits, file);
  const auto pages = static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, std::count(outcome.output.begin(), outcome.output.end(), '\f')));
  if (visible(outcome.output) < std::min<std::size_t>(pages, 4) * least_text_a_page / 2) return no_text(pages, file);
  info.media_type = "application/pdf";
  info.converter = "pdftotext";
  info.converter_version = pdftotext->version;
  info.replaced_bytes += repair_utf8(outcome.output);
  Document document = read_text(std::make_shared<const Source>(std::move(info), std::move(outcome.output)));
  mark_bold_lines(look_xml, document);
  mark_page_feet(look_xml, document);
  mark_tables(document);
  add_repairs(outcome.errors, document, file);
  return document;
}

}  // namespace rapporteur
