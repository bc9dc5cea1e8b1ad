// Stage model: the words of an event as nested inlines.
//
// Three things lie over the words, each a range: the marks of the lines (bold, links ...), the finds of recognition
// (hits), and the joints between pieces. They may cross; the tree nests. Where a mark crosses a hit the mark is split,
// so that one mention stays one reference.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "readers/line.h"
#include "recognition/events.h"

namespace rapporteur {

/// Whether a text is a part of the source itself: then Words of it need no copy.
bool in_source(const Document& document, std::string_view text);

/// Makes Inlines for one report; numbers the references it meets: ref1, ref2 ...
class InlineBuilder {
 public:
  explicit InlineBuilder(const Document& document);
  ~InlineBuilder();

  /// `hits` are ranges of the joined text of `pieces`. In a `heading`, bold or italics over all its words is typography,
  /// not emphasis, and is left out.
  Inlines build(const Pieces& pieces, std::span<const Hit> hits = {}, bool heading = false);

 private:
  struct Scratch;
  std::unique_ptr<Scratch> x_scratch;  // memory that one event leaves to the next
};

}  // namespace rapporteur
