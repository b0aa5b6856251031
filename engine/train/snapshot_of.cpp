#include "train/snapshot_of.h"

#include <utility>

#include "train/trainer.h"

namespace crease {

namespace {

Snapshot untrained(const Document& document, Snapshot snapshot) {
  snapshot.plan = std::make_shared<const Plan>(compile_or_throw(document.network));
  snapshot.parameters =
      initialise<float>(*snapshot.plan, document.training.initialiser, document.training.seed);
  try {
    read_tensors(*snapshot.plan, document.weights, snapshot.parameters);
  } catch (const Problem& problem) {
    throw problem.inside("weights");
  }
  snapshot.gradient.assign(snapshot.plan->length, 0);
  snapshot.step = document.state.step;
  return snapshot;
}

}  // namespace

Snapshot snapshot_of(const Document& document, long steps, Tasks& tasks) {
  Snapshot snapshot;
  snapshot.document = std::make_shared<const Document>(document);
  if (!document.data) {
    if (steps > 0) throw Problem("data", "training needs samples");
    return untrained(document, std::move(snapshot));
  }
  snapshot.data = std::make_shared<const DataSet>(make_data(*document.data, document.folder));
  Trainer<float> trainer(document, snapshot.data, tasks);
  std::vector<CurvePoint> curve;
  const auto score = [&] {
    curve.push_back({trainer.steps(), trainer.score_training(), trainer.score_test()});
  };
  score();
  for (long i = 0; i < steps && trainer.divergence().empty(); ++i) {
    trainer.step();
    if (trainer.steps() % trainer.steps_per_epoch() == 0) score();
  }
  snapshot.plan = std::make_shared<const Plan>(trainer.plan());
  snapshot.parameters = trainer.parameters();
  snapshot.gradient = trainer.gradient();
  snapshot.step = trainer.steps();
  snapshot.epochs = trainer.epochs();
  snapshot.batch_loss = trainer.last_loss();
  snapshot.curve = std::move(curve);
  snapshot.divergence = trainer.divergence();
  return snapshot;
}

}  // namespace crease
