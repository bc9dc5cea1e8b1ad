// Stage readers: choosing a reader, and making a Source of an input's bytes.

#include "readers/input.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "readers/encoding.h"
#include "readers/markdown_reader.h"
#include "readers/text_reader.h"
#include "text/sha256.h"

namespace rapporteur {

namespace {

Diagnostic about(const Input& input, Severity severity, std::string code, std::string message, std::string help) {
  Diagnostic d;
  d.severity = severity;
  d.code = std::move(code);
  d.message = std::move(message);
  d.help = std::move(help);
  d.file = input.name;
  return d;
}

struct Magic {
  std::string_view bytes;
  std::string_view what;
  std::string_view remedy;
};
constexpr std::string_view by_pandoc = "convert it first, for example with `pandoc FILE -t json`, and hand that in";
constexpr Magic binary_formats[] = {
    {"%PDF-", "a PDF", "convert it with `pdftotext -layout FILE`"},
    {{"PK\x03\x04", 4}, "a ZIP container (DOCX, ODT, EPUB ...)", by_pandoc},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office file (DOC, XLS)", "convert it with `soffice --convert-to docx FILE`"},
    {"{\\rtf", "a rich text file", by_pandoc},
    {"\x89PNG", "a picture (PNG)", "recognise its text first, for example with `ocrmypdf`"},
    {"\xFF\xD8\xFF", "a picture (JPEG)", "recognise its text first, for example with `ocrmypdf`"},
    {"GIF8", "a picture (GIF)", "recognise its text first, for example with `ocrmypdf`"},
    {{"II*\0", 4}, "a picture (TIFF)", "recognise its text first, for example with `ocrmypdf`"},
    {{"MM\0*", 4}, "a picture (TIFF)", "recognise its text first, for example with `ocrmypdf`"},
    {"\x1F\x8B", "a gzip file", "unpack it with `gunzip FILE`"},
    {"\x7F" "ELF", "a program", "name the document"},
};

/// Not tabs, line ends, end of file and escape. Without branches or tables, so that the compiler looks at 16 bytes at once.
bool is_control(std::uint8_t byte) {
  const bool low = byte < 0x20;
  const bool line_end = static_cast<std::uint8_t>(byte - 0x09) <= 0x0D - 0x09;
  const bool other = static_cast<std::uint8_t>(byte - 0x1A) <= 1;
  return (low & !line_end & !other) | (byte == 0x7F);
}

/// A text may hold a stray control byte; a binary file is full of them.
bool full_of_controls(std::string_view bytes) {
  constexpr std::size_t at_once = 128;  // so many that a byte can count them
  bytes = bytes.substr(0, 1 << 16);
  std::size_t controls = 0;
  for (std::size_t begin = 0; begin < bytes.size(); begin += at_once) {
    std::uint8_t here = 0;
    for (const char c : bytes.substr(begin, at_once)) here = static_cast<std::uint8_t>(here + is_control(static_cast<std::uint8_t>(c)));
    controls += here;
  }
  return controls > 2 && controls * 50 > bytes.size();
}

std::optional<Diagnostic> refusal(const Input& input) {
  if (input.bytes.size() > std::numeric_limits<std::uint32_t>::max() - 1)
    return about(input, Severity::error, "T106", "the file is larger than 4 GiB", "split it into its documents");
  for (const Magic& magic : binary_formats) {
    if (input.bytes.starts_with(magic.bytes))
      return about(input, Severity::error, "T101", fmt::format("this is {}, not text", magic.what), std::string(magic.remedy));
  }
  const std::string_view bytes = input.bytes;
  const bool wide = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") || bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4)) ||
                    !guess_utf16(bytes).empty() || !input.encoding.empty();
  if (!wide && full_of_controls(bytes))
    return about(input, Severity::error, "T102", "the file is full of control bytes and no text",
                 "name its encoding with --encoding if it is text, or convert it first");
  return std::nullopt;
}

Diagnostics remarks(const Input& input, const Decoded& decoded, const ReadOptions& options) {
  Diagnostics said;
  if (decoded.replaced_bytes > 0)
    said.push_back(about(input, Severity::warning, "T104",
                         fmt::format("{} byte{} no text in {} and became U+FFFD", decoded.replaced_bytes,
                                     decoded.replaced_bytes == 1 ? " is" : "s are", decoded.encoding),
                         "see whether the file is damaged, or name its encoding with --encoding"));
  if (decoded.certainty < options.review_below)
    said.push_back(about(input, Severity::warning, "T105",
                         fmt::format("the encoding is taken to be {}, with a certainty of {:.2f} only{}", decoded.encoding, decoded.certainty,
                                     decoded.runner_up.empty() ? "" : fmt::format("; it may be {}", decoded.runner_up)),
                         "read a passage with accented letters, and name the right encoding with --encoding"));
  return said;
}

template <Document (*read)(SourcePtr)>
Result<Document> read_text_format(const Input& input, const ReadOptions& options, std::string_view media_type) {
  auto source = make_source(input, media_type, options);
  if (!source) return source.said();
  Document document = read(*source);
  document.diagnostics.insert(document.diagnostics.begin(), source.said().begin(), source.said().end());
  return document;
}

std::string_view extension_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || name.find('/', dot) != std::string_view::npos ? std::string_view() : name.substr(dot);
}

const ReaderRow* row_named(std::string_view format) {
  const auto& rows = reader_rows();
  const auto row = std::find_if(rows.begin(), rows.end(), [format](const ReaderRow& r) { return r.format == format; });
  return row == rows.end() ? nullptr : &*row;
}

}  // namespace

const std::vector<ReaderRow>& reader_rows() {
  static const std::vector<ReaderRow> rows = [] {
    std::vector<ReaderRow> all = foreign_rows();
    const std::vector<ReaderRow> own = {
      {"markdown", "Markdown, as OCR programs write it", " .md .markdown .mkd .mdown ", "text/markdown", nullptr,
       [](const Input& input, const ReadOptions& options) { return read_text_format<read_markdown>(input, options, "text/markdown"); }},
      {"text", "plain text, also with form feeds", " .txt .text .asc ", "text/plain", nullptr,
       [](const Input& input, const ReadOptions& options) { return read_text_format<read_text>(input, options, "text/plain"); }},
    };
    all.insert(all.end(), own.begin(), own.end());
    return all;
  }();
  return rows;
}

const ReaderRow* find_reader(const Input& input) {
  if (!input.format.empty()) return row_named(input.format);
  for (const ReaderRow& row : reader_rows()) {
    if (row.recognises != nullptr && row.recognises(input.bytes)) return &row;
  }
  std::string extension = " ";
  for (const char c : extension_of(input.name)) extension += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 32 : c);
  extension += ' ';
  for (const ReaderRow& row : reader_rows()) {
    if (extension.size() > 2 && row.extensions.find(extension) != std::string_view::npos) return &row;
  }
  return row_named("text");
}

SourceInfo source_info(const Input& input, std::string_view media_type) {
  SourceInfo info;
  info.name = input.name;
  info.media_type = media_type;
  info.bytes = input.bytes.size();
  info.sha256 = sha256_hex(input.bytes);
  return info;
}

Result<SourcePtr> make_source(const Input& input, std::string_view media_type, const ReadOptions& options) {
  if (auto refused = refusal(input)) return *refused;
  Result<Decoded> decoded = decode(input.bytes, input.encoding);
  if (!decoded) {
    Diagnostic d = decoded.said().front();
    d.file = input.name;
    return d;
  }
  if (decoded->utf8.size() > std::numeric_limits<std::uint32_t>::max() - 1)
    return about(input, Severity::error, "T106", "the text is larger than 4 GiB in UTF-8", "split it into its documents");
  SourceInfo info = source_info(input, media_type);
  info.encoding = decoded->encoding;
  info.encoding_certainty = decoded->certainty;
  info.replaced_bytes = decoded->replaced_bytes;
  info.notes = decoded->notes;
  return {std::make_shared<const Source>(std::move(info), std::move(decoded->utf8)), remarks(input, *decoded, options)};
}

Result<Document> read_document(const Input& input, const ReadOptions& options) {
  if (const ReaderRow* row = find_reader(input)) return row->read(input, options);
  std::vector<std::string> known;
  for (const ReaderRow& row : reader_rows()) known.emplace_back(row.format);
  const std::string near = nearest(input.format, known);
  return about(input, Severity::error, "R101", fmt::format("there is no reader for the format '{}'", input.format),
               near.empty() ? fmt::format("these can be read: {}", fmt::join(known, ", ")) : fmt::format("did you mean '{}'?", near));
}

}  // namespace rapporteur
