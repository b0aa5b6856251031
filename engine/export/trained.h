#pragma once
/// A document made ready for other programs: its plan, all its weights, and its samples with coded
/// targets.
#include "net/parameters.h"
#include "train/document.h"
#include "train/objective.h"

namespace crease {

/// One part of the data: inputs [N, ...] and targets [N, numbers], as the loss sees them.
struct ExportedPart {
  Tensor inputs, targets;
};

struct Trained {
  Document document;
  Plan plan;
  Tensors weights;  ///< those the document does not have are at their start values

  const Tensor& tensor(std::size_t segment) const {
    return weights.at(plan.segments[segment].name);
  }
};

/// Throws Problem where the network or its weights do not hold.
Trained trained(const Document& document);

/// The samples of one part (numbers of data.train, .validation or .test), coded for the document's
/// loss.
ExportedPart exported_part(const DataSet& data, const Objective& objective,
                           const std::vector<std::size_t>& samples);

}  // namespace crease
