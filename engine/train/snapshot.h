#pragma once
/// What has been learned, as the trainer's thread tells it.
#include <memory>
#include <string>
#include <vector>

#include "core/aligned.h"
#include "data/dataset.h"
#include "net/plan.h"
#include "train/curve.h"
#include "train/document.h"

namespace crease {

/// Immutable; everything a view needs to draw or an analysis needs to compute.
struct Snapshot {
  std::shared_ptr<const Document> document;  ///< the one in training
  std::shared_ptr<const Plan> plan;
  std::shared_ptr<const DataSet> data;
  AlignedVector<float> parameters;
  AlignedVector<float> gradient;  ///< of the last batch
  long step = 0;
  double epochs = 0;
  double batch_loss = 0;               ///< of the last batch
  SharedList<CurvePoint> curve;        ///< at the start, after edits, and once an epoch
  SharedList<BatchPoint> batch_curve;  ///< from the first step on
  std::vector<CurveEra> eras = {{}};   ///< of the points' numbers; the last one is now
  /// The newest scores and the step they belong to: of these very parameters once a run that is
  /// paused or slow has settled, else up to an epoch old. Step -1: there are none yet.
  CurvePoint scored{.step = -1};
  std::string problem;     ///< why the newest order is not in training; empty when it is
  std::string divergence;  ///< why training has paused by itself; empty otherwise
  std::string kept;        ///< after an edit: what was carried over, in words; else empty
  long order = 0;          ///< number of the newest order that has been carried out
  long steps_done = 0;     ///< of Order::steps_wanted
  long weight_edits = 0;   ///< number of the newest Order::weight_edits that has been carried out
  long unit_edits = 0;     ///< likewise of Order::unit_edits
  /// The document as Order::saves_wanted asked for it: training goes on from it to the bit.
  std::shared_ptr<const Document> trained = {};
  long saves = 0;        ///< number of the newest Order::saves_wanted that has been carried out
  bool settled = false;  ///< nothing is under way: the next snapshot comes with the next order
};

}  // namespace crease
