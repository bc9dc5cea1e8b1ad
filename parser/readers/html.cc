// Stage readers: HTML.

#include "readers/html.h"

#include <algorithm>

#include "readers/html_layout.h"
#include "readers/text_reader.h"

namespace rapporteur {

namespace {

constexpr std::size_t head_bytes = 4096;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
  return out;
}

/// The encoding that the head declares; empty where it does not, or where bytes prove it wrong (they are UTF-8).
std::string declared_encoding(std::string_view bytes) {
  std::string probe(bytes);
  if (repair_utf8(probe) == 0) return {};
  const std::string head = lower(bytes.substr(0, head_bytes));
  std::size_t at = head.find("charset=");
  if (at == std::string::npos) return {};
  at += 8;
  if (at < head.size() && (head[at] == '"' || head[at] == '\'')) ++at;
  const std::size_t end = head.find_first_of("\"' ;>/", at);
  std::string name = head.substr(at, end == std::string::npos ? 0 : end - at);
  if (name == "utf-8" || name == "utf8") return {};
  if (name == "iso-8859-1" || name == "latin1") return "windows-1252";  // as every browser reads it, WHATWG Encoding
  return name;
}

/// Text of the first <title>, as it stands.
std::string title_of(std::string_view html) {
  const std::string head = lower(html.substr(0, 4 * head_bytes));
  const std::size_t open = head.find("<title");
  const std::size_t begin = open == std::string::npos ? open : head.find('>', open);
  const std::size_t end = begin == std::string::npos ? begin : head.find("</title", begin);
  if (end == std::string::npos) return {};
  std::string title(html.substr(begin + 1, end - begin - 1));
  std::replace_if(title.begin(), title.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  const std::size_t first = title.find_first_not_of(' ');
  return first == std::string::npos ? std::string() : title.substr(first, title.find_last_not_of(' ') - first + 1);
}

}  // namespace

bool looks_like_html(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t first = bytes.find_first_not_of(" \r\n\t");
  if (first == std::string_view::npos) return false;
  const std::string begin = lower(bytes.substr(first, 300));
  if (begin.starts_with("<!doctype html") || begin.starts_with("<html") || begin.starts_with("<head") || begin.starts_with("<body")) return true;
  return begin.starts_with("<?xml") && begin.find("<html") != std::string::npos;
}

Result<Document> read_html(const Input& input, const ReadOptions& options, const PandocOptions& pandoc) {
  Result<SourcePtr> source = Diagnostics{};
  const std::string declared = input.encoding.empty() ? declared_encoding(input.bytes) : std::string();
  if (declared.empty()) {
    source = make_source(input, "text/html", options);
  } else {
    Input as_declared = input;
    as_declared.encoding = declared;
    source = make_source(as_declared, "text/html", options);
    if (!source) source = make_source(input, "text/html", options);  // no such encoding: found out from the bytes
  }
  if (!source) return source.said();
  const std::string_view html = (*source)->text();
  Result<Document> document = Diagnostics{};
  if (const auto laid_out = text_of_positioned_html(html)) {
    SourceInfo info = (*source)->info();
    info.notes.push_back("words placed on a page were read as lines of text");
    document = read_text(std::make_shared<const Source>(std::move(info), *laid_out));
  } else {
    document = read_with_pandoc(html, "html", (*source)->info(), pandoc);
  }
  if (!document) return document;
  document->diagnostics.insert(document->diagnostics.begin(), source.said().begin(), source.said().end());
  if (std::string title = title_of(html); !title.empty()) document->outside.push_back({"html/head/title", std::move(title)});
  return document;
}

}  // namespace rapporteur
