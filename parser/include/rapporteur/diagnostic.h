// Stage diagnostics: the one struct for anything worth saying to a person, and the one place that renders it.
//
// Every other stage fills a Diagnostic and hands it back; none of them prints.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rapporteur/source.h"

namespace rapporteur {

enum class Severity : std::uint8_t { info, warning, error };

/// One message. The remedy belongs in `help`: what was expected, what was found, what to do.
struct Diagnostic {
  Severity severity = Severity::warning;
  std::string code;     ///< stable: a family letter (see docs/diagnostics.md) and three digits, e.g. "N101"
  std::string message;  ///< one sentence, no full stop needed
  std::string help;     ///< remedy; may be empty
  std::string file;     ///< name of the file that `place` lies in; empty: nowhere in particular
  Place place{0, 0};    ///< line 0: no place
  Span span{};          ///< bytes in that file's text; empty: unknown
  std::string excerpt;  ///< the line that `place` lies in, where a caret helps; may be empty
  std::uint32_t caret_length = 1;  ///< code points to underline in `excerpt`
  std::string target;   ///< id of the XML element it is about; may be empty

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

std::string_view severity_name(Severity severity);

/// A diagnostic at a span of a source: place and file are worked out, the excerpt is left empty.
Diagnostic diagnostic_at(const Source& source, Span span, Severity severity, std::string code, std::string message,
                         std::string help = {});

/// `file:line:col: severity CODE: message`, then, where there is an excerpt, the line with a caret, then
/// `  help: ...`. Control characters and bidirectional overrides of documents come out escaped. Ends with \n.
std::string render_text(const Diagnostic& diagnostic);

/// One JSON object, ASCII only, no line end.
std::string render_json(const Diagnostic& diagnostic);

/// The nearest of `known` to `word` by edit distance, for a did-you-mean; empty where none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

/// `text` with control characters, C1 and bidirectional controls made visible, safe for any terminal.
std::string printable(std::string_view text);

}  // namespace rapporteur
