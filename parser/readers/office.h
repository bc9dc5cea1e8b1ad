// Stage readers: LibreOffice as a guarded process, for formats that pandoc cannot read or reads with losses.
#pragma once

#include <string>
#include <string_view>

#include "rapporteur/converters.h"
#include "rapporteur/result.h"

namespace rapporteur {

/// A DOCX made from a file of another word processor format (`extension`: "doc", "odt", "rtf"). LibreOffice works in a
/// folder of its own with a profile of its own, both removed afterwards. Errors E101 to E108.
Result<std::string> convert_to_docx(std::string_view bytes, std::string_view extension, const ConverterOptions& options,
                                    const std::string& file);

/// The command that does the same by hand.
std::string convert_command(const std::string& file);

}  // namespace rapporteur
