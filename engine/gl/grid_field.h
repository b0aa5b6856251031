#pragma once
/// The outputs of a small network all over a part of its input plane, computed by the graphics
/// processor.
#include <span>
#include <string>
#include <vector>

#include "gl/program.h"
#include "net/plan.h"

namespace crease::gl {

/// Which points: `columns` x `rows` cells over x0..x1, y0..y1, each asked for at its middle.
struct Grid {
  double x0 = -1, x1 = 1, y0 = -1, y1 = 1;
  int columns = 0, rows = 0;
};

class GridField {
 public:
  /// Empty where the network can be computed this way; else the sentence that says why not. It
  /// must be a chain of dense layers from two inputs, none wider than 64.
  static std::string refuses(const Plan& plan);

  /// Needs a current context with compute shaders, now and whenever it is used.
  explicit GridField(const Plan& plan);

  /// The outputs of each point, row by row from y1; `parameters` are the plan's flat vector. Throws
  /// where the driver did not finish.
  std::vector<float> evaluate(std::span<const float> parameters, const Grid& grid);

 private:
  ComputeProgram program_;
  StorageBuffer parameters_, steps_, values_, done_;
  unsigned step_count_ = 0;
  std::size_t outputs_ = 0;
  double multiplications_ = 0;
};

}  // namespace crease::gl
