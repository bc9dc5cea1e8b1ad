// Stage readers: what a caller hands in: one document as bytes.
#pragma once

#include <string>

namespace rapporteur {

/// One document to be parsed.
struct Input {
  std::string name;      ///< file name, for messages, for the XML and as a hint of the format; empty for a pipe
  std::string bytes;     ///< as they stand in the file
  std::string format;    ///< name of a reader ("text", "markdown"); empty: found out from name and bytes
  std::string encoding;  ///< as iconv names it; empty: found out
};

}  // namespace rapporteur
