// Stage xml: how XML bytes are read here: no DTD, no entity of its own, no file, no network, bounded depth.
#pragma once

#include <libxml/parser.h>

#include <memory>
#include <string_view>

#include "rapporteur/diagnostic.h"

namespace rapporteur::xml {

/// Elements within elements that are read; our own documents stay far below. What recurses over a document fits into a
/// stack of 1 MB at this depth.
inline constexpr int max_depth = 1000;

struct ParserDeleter {
  void operator()(xmlParserCtxt* parser) const;
};
using ParserPtr = std::unique_ptr<xmlParserCtxt, ParserDeleter>;

/// What libxml2 is told of one reading: collects what stopped it. Stands in `_private` of the parser.
struct Reading {
  Diagnostics errors;   ///< at most one: reading ends with it
  bool stopped = false;
  /// False, and the reading stopped (X203), where an element would stand too deep. `depth`: elements open around it.
  bool depth_allowed(xmlParserCtxt* parser, std::size_t depth);
  void stop(xmlParserCtxt* parser, Diagnostic why);
};

/// A parser for these bytes that refuses a DTD and reports into `reading`; no handlers for elements are set beyond
/// libxml2's own, which build a tree. Null where the bytes are too many (2 GiB).
ParserPtr safe_parser(std::string_view xml, Reading& reading);

/// Prepares libxml2 for threads and puts the entity loader in place. Cheap after the first call.
void prepare_libxml();

/// While it lives, this thread may open local files (a schema's imports); otherwise nothing is ever opened.
class LocalFilesAllowed {
 public:
  LocalFilesAllowed();
  ~LocalFilesAllowed();
};

/// While it lives, libxml2 in this thread is at work for us, and the loader refuses whatever it wants to open.
class NothingAllowed {
 public:
  NothingAllowed();
  ~NothingAllowed();
};

Diagnostic xml_error(std::string code, std::string message, std::string help, std::uint32_t line);

}  // namespace rapporteur::xml
