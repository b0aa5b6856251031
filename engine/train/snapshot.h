#pragma once
/// What has been learned, as the trainer's thread tells it.
#include <memory>
#include <string>
#include <vector>

#include "core/aligned.h"
#include "data/dataset.h"
#include "net/plan.h"
#include "train/batch_runner.h"
#include "train/document.h"

namespace crease {

/// One point of the learning curves.
struct CurvePoint {
  long step = 0;
  Score training, test;
};

/// Immutable; everything a view needs to draw or an analysis needs to compute.
struct Snapshot {
  std::shared_ptr<const Document> document;  ///< the one in training
  std::shared_ptr<const Plan> plan;
  std::shared_ptr<const DataSet> data;
  AlignedVector<float> parameters;
  AlignedVector<float> gradient;  ///< of the last batch
  long step = 0;
  double epochs = 0;
  double batch_loss = 0;
  std::vector<CurvePoint> curve;
  std::string problem;     ///< why the newest order is not in training; empty when it is
  std::string divergence;  ///< why training has paused by itself; empty otherwise
  std::string kept;        ///< after an edit: what was carried over, in words
  long order = 0;          ///< number of the newest order that has been carried out
  long steps_done = 0;     ///< of Order::steps_wanted
};

}  // namespace crease
