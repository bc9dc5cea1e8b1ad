// Stage model: the parts of Fold that are templates over the kinds of open elements. Included by fold*.cc only.
#pragma once

#include "model/fold.h"

namespace rapporteur {

template <typename T>
bool Fold::is_open() const {
  for (const Open& open : x_open)
    if (std::holds_alternative<Apart<T>>(open.node)) return true;
  return false;
}

template <typename... Ts>
void Fold::close_leaves_but() {
  const auto leaf = [](const Node& node) {
    const bool container = std::holds_alternative<Apart<Annex>>(node) || std::holds_alternative<Apart<Section>>(node) ||
                           std::holds_alternative<Apart<Paragraph>>(node) || std::holds_alternative<Apart<List>>(node) ||
                           std::holds_alternative<Apart<ListItem>>(node);
    return !container && !(std::holds_alternative<Apart<Ts>>(node) || ...);
  };
  while (!x_open.empty() && leaf(x_open.back().node)) close_top();
}

template <typename... Ts>
void Fold::close_until() {
  while (!x_open.empty() && !(std::holds_alternative<Apart<Ts>>(x_open.back().node) || ...)) close_top();
}

}  // namespace rapporteur
