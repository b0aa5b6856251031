#pragma once
/// Samples that stand in the document itself: drawn by hand, or small enough to write down.
#include "core/tensor.h"
#include "data/source.h"

namespace crease {

/// Inputs [N, features] or [N, channels, height, width]; targets [N] or [N, k], taken as they
/// stand.
struct Points {
  static constexpr std::string_view name = "points";
  static constexpr std::string_view help = "points drawn by hand or given in the document";
  static constexpr int samples = 0;
  static constexpr double test_fraction = 0;
  Tensor inputs;
  Tensor targets;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "inputs", .help = "tensor [N, features] or [N, channels, height, width]"},
          self.inputs);
    visit(Field{.name = "targets", .help = "tensor [N] or [N, outputs]"}, self.targets);
  }
  DataSet make(const Request& request) const;
  bool operator==(const Points&) const = default;
};

}  // namespace crease
