// Stage xml: the checks as they hear a walk: one pass to collect, a short second one over the references.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rapporteur/report.h"
#include "xml/id_table.h"
#include "xml/sink.h"

namespace rapporteur {

/// Looks at what is told and says what is wrong with it: the codes are in checks.h.
class CheckSink final : public xml::Sink {
 public:
  explicit CheckSink(const Report& report)
      : x_report(report), x_size(report.source ? static_cast<std::uint32_t>(report.source->text().size()) : 0) {}

  void open(xml::Tag tag) override {
    settle();
    if (x_open.size() == x_depth) x_open.resize(x_depth + 16);
    x_open[x_depth] = {tag, x_depth == 0 ? 0 : x_open[x_depth - 1].line, {}, {}};
    ++x_depth;
    if (tag == xml::Tag::num) {
      x_num = {};
      x_num_depth = x_depth;
    }
  }
  void attribute(xml::Attribute attribute, std::string_view value) override {
    switch (attribute) {
      case xml::Attribute::n: x_open[x_depth - 1].n = value; break;
      case xml::Attribute::type: x_type = value; break;
      case xml::Attribute::id: x_open[x_depth - 1].id = value, x_told |= told_id; break;
      case xml::Attribute::status: x_status = value, x_told |= told_status; break;
      case xml::Attribute::target: x_target = value, x_told |= told_target; break;
      case xml::Attribute::after: x_after = value, x_told |= told_after; break;
      case xml::Attribute::when:
      case xml::Attribute::from:
      case xml::Attribute::to: date(attribute, value); break;
      default: break;
    }
  }
  void figure(xml::Attribute, std::string_view) override {}
  void position(const xml::Position& at) override {
    if (at.line != 0) x_open[x_depth - 1].line = at.line;
    if (x_size != 0 && at.span.end > x_size) x_told |= told_span, x_end = at.span.end;
  }
  void text(std::string_view text) override {
    settle();
    if (x_num_depth != 0) add_to_num(text);
  }
  void close() override {
    settle();
    if (x_depth == x_num_depth) compare_numbers();
    --x_depth;
  }
  Diagnostics finish();

 private:
  /// An element that is open.
  struct Open {
    xml::Tag tag{};
    std::uint32_t line = 0;
    std::string_view id, n;
  };
  /// A place that must exist, looked for when all ids are known.
  struct Pointer {
    std::string_view from, type, target;
    xml::Tag element;
    std::uint32_t line;
  };
  enum Told : unsigned { told_id = 1, told_status = 2, told_target = 4, told_after = 8, told_span = 16 };

  /// All attributes of the innermost element are known.
  void settle() {
    if (x_told != 0) look_at_attributes();
  }
  void look_at_attributes();
  void look_at_reference(const Open& e);
  void date(xml::Attribute attribute, std::string_view value);
  void add_to_num(std::string_view text);
  void compare_numbers();
  void say(const Open& e, std::string code, std::string message, std::string help, Severity severity = Severity::error) {
    say(e.line, e.id, std::move(code), std::move(message), std::move(help), severity);
  }
  void say(std::uint32_t line, std::string_view id, std::string code, std::string message, std::string help,
           Severity severity = Severity::error);
  std::string_view told(Told which, std::string_view value) const { return (x_told & which) != 0 ? value : std::string_view(); }

  const Report& x_report;
  const std::uint32_t x_size;     ///< of the source's text; 0 unknown
  std::vector<Open> x_open;       ///< the first x_depth are open
  std::size_t x_depth = 0;
  std::string_view x_type, x_status, x_target, x_after;  ///< of the innermost element, as far as x_told says
  std::uint32_t x_end = 0;
  unsigned x_told = 0;            ///< what there is to look at, of the innermost element
  std::size_t x_num_depth = 0;    ///< of the open <num>; 0 none is
  std::string_view x_num;         ///< its text so far
  std::string x_joined;           ///< the same where it comes in several pieces
  xml::IdTable x_ids;
  std::vector<Pointer> x_pointers;
  Diagnostics x_said;
};

}  // namespace rapporteur
