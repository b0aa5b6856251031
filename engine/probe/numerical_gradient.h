#pragma once
/// Numerical differentiation beside automatic (deck 001: manual, symbolic, numerical, automatic).
#include <memory>
#include <span>

#include "data/dataset.h"
#include "net/parameters.h"
#include "probe/run.h"
#include "train/document.h"

namespace crease {

struct Differences {
  double step =
      1e-6;  ///< h; in float it is rounded so that w + h - w is exactly what it divides by
  bool central = true;  ///< (L(w + h) - L(w - h)) / 2h, else (L(w + h) - L(w)) / h
};

struct GradientComparison {
  Tensors automatic, numerical;  ///< d loss / d parameter, by tensor
  double worst = 0;              ///< the largest |automatic - numerical| / (1 + |automatic|)
  double relative = 0;  ///< |automatic - numerical| / (|automatic| + |numerical|), as vectors
  long evaluations =
      0;  ///< of the loss: n + 1 forward, 2n central; the automatic way needs one pass
};

/// The gradient of the loss on `samples` of the data at the document's weights (else start values)
/// in training mode, in both ways, in the precision T. Parameters that do not learn are left out.
/// Throws Problem where the document and the data do not fit; what is cut short by `cancelled` has
/// fewer tensors in `numerical`.
template <class T>
GradientComparison compare_gradients(const Document& document,
                                     const std::shared_ptr<const DataSet>& data,
                                     std::span<const std::size_t> samples,
                                     const Differences& settings,
                                     const Cancelled& cancelled = never_cancelled);

}  // namespace crease
