#pragma once
/// What tests of views share: a network at a step, and the marks of one kind in a panel.
#include <variant>
#include <vector>

#include "figure/figure.h"
#include "train/snapshot_of.h"

namespace crease {

/// `steps` of training after its start, on one thread.
inline Snapshot snapshot_from(const Document& document, long steps = 0) {
  Tasks tasks(1);
  return snapshot_of(document, steps, tasks);
}

template <class M>
std::vector<const M*> marks(const Panel& panel) {
  std::vector<const M*> found;
  for (const Mark& mark : panel.marks)
    if (const auto* one = std::get_if<M>(&mark)) found.push_back(one);
  return found;
}

}  // namespace crease
