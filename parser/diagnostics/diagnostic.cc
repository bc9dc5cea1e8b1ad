// Stage diagnostics: the one place that turns a Diagnostic into words.

#include "rapporteur/diagnostic.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "diagnostics/json_text.h"
#include "diagnostics/next_point.h"

namespace rapporteur {

namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t kept = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({kept, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::info: return "info";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "error";
}

Diagnostic diagnostic_at(const Source& source, Span span, Severity severity, std::string code, std::string message,
                         std::string help) {
  Diagnostic d;
  d.severity = severity;
  d.code = std::move(code);
  d.message = std::move(message);
  d.help = std::move(help);
  d.file = source.info().name;
  d.place = source.place_of(span.begin);
  d.span = span;
  return d;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t point = next_point(text, at);
    if (unsafe_on_a_terminal(point)) out += fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(point));
    else if (point == 0xFFFD) out += "\xEF\xBF\xBD";
    else out.append(text.substr(begin, at - begin));
  }
  return out;
}

std::string render_text(const Diagnostic& d) {
  std::string out;
  if (!d.file.empty()) out += printable(d.file) + ":";
  if (d.place.line != 0) out += fmt::format("{}:{}:", d.place.line, d.place.column);
  if (!out.empty()) out += " ";
  out += fmt::format("{} {}: {}\n", severity_name(d.severity), d.code, printable(d.message));
  if (!d.excerpt.empty()) {
    std::string under;
    std::size_t at = 0;
    for (std::uint32_t column = 1; column < d.place.column && at < d.excerpt.size(); ++column)
      under += next_point(d.excerpt, at) == '\t' ? "\t" : " ";
    out += "  " + printable(d.excerpt) + "\n  " + under + "^" + std::string(d.caret_length > 1 ? d.caret_length - 1 : 0, '~') + "\n";
  }
  if (!d.help.empty()) out += "  help: " + printable(d.help) + "\n";
  return out;
}

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string render_json(const Diagnostic& d) {
  std::string out = "{\"severity\":";
  const auto field = [&out](const char* name, std::string_view value) {
    if (value.empty()) return;
    out += fmt::format(",\"{}\":", name);
    append_json_string(out, value);
  };
  append_json_string(out, severity_name(d.severity));
  field("code", d.code);
  field("message", d.message);
  field("help", d.help);
  field("file", d.file);
  field("target", d.target);
  if (d.place.line != 0) out += fmt::format(",\"line\":{},\"column\":{}", d.place.line, d.place.column);
  if (!d.span.empty()) out += fmt::format(",\"offset\":{},\"length\":{}", d.span.begin, d.span.size());
  return out + "}";
}

}  // namespace rapporteur
