#pragma once
/// Which nodes of a network are piecewise linear in evaluation mode, and how they bend.
#include <string>
#include <vector>

#include "net/plan.h"

namespace crease::regions {

/// A function of one number made of straight pieces: a = slope[i] z + offset[i], where i is the
/// number of thresholds below z. A value on a threshold belongs to the lower piece.
struct Bend {
  std::vector<double> thresholds;
  std::vector<double> slopes{1};
  std::vector<double> offsets{0};

  bool is_identity() const { return thresholds.empty() && slopes[0] == 1 && offsets[0] == 0; }
};

/// Of each unit the rows among which the largest one wins; of equal ones the first.
using Choices = std::vector<std::vector<std::uint32_t>>;

/// What a node does to what it reads: first something linear (or nothing), then a bend, or a choice
/// of the largest.
struct Parts {
  bool is_piecewise_linear = false;
  std::string culprit;  ///< what is not: "tanh", "layer_norm"
  bool is_linear_first = false;
  bool is_view = false;  ///< takes over what it reads as it stands
  Bend bend = {};
  bool chooses = false;
};

/// `parameters` in the plan's order; a learned slope is read from them.
Parts parts_of(const Plan& plan, std::size_t node, const double* parameters);

/// The rows among which each unit of a pooling node or a maxout node chooses. A maxout node has one
/// row for each piece and unit, piece after piece.
Choices choices_of(const Plan& plan, std::size_t node);

/// What a plane of inputs becomes right behind the linear part of a node: its layer without its
/// activation, run on 16 samples at once (`samples` blocks of lanes, one for each input).
/// `homogeneous`: without anything that is added to the sum.
class LinearPart {
 public:
  LinearPart(const Plan& plan, std::size_t node, const double* parameters);
  std::size_t rows() const { return rows_; }
  /// y has rows() lanes.
  void run(const std::vector<const double*>& x, double* y, bool homogeneous);

 private:
  const Plan* plan_;
  std::size_t node_;
  std::size_t rows_;
  Layer layer_;
  AlignedVector<double> parameters_, homogeneous_, memory_;
};

}  // namespace crease::regions
