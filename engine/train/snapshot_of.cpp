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

CurveEra era_of(const Training& training, std::uint64_t data) {
  const json::Writing how{.defaults_too = false};
  Json loss = Json::object();
  for (const auto& [output, weighted] : training.losses) loss[output] = json::write(weighted, how);
  if (loss.empty()) loss = json::write(training.loss, Field{.name = "loss"}, how);
  return {.loss = loss.dump(), .data = data};
}

Snapshot snapshot_of(const Document& document, long steps, Tasks& tasks) {
  std::shared_ptr<const DataSet> data;
  if (document.data)
    data = std::make_shared<const DataSet>(make_data(*document.data, document.folder));
  return snapshot_of(document, std::move(data), steps, tasks);
}

Snapshot snapshot_of(const Document& document, std::shared_ptr<const DataSet> data, long steps,
                     Tasks& tasks) {
  Snapshot snapshot;
  snapshot.document = std::make_shared<const Document>(document);
  if (!data) {
    if (steps > 0) throw Problem("data", "training needs samples");
    return untrained(document, std::move(snapshot));
  }
  snapshot.data = std::move(data);
  Trainer<float> trainer(document, snapshot.data, tasks);
  CurveKeeper<CurvePoint> curve;
  CurveKeeper<BatchPoint> batch_curve;
  using Measured = Trainer<float>::Measured;
  curve.add(trainer.score(Measured::some));
  for (long i = 0; i < steps; ++i) {
    const long step = trainer.steps();
    const double epoch = trainer.epochs();
    trainer.step();
    if (!trainer.divergence().empty()) break;
    if (batch_curve.wants(step, 1)) batch_curve.add({step, trainer.last_loss(), epoch});
    if (curve.wants(trainer.steps(), trainer.steps_per_epoch()))
      curve.add(trainer.score(Measured::some));
  }
  snapshot.plan = std::make_shared<const Plan>(trainer.plan());
  snapshot.parameters = trainer.parameters();
  snapshot.gradient = trainer.gradient();
  snapshot.step = trainer.steps();
  snapshot.epochs = trainer.epochs();
  snapshot.batch_loss = trainer.last_loss();
  snapshot.curve = curve.points();
  snapshot.batch_curve = batch_curve.points();
  snapshot.eras = {era_of(document.training)};
  snapshot.scored = trainer.score(Measured::all);
  snapshot.settled = true;
  snapshot.divergence = trainer.divergence();
  return snapshot;
}

}  // namespace crease
