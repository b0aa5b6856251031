#pragma once
/// A piecewise-linear network on a plane of its inputs, made ready to be cut: a chain of folds with
/// linear maps between them.
///
/// On a region every number in the network is an affine function A s + B t + C of the place (s, t)
/// in the window, which runs from -1 to 1 both ways. A fold's rows are those functions right before
/// it bends; what it gives adds to the rows of later folds through a matrix. So a plane through 784
/// inputs is composed with the first layers once, and from there on only three columns travel.
#include <cstdint>
#include <string>
#include <vector>

#include "core/aligned.h"
#include "core/plane.h"
#include "probe/regions/eight.h"
#include "probe/regions/piecewise.h"

namespace crease::regions {

/// A part of a plane (or of a line: `v` is empty) through the inputs: the points
/// origin + s u + t v with (s, t) in the window.
struct Slice {
  std::vector<double> origin, u, v;
  Domain window;

  bool is_line() const { return v.empty(); }
  /// All of an input space of one or two numbers. Throws Problem for more.
  static Slice of_inputs(std::size_t inputs, const Domain& window);
};

/// Affine functions side by side: all A, then all B, then all C, each run padded to whole eights.
struct Rows {
  std::size_t count = 0;
  std::size_t stride = 0;
  AlignedVector<double> values;

  Rows() = default;
  explicit Rows(std::size_t n) : count(n), stride(round_up_to_eight(n)), values(3 * stride, 0.0) {}
  double* column(int k) { return values.data() + static_cast<std::size_t>(k) * stride; }
  const double* column(int k) const { return values.data() + static_cast<std::size_t>(k) * stride; }
};

/// How the units of a fold add to the rows of a later one: column by column, full where it pays.
struct Weights {
  std::size_t rows = 0, columns = 0;
  bool full = false;
  std::size_t stride = 0;             ///< of full columns
  AlignedVector<double> values = {};  ///< all of each column, or only what is not zero
  std::vector<std::uint32_t> starts = {}, at = {};  ///< of columns that are not full
};

struct Fold {
  std::string node;    ///< whose fold it is
  std::size_t number;  ///< of that node in the plan
  std::size_t units = 0;
  std::size_t rows = 0;  ///< as many as units, or the candidates of a choice
  Bend bend = {};
  Choices choices = {};  ///< not empty: the largest wins, and there is no bend
  struct Target {
    std::size_t fold;  ///< a later one, or the number of folds: the outputs
    Weights weights;
  };
  std::vector<Target> targets;

  bool chooses() const { return !choices.empty(); }
};

/// What stands in the way of the rest of a network.
struct Obstacle {
  std::string node;      ///< empty where there is none
  std::string culprit;   ///< "tanh"
  bool is_last = false;  ///< it only squashes the network's output
};

struct Program {
  Slice slice;
  std::vector<Fold> folds;
  /// The rows of each fold, and last of the outputs, before any fold has given anything.
  std::vector<Rows> start;
  Obstacle obstacle = {};
  bool is_continuous = true;
  std::size_t units() const;
  /// Numbers that are touched for one cell at the most: all rows, and all weights between them.
  std::size_t work() const;
};

/// Composes a network with a slice. `from`: a node's number, in whose outputs the slice lies; -1:
/// the data. What is not piecewise linear ends it there: then the outputs are what those nodes read
/// (of a dense tanh layer its pre-activations). Throws Problem where the slice does not fit, a
/// number is not finite, or a node needs what lies before `from`.
Program compile_program(const Plan& plan, const double* parameters, Slice slice, int from = -1);

/// Only the first folds: then the outputs are what the next one would bend.
void keep_folds(Program& program, std::size_t count);

}  // namespace crease::regions
