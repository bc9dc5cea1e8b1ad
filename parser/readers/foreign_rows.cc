// Stage readers: which program reads which format, and how a format is known by its content.

#include "readers/foreign_rows.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "readers/html.h"
#include "readers/input.h"
#include "readers/office.h"
#include "readers/pdf.h"

namespace rapporteur {

namespace {

constexpr unsigned cold_documents = 2;  // starting a worker costs as much as converting two documents
constexpr unsigned documents_each = 500;

// == recognising contents ==

constexpr std::string_view ole_magic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";  // containers of Office 97 to 2003

bool is_zip(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }
bool zip_of_type(std::string_view bytes, std::string_view type) { return is_zip(bytes) && bytes.size() > 30 && bytes.substr(30).starts_with(type); }
bool is_docx(std::string_view bytes) { return is_zip(bytes) && bytes.find("word/") != std::string_view::npos; }
bool is_odt(std::string_view bytes) { return zip_of_type(bytes, "mimetypeapplication/vnd.oasis.opendocument.text"); }
bool is_epub(std::string_view bytes) { return zip_of_type(bytes, "mimetypeapplication/epub+zip"); }
bool is_rtf(std::string_view bytes) { return bytes.starts_with("{\\rtf"); }
bool is_pdf(std::string_view bytes) { return bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos; }
bool is_doc(std::string_view bytes) { return bytes.starts_with(ole_magic); }

bool is_tree(std::string_view bytes) {
  const std::size_t first = bytes.find_first_not_of(" \r\n\t");
  return first != std::string_view::npos && bytes[first] == '{' && bytes.substr(0, 4096).find("\"pandoc-api-version\"") != std::string_view::npos;
}

// == reading ==

PandocOptions pandoc_options(const ForeignOptions& options) {
  return {options, options.converters == nullptr || !options.keep_running ? nullptr : options.converters->pool(options)};
}

Result<Document> read_docx(const Input& input, const ReadOptions& options) {
  return read_with_pandoc(input.bytes, "docx", source_info(input, {}), pandoc_options(options.foreign));
}

Result<Document> read_epub(const Input& input, const ReadOptions& options) {
  return read_with_pandoc(input.bytes, "epub", source_info(input, {}), pandoc_options(options.foreign));
}

/// By way of DOCX; what the converter was is said in the source's notes.
Result<Document> read_by_office(const Input& input, std::string_view extension, std::string_view media_type, const ReadOptions& options) {
  const ForeignOptions& foreign = options.foreign;
  const auto made = convert_to_docx(input.bytes, extension, foreign, input.name);
  if (!made) return made.said();
  SourceInfo info = source_info(input, {});
  info.notes.push_back("converted to DOCX by LibreOffice");
  return read_with_pandoc(*made, "docx", std::move(info), pandoc_options(foreign), media_type);
}

Result<Document> read_odt(const Input& input, const ReadOptions& options) {
  if (options.foreign.convert) return read_by_office(input, "odt", "application/vnd.oasis.opendocument.text", options);
  return read_with_pandoc(input.bytes, "odt", source_info(input, {}), pandoc_options(options.foreign));
}

Result<Document> read_rtf(const Input& input, const ReadOptions& options) {
  if (options.foreign.convert) return read_by_office(input, "rtf", "application/rtf", options);
  return read_with_pandoc(input.bytes, "rtf", source_info(input, {}), pandoc_options(options.foreign));
}

/// "EncryptedPackage" in the UTF-16 of the container's directory: a DOCX with a password.
bool encrypted_package(std::string_view bytes) {
  std::string name;
  for (const char c : std::string_view("EncryptedPackage")) name += c, name += '\0';
  return bytes.find(name) != std::string_view::npos;
}

Result<Document> read_doc(const Input& input, const ReadOptions& options) {
  if (encrypted_package(input.bytes))
    return external_error("R304", "the file is protected by a password", "remove the protection in the program that made it", input.name);
  if (options.foreign.convert) return read_by_office(input, "doc", "application/msword", options);
  return external_error("R501", "this is a Word file of before 2007, which cannot be read as it is",
                        fmt::format("convert it: {} ({}), or let it be done: --convert", convert_command(input.name), install_line("soffice")), input.name);
}

Result<Document> read_pdf_row(const Input& input, const ReadOptions& options) {
  return read_pdf(input.bytes, source_info(input, {}), options.foreign);
}

Result<Document> read_tree(const Input& input, const ReadOptions&) {
  SourceInfo info = source_info(input, "application/json");
  info.converter = "pandoc";
  return read_pandoc_json(input.bytes, std::move(info), unknown_origin);
}

Result<Document> read_html_row(const Input& input, const ReadOptions& options) { return read_html(input, options, pandoc_options(options.foreign)); }

/// Markup of other systems that pandoc reads: text in some encoding first.
template <const char* from>
Result<Document> read_markup(const Input& input, const ReadOptions& options) {
  auto source = make_source(input, "text/plain", options);
  if (!source) return source.said();
  auto document = read_with_pandoc((*source)->text(), from, (*source)->info(), pandoc_options(options.foreign));
  if (document) document->diagnostics.insert(document->diagnostics.begin(), source.said().begin(), source.said().end());
  return document;
}

constexpr char latex[] = "latex", rst[] = "rst", org[] = "org", docbook[] = "docbook", jats[] = "jats", mediawiki[] = "mediawiki";

}  // namespace

PandocPool* Converters::pool(const ConverterOptions& options) {
  if (x_documents++ < cold_documents) return nullptr;
  const std::scoped_lock lock(x_guard);
  if (!x_pool) {
    const Result<Program> found = find_external("pandoc", options.pandoc);
    if (!found) return nullptr;  // the cold way says why
    const unsigned workers = options.workers != 0 ? options.workers : std::max(1u, std::thread::hardware_concurrency());
    x_pool = std::make_unique<PandocPool>(*found, workers, documents_each, options.memory_mb);
  }
  return x_pool.get();
}

std::vector<ReaderRow> foreign_rows() {
  return {
      {"pdf", "PDF with text (by pdftotext)", " .pdf ", "application/pdf", is_pdf, read_pdf_row},
      {"docx", "Word and other word processors (by pandoc)", " .docx .docm .dotx ",
       "application/vnd.openxmlformats-officedocument.wordprocessingml.document", is_docx, read_docx},
      {"odt", "OpenDocument text (by pandoc, or by LibreOffice with --convert)", " .odt .ott ", "application/vnd.oasis.opendocument.text", is_odt, read_odt},
      {"epub", "EPUB (by pandoc)", " .epub ", "application/epub+zip", is_epub, read_epub},
      {"rtf", "rich text (by pandoc, or by LibreOffice with --convert)", " .rtf ", "application/rtf", is_rtf, read_rtf},
      {"doc", "Word of before 2007 (by LibreOffice, with --convert)", " .doc .dot ", "application/msword", is_doc, read_doc},
      {"html", "HTML (by pandoc)", " .html .htm .xhtml ", "text/html", looks_like_html, read_html_row},
      {"pandoc-json", "pandoc's own JSON: `pandoc -t json FILE | rapporteur -f pandoc-json`", "", "application/json", is_tree, read_tree},
      {"latex", "LaTeX (by pandoc)", " .tex .latex ", "application/x-latex", nullptr, read_markup<latex>},
      {"rst", "reStructuredText (by pandoc)", " .rst ", "text/x-rst", nullptr, read_markup<rst>},
      {"org", "Org (by pandoc)", " .org ", "text/x-org", nullptr, read_markup<org>},
      {"docbook", "DocBook (by pandoc)", " .dbk .docbook ", "application/docbook+xml", nullptr, read_markup<docbook>},
      {"jats", "JATS (by pandoc)", " .jats ", "application/jats+xml", nullptr, read_markup<jats>},
      {"mediawiki", "MediaWiki (by pandoc)", " .mediawiki .wiki ", "text/x-wiki", nullptr, read_markup<mediawiki>},
  };
}

}  // namespace rapporteur
