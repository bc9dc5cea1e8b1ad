// Stage model: invariants of the report tree.

#include "model/check.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include <fmt/format.h>

#include "model/walk.h"

namespace rapporteur {

namespace {

bool is_ncname(std::string_view id) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto other = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
  return !id.empty() && letter(id[0]) && std::all_of(id.begin(), id.end(), other);
}

/// Collects ids and looks at what each node says of itself.
class Checker {
 public:
  explicit Checker(const Report& report) : x_size(report.source ? report.source->text().size() : 0xffffffff) {}

  template <typename Node>
  requires requires(const Node& n) { n.at; }
  void operator()(const Node& node) {
    if constexpr (requires { node.id; }) take_id(node.id, requires_id<Node>);
    check_place(node.at);
  }

  void operator()(const Inlines& inlines) {
    walk_inlines(inlines, [&](const Ref& ref) {
      take_id(ref.id, true);
      if ((ref.status == RefStatus::resolved) != !ref.target.empty()) breach(fmt::format("{}: resolved and target disagree", ref.id));
      if (!ref.target.empty()) x_targets.emplace_back(ref.target);
    });
    walk_inlines(inlines, [&](const NoteRef& ref) {
      if (!ref.target.empty()) x_targets.push_back(ref.target);
    });
  }

  std::vector<std::string> result() {
    for (const std::string& target : x_targets)
      if (!x_ids.contains(target)) breach(fmt::format("there is no element {}", target));
    return std::move(x_said);
  }

 private:
  template <typename Node>
  static constexpr bool requires_id = !std::is_same_v<Node, TextBlock> && !std::is_same_v<Node, ListItem>;

  void take_id(std::string_view id, bool required) {
    if (id.empty() && !required) return;
    if (!is_ncname(id)) breach(fmt::format("'{}' is no id", id));
    if (!x_ids.emplace(id).second) breach(fmt::format("the id {} is given twice", id));
  }

  void check_place(const Provenance& at) {
    if (at.span.end < at.span.begin || at.span.end > x_size) breach(fmt::format("span {}..{} lies outside of the source", at.span.begin, at.span.end));
    if (at.end_line < at.line) breach(fmt::format("lines {}..{} run backwards", at.line, at.end_line));
    if (!(at.confidence >= 0 && at.confidence <= 1)) breach("a confidence is not between 0 and 1");
  }

  void breach(std::string sentence) { x_said.push_back(std::move(sentence)); }

  std::size_t x_size;
  std::unordered_set<std::string> x_ids;
  std::vector<std::string> x_targets;
  std::vector<std::string> x_said;
};

}  // namespace

std::vector<std::string> check_tree(const Report& report) {
  Checker checker(report);
  walk_report(report, checker);
  return checker.result();
}

}  // namespace rapporteur
