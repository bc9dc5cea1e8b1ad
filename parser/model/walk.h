// Stage model: visits of a whole report, so that each pass over it says only what it does with a node.
//
// A visitor is a struct with operator() for the nodes it cares for; `walk` calls it for every block, part of a block,
// annex, note, fragment and header field before what is inside it, in the order in which the report holds them.
// Inlines are handed over as whole runs; `walk_inlines` goes into them.
#pragma once

#include <type_traits>
#include <variant>

#include "rapporteur/report.h"

namespace rapporteur {

namespace walking {

template <typename Visitor, typename Node>
void tell(Visitor& visitor, Node& node) {
  if constexpr (requires { visitor(node); }) visitor(node);
}

template <typename Visitor, typename Node>
void walk_node(Visitor& visitor, Node& node);

template <typename Visitor, typename List>
void walk_list(Visitor& visitor, List& list) {
  for (auto& node : list) walk_node(visitor, node);
}

/// Goes through all members that a node may have, in the order in which they are printed.
template <typename Visitor, typename Node>
void walk_members(Visitor& visitor, Node& node) {
  if constexpr (requires { node.mark_first; })
    if (node.mark_first) tell(visitor, node.mark);
  if constexpr (requires { node.num.front().value; }) tell(visitor, node.num);
  if constexpr (requires { node.caption; }) tell(visitor, node.caption);
  if constexpr (requires { node.heading; }) tell(visitor, node.heading);
  if constexpr (requires { node.mark_first; })
    if (!node.mark_first) tell(visitor, node.mark);
  if constexpr (requires { node.text.front().value; }) tell(visitor, node.text);
  if constexpr (requires { node.items; }) walk_list(visitor, node.items);
  if constexpr (requires { node.rows; }) walk_list(visitor, node.rows);
  if constexpr (requires { node.cells; }) walk_list(visitor, node.cells);
  if constexpr (requires { node.members; }) walk_list(visitor, node.members);
  if constexpr (requires { node.party; })
    if (node.party) walk_node(visitor, *node.party);
  if constexpr (requires { node.persons; }) walk_list(visitor, node.persons);
  if constexpr (requires { node.children; }) walk_list(visitor, node.children);
  if constexpr (requires { node.annexes; }) walk_list(visitor, node.annexes);
}

template <typename Visitor, typename Node>
void walk_node(Visitor& visitor, Node& node) {
  if constexpr (requires { node.value; }) {
    node.visit([&](auto& inner) { walk_node(visitor, inner); });
  } else if constexpr (requires { std::variant_size<std::remove_const_t<Node>>::value; }) {
    std::visit([&](auto& inner) { walk_node(visitor, inner); }, node);
  } else {
    tell(visitor, node);
    walk_members(visitor, node);
  }
}

}  // namespace walking

/// Visits a list of blocks, annexes, notes, fields or fragments and all that is in them.
template <typename List, typename Visitor>
void walk(List&& list, Visitor&& visitor) {
  walking::walk_list(visitor, list);
}

/// Visits a whole report: header, body, closing, annexes, notes, furniture.
template <typename ReportType, typename Visitor>
void walk_report(ReportType& report, Visitor&& visitor) {
  walking::walk_list(visitor, report.header);
  walking::walk_list(visitor, report.body);
  walking::walk_list(visitor, report.closing);
  walking::walk_list(visitor, report.annexes);
  walking::walk_list(visitor, report.notes);
  walking::walk_list(visitor, report.furniture);
}

/// Visits every inline, outer ones first: `visitor(inline_value)` for the alternatives it takes.
template <typename InlineList, typename Visitor>
void walk_inlines(InlineList& inlines, Visitor&& visitor) {
  for (auto& part : inlines)
    part.visit([&](auto& value) {
      walking::tell(visitor, value);
      if constexpr (requires { value.children; }) walk_inlines(value.children, visitor);
    });
}

}  // namespace rapporteur
