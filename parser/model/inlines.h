// Stage model: the words of an event as nested inlines.
//
// Three things lie over the words, each a range: the marks of the lines (bold, links ...), the finds of recognition
// (hits), and the joints between pieces. They may cross; the tree nests. Where a mark crosses a hit the mark is split,
// so that one mention stays one reference.
#pragma once

#include <span>

#include "readers/line.h"
#include "recognition/events.h"

namespace rapporteur {

/// Where the marks of a line were looked for last. A row of a table is many pieces of one line, asked one after the other,
/// and each has few of its marks.
struct MarkCursor {
  std::uint32_t line = 0, begin = 0;
  std::size_t first = 0;  ///< the first mark that does not end before `begin`
};

/// Makes Inlines for one report; numbers the references it meets: ref1, ref2 ...
class InlineBuilder {
 public:
  explicit InlineBuilder(const Document& document) : x_document(document) {}

  /// `hits` are ranges of the joined text of `pieces`. In a `heading`, bold or italics over all its words is typography,
  /// not emphasis, and is left out.
  Inlines build(const Pieces& pieces, std::span<const Hit> hits = {}, bool heading = false);

 private:
  const Document& x_document;
  MarkCursor x_marks;
  std::uint32_t x_references = 0;
};

}  // namespace rapporteur
