// Command line: the only place that writes, to the terminal or to files.
#pragma once

#include <string>
#include <string_view>

#include "rapporteur/diagnostic.h"

namespace tool {

/// Writes all of it to standard output. Throws Stop (cannot write) where that fails; a reader that went away ends the
/// program by SIGPIPE, as the shell expects.
void write_out(std::string_view text);

/// Ends the program by SIGPIPE, as the shell expects of one whose reader is gone.
void reader_went_away();

/// Writes to standard error; failures there are ignored, because there is nowhere left to say so.
void say(std::string_view text);
void say(const rapporteur::Diagnostic& diagnostic);
/// Says warnings and errors; with `all`, also what is merely worth knowing.
void say(const rapporteur::Diagnostics& diagnostics, bool all = true);
void say_error(const char* code, const std::string& message, const std::string& help = {}, const std::string& file = {});

/// Writes a file whole or not at all: a temporary file beside it, then a rename. Throws Stop where that fails.
void write_file(const std::string& path, std::string_view text);

/// Throws Stop where `path` exists and may not be overwritten: XML that rapporteur made from another source (neither
/// the same file name nor the same bytes), or anything else.
void refuse_to_overwrite(const std::string& path, const std::string& source_name, const std::string& source_sha256);

}  // namespace tool
