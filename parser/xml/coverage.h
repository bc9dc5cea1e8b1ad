// Stage xml: the proof that no letter was lost and none invented.
#pragma once

#include <string_view>
#include <vector>

#include "rapporteur/report.h"
#include "xml/letters.h"
#include "xml/sink.h"

namespace rapporteur {

/// Holds the text of a report against that of its source. Both say nearly the same in the same order, so they are compared
/// as they come, and what is alike in both needs no counting. Whatever stands elsewhere, or differs, is counted, letter by letter.
class Coverage {
 public:
  /// Text of the source, in its order. It has to live until all is taken.
  void add(std::string_view utf8) { x_source.push_back(utf8); }
  /// Text of the report, in its order.
  void take(std::string_view utf8);
  /// What is in one and not in the other. Everything is taken now.
  LetterCount rest();

 private:
  void cancel(std::string_view& text);
  bool go_on_with(std::string_view text);

  std::vector<std::string_view> x_source;
  std::size_t x_next = 0;    ///< the first of x_source that was not begun
  std::string_view x_begun;  ///< what is left of the one before it
  LetterCount x_count;
};

/// Hears the walk and takes every text outside <meta>, and the address of a link that has no text of its own.
class CoverageSink final : public xml::Sink {
 public:
  explicit CoverageSink(Coverage& coverage) : x_coverage(coverage) {}
  void open(xml::Tag tag) override {
    x_href = {};
    ++x_depth;
    x_in_meta = x_in_meta || tag == xml::Tag::meta;
  }
  void attribute(xml::Attribute attribute, std::string_view value) override {
    if (attribute == xml::Attribute::href) x_href = value;
  }
  void figure(xml::Attribute, std::string_view) override {}
  void position(const xml::Position&) override {}
  void text(std::string_view text) override {
    x_href = {};
    if (!x_in_meta) x_coverage.take(text);
  }
  void close() override {
    if (!x_href.empty()) x_coverage.take(x_href);  // a link closed before anything was said in it: its address is what was printed
    x_href = {};
    if (--x_depth == 1) x_in_meta = false;
  }

 private:
  Coverage& x_coverage;
  std::string_view x_href;  ///< of the link just opened
  int x_depth = 0;
  bool x_in_meta = false;
};

}  // namespace rapporteur
