#pragma once
/// The contract of a layer: a described struct (its settings only; no weights, no activations) with
///   Shape shape(Inputs) const                         the output's shape; throws Problem
///   std::vector<ParameterBlock> blocks(Inputs) const  its parameter tensors
///   Memory memory(Inputs) const                       what forward keeps for backward
///   void forward(Pass<T>&) const                      fills y for one block of sixteen samples
///   void backward(Pass<T>&) const                     from dy: dx and the gradients of the blocks
/// `arity` says how many nodes it reads; layers without parameters or memory leave those functions
/// out. A layer whose output channel c is made of input channel c says `keeps_channels = true`. One
/// that in training looks at the whole batch at once says `across_batch = true`: see batch_norm.h.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/aligned.h"
#include "core/fields.h"
#include "core/lanes.h"
#include "core/problem.h"
#include "core/shape.h"
#include "initialisers/initialiser.h"

namespace crease {

/// The shapes of the nodes a layer reads.
using Inputs = std::span<const Shape>;

/// How many nodes a layer reads.
enum class Arity { one, several };

/// One parameter tensor of a layer: "weight" or "bias".
struct ParameterBlock {
  std::string_view name;
  std::vector<std::size_t> shape;
  Fan fan;
  bool is_bias = false;
  std::optional<double> start = {};  ///< every number starts here, whatever the initialiser
  bool is_statistic = false;         ///< moved by the data, not by its gradient: it has none
};

/// Where in a run a pass happens: random layers draw from it.
struct Occasion {
  std::uint64_t seed = 0;  ///< the document's training.seed
  long step = 0;           ///< optimiser steps before this pass
  std::size_t block = 0;   ///< number of the block of sixteen within the batch
};

/// Numbers a layer needs per block, in features (each is sixteen values).
struct Memory {
  std::size_t kept = 0;     ///< written by forward, read by backward
  std::size_t scratch = 0;  ///< free for use within one call
};

/// What one call of forward or backward works on: one block of sixteen samples. The last lanes may
/// be dead (an incomplete batch): their inputs and dy are zero. `backward` adds to the gradients,
/// and to an input's dx when `adds` says that another node has written there before, else it sets
/// it.
template <class T>
struct Pass {
  std::vector<Shape> in;
  Shape out;
  std::vector<const T*> x;
  T* y = nullptr;
  const T* dy = nullptr;
  std::vector<T*> dx;  ///< null where nobody wants it
  std::vector<bool> adds;
  std::vector<const T*> weights;
  std::vector<T*> gradients;  ///< null where the parameters are frozen
  T* kept = nullptr;
  T* scratch = nullptr;
  int samples = lanes;  ///< live lanes
  bool training = false;
  Occasion occasion = {};
  std::uint64_t stream = 0;   ///< of the node's id: its random numbers are its own
  const T* shared = nullptr;  ///< across_batch in training: what settle() has made

  /// Gives dx of input `i` the values `value(f)`, feature by feature.
  template <class Value>
  void give(std::size_t i, std::size_t features, const Value& value) const {
    T* to = dx[i];
    if (!to) return;
    if (adds[i])
      for (std::size_t f = 0; f < features; ++f)
        store<T>(to + f * lanes, load(to + f * lanes) + value(f));
    else
      for (std::size_t f = 0; f < features; ++f) store<T>(to + f * lanes, value(f));
  }
  /// Makes dx of input `i` ready for adding to it.
  void clear_unless_adding(std::size_t i) const {
    if (dx[i] && !adds[i]) std::fill_n(dx[i], in[i].size() * lanes, T{0});
  }
};

}  // namespace crease
