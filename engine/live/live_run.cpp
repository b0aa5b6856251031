#include "live/live_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "live/edits.h"
#include "train/fit_start.h"
#include "train/snapshot_of.h"

namespace crease {

using namespace std::chrono_literals;

namespace {

/// Below this speed there is time to score every step.
constexpr double slow_enough_to_score = 5;

/// Work in one slice of a score, in multiplications: one to a few milliseconds.
constexpr double slice_work = 1e7;
/// Work of the pieces between two looks at orders and the clock, likewise.
constexpr double work_at_once = 1e6;
/// What a sample costs beside its multiplications: fetching it, its activations, its loss.
constexpr double work_beside_multiplications = 2000;

/// Whether the same parameters have the same scores in both.
bool same_scores(const Document& a, const Document& b) {
  return a.network == b.network && a.training.loss == b.training.loss &&
         a.training.losses == b.training.losses;
}

bool same_training(const Document& a, const Document& b) {
  return a.network == b.network && a.training == b.training;
}

/// Whether both start from the same numbers.
bool same_start(const Document& a, const Document& b) {
  return a.weights == b.weights && a.state == b.state;
}

constexpr const char* no_memory = "there is not enough memory for this network and data";

/// The sentence that says what went wrong; empty where nothing did.
template <class Work>
std::string attempt(const Work& work) {
  try {
    work();
    return "";
  } catch (const std::bad_alloc&) {
    return no_memory;
  } catch (const Problem& wrong) {
    return wrong.what();
  }
}

bool same_data(const Document& a, const Document& b) {
  return a.data == b.data && a.folder == b.folder;
}

}  // namespace

void LiveRun::obey(const Order& order) {
  const bool reset = order.resets != order_.resets;
  if (order.running != order_.running || order.steps_per_second != order_.steps_per_second)
    next_step_ = {};  // a new speed holds from now on
  order_ = order;
  if (reset) steps_done_ = std::max(steps_done_, order.steps_wanted_at_reset);
  if (!order.document) return;
  follow(order, reset);
  edit_weights();
  if (order.saves_wanted != saves_) keep_document();
  order_.recall = nullptr;  // it may be large, and is wanted no more
}

void LiveRun::follow(const Order& order, bool reset) {
  if (!reset && order.document == refused_) return;
  problem_.clear();
  refused_ = nullptr;
  if (reset || order.document != document_)
    problem_ = attempt([&] { adopt(order.document, reset); });
  if (problem_.empty()) {
    if (!order.unit_edits.empty())
      unit_edits_ = std::max(unit_edits_, order.unit_edits.back().number);
    return;
  }
  refused_ = order.document;
  if (!trainer_) show_untrained(order.document);
  if (reset && document_ && trainer_) attempt([&] { adopt(document_, true); });
}

void LiveRun::show_untrained(const std::shared_ptr<const Document>& wanted) {
  untrained_ = nullptr;
  document_ = nullptr;
  try {
    untrained_ = std::make_shared<const Snapshot>(snapshot_of(*wanted, nullptr, 0, tasks_));
  } catch (const std::exception&) {
    // The network itself is at fault: the problem says so, and there is nothing to show.
  }
}

void LiveRun::edit_weights() {
  for (const WeightEdit& edit : order_.weight_edits) {
    if (edit.number <= weight_edits_) continue;
    weight_edits_ = edit.number;
    if (!trainer_ || edit.resets != order_.resets) continue;
    const std::string wrong =
        attempt([&] { trainer_->set_parameter(edit.tensor, edit.index, edit.value); });
    if (problem_.empty()) problem_ = wrong;
    parameters_changed();
  }
}

void LiveRun::keep_document() {
  saves_ = order_.saves_wanted;
  trained_ = nullptr;
  if (!trainer_) return;
  const Document learned = trainer_->document();
  Document whole = *document_;
  whole.weights = learned.weights;
  whole.state = learned.state;
  trained_ = std::make_shared<const Document>(std::move(whole));
}

void LiveRun::parameters_changed() {
  scored_these_ = false;
  if (!for_curve_) scoring_.reset();
}

void LiveRun::adopt(const std::shared_ptr<const Document>& wanted, bool reset) {
  if (!wanted->data) throw Problem("data", "training needs samples");
  const bool keeps_data = document_ && same_data(*document_, *wanted);
  const bool goes_on = trainer_ && !reset && same_start(*document_, *wanted);
  if (goes_on && keeps_data && same_training(*document_, *wanted)) {
    document_ = wanted;  // its title has changed, or its view
    return;
  }
  auto data = keeps_data
                  ? data_
                  : std::make_shared<const DataSet>(make_data(*wanted->data, wanted->folder));
  // Weights in the document were those of its network before it was edited here.
  Document start = *wanted;
  if (document_ && same_start(*document_, *wanted)) fit_start(start);
  auto trainer = std::make_unique<Trainer<float>>(start, data, tasks_);
  auto plan = std::make_shared<const Plan>(trainer->plan());
  kept_.clear();
  bool brought_back = false;
  if (goes_on) {
    const MovedUnits units = moved_units(order_.unit_edits, unit_edits_);
    Transplant kept = trainer->continue_from(*trainer_, units.removed, units.restored);
    if (const auto& past = order_.recall; past && past->plan) {
      // What has diverged is worth nothing: undoing what led there brings all of it back.
      brought_back = !trainer_->divergence().empty();
      if (brought_back)
        trainer->go_back_to(*past->plan, past->parameters);
      else
        trainer->recall(*past->plan, past->parameters, kept);
    }
    kept_ = brought_back
                ? fmt::format("the weights of step {} are back", order_.recall->step)
                : describe_edit(*document_, *wanted, kept, trainer_->plan().parameter_count, *plan);
  } else {
    curve_.clear();
    batch_curve_.clear();
    eras_.clear();
    scored_ = {.step = -1};
  }
  if (!keeps_data) data_number_ = number_of(*data);
  follow_era(*trainer, *wanted);
  if (!goes_on || brought_back || !keeps_data || !same_scores(*document_, *wanted)) {
    scoring_.reset();
    point_wanted_ = true;
    scored_these_ = false;
  }
  untrained_ = nullptr;
  trainer_ = std::move(trainer);
  plan_ = std::move(plan);
  data_ = std::move(data);
  document_ = wanted;
}

void LiveRun::follow_era(const Trainer<float>& trainer, const Document& wanted) {
  CurveEra now = era_of(wanted.training, data_number_);
  now.step = trainer.steps();
  now.epoch = trainer.epochs();
  // What began at this very step has measured nothing yet; and data that are back within an epoch
  // were never meant, as those of a number that was half typed. Both are taken back.
  const auto is_passing = [&] {
    if (eras_.size() < 2) return false;
    const CurveEra &before = eras_[eras_.size() - 2], &last = eras_.back();
    return last.loss == now.loss && before.loss == now.loss && before.data == now.data &&
           last.data != now.data && now.epoch - last.epoch < 1;
  };
  const bool goes_back = !eras_.empty() && (eras_.back().step == now.step || is_passing());
  if (goes_back) eras_.pop_back();
  // Noise that is dragged is one change, not one at each place of the slider.
  const bool is_new = eras_.empty() || eras_.back().loss != now.loss ||
                      (eras_.back().data != now.data && now.epoch - eras_.back().epoch >= 1);
  if (is_new) {
    eras_.push_back(std::move(now));
    return;
  }
  eras_.back().data = now.data;
  if (!goes_back) return;
  curve_.forget(era() + 1);
  batch_curve_.forget(era() + 1);
  scored_ = {.step = -1};
  scored_these_ = false;
  point_wanted_ = true;
}

long LiveRun::steps_left() const { return std::max(0L, order_.steps_wanted - steps_done_); }

bool LiveRun::may_step() const {
  return trainer_ && trainer_->divergence().empty() && (order_.running || steps_left() > 0);
}

void LiveRun::step() {
  const long before = trainer_->steps();
  const double epoch = trainer_->epochs();
  trainer_->step();
  if (trainer_->divergence().empty()) {
    if (batch_curve_.wants(before, 1))
      batch_curve_.add({before, trainer_->last_loss(), epoch, era()});
    if (steps_left() > 0) ++steps_done_;
    parameters_changed();
  } else {
    steps_done_ = std::max(steps_done_, order_.steps_wanted);  // the rest cannot be done
  }
  if (!order_.running || is_flat_out())
    next_step_ = {};
  else  // what was missed for longer than a blink is not made up for
    next_step_ = std::max(next_step_, Clock::now() - 100ms) +
                 std::chrono::duration_cast<Clock::duration>(
                     std::chrono::duration<double>(1 / order_.steps_per_second));
}

bool LiveRun::step_is_due() const {
  return may_step() && (next_step_ == Clock::time_point{} || Clock::now() >= next_step_);
}

int LiveRun::pieces_at_once() const {
  const bool has_slices = scoring_ && point_is_due();
  if (!trainer_ || !is_flat_out() || has_slices) return 1;
  const double step = (plan_->multiplications + work_beside_multiplications) *
                      static_cast<double>(trainer_->samples_per_epoch()) /
                      static_cast<double>(trainer_->steps_per_epoch());
  return std::clamp(static_cast<int>(work_at_once / step), 1, 16);
}

bool LiveRun::point_is_due() const {
  return trainer_ &&
         (point_wanted_ || curve_.wants(trainer_->steps(), trainer_->steps_per_epoch()));
}

bool LiveRun::wants_score_at_rest() const {
  const bool slow = order_.steps_per_second > 0 && order_.steps_per_second <= slow_enough_to_score;
  return trainer_ && !scored_these_ && (slow || !may_step());
}

void LiveRun::begin_score(bool for_curve) {
  using Measured = Trainer<float>::Measured;
  scoring_ = trainer_->begin_scoring(for_curve ? Measured::some : Measured::all);
  for_curve_ = for_curve;
  if (!for_curve) return;
  curve_.begin(trainer_->steps());
  point_wanted_ = false;
}

std::size_t LiveRun::largest_slice() const {
  const double sample = plan_->multiplications + work_beside_multiplications;
  const auto blocks = static_cast<int>(slice_work / (sample * lanes));
  return static_cast<std::size_t>(std::max(blocks, tasks_.threads())) * lanes;
}

std::size_t LiveRun::samples_to_score() const {
  if (!scoring_) return 0;
  const auto left = [](const PartialScore& part) {
    return part.samples.size() - part.losses.size();
  };
  return left(scoring_->training) + left(scoring_->test);
}

void LiveRun::slice(std::size_t samples) {
  trainer_->go_on(*scoring_, samples);
  if (!scoring_->done()) return;
  scored_ = trainer_->finish(*scoring_);
  scored_these_ =
      !for_curve_ || (!scoring_->drawn && scoring_->parameters == trainer_->parameters());
  scored_.era = era();
  if (for_curve_) curve_.add(scored_);
  scoring_.reset();
}

bool LiveRun::work() {
  if (!trainer_) return false;
  try {
    return do_next();
  } catch (const std::bad_alloc&) {  // the memory to work in is taken when it is first needed
    problem_ = no_memory;
    refused_ = order_.document;
    scoring_.reset();
    trainer_ = nullptr;
    plan_ = nullptr;
    data_ = nullptr;
    document_ = nullptr;
    return true;
  }
}

bool LiveRun::do_next() {
  if (point_is_due()) {
    if (scoring_ && for_curve_) {  // one at a time: no step before this point can begin
      slice(largest_slice());
      return true;
    }
    begin_score(true);
  }
  const bool stepping = step_is_due();
  if (stepping) step();
  if (!scoring_ && !stepping && wants_score_at_rest()) begin_score(false);
  if (scoring_) {
    // Beside training a score gets about as much time as the steps.
    const std::size_t batch =
        data_->train.size() / static_cast<std::size_t>(trainer_->steps_per_epoch());
    slice(stepping ? std::min(largest_slice(), 4 * batch) : largest_slice());
    return true;
  }
  return stepping;
}

LiveRun::Clock::time_point LiveRun::due() const {
  if (scoring_ || point_is_due() || wants_score_at_rest()) return {};
  return may_step() ? next_step_ : Clock::time_point::max();
}

std::shared_ptr<const Snapshot> LiveRun::snapshot() const {
  auto made = untrained_ ? std::make_shared<Snapshot>(*untrained_) : std::make_shared<Snapshot>();
  made->trained = trained_;
  made->saves = saves_;
  if (!untrained_) {
    made->document = document_;
    made->plan = plan_;
    made->data = data_;
  }
  made->curve = curve_.points();
  made->batch_curve = batch_curve_.points();
  made->eras = eras_;
  made->scored = scored_;
  made->problem = problem_;
  made->kept = kept_;
  made->order = order_.number;
  made->steps_done = steps_done_;
  made->weight_edits = weight_edits_;
  made->unit_edits = unit_edits_;
  made->settled = settled();
  if (!trainer_) return made;
  made->parameters = trainer_->parameters();
  made->gradient = trainer_->gradient();
  made->step = trainer_->steps();
  made->epochs = trainer_->epochs();
  made->batch_loss = trainer_->last_loss();
  if (!trainer_->divergence().empty())
    // From the start weights it would go wrong again.
    made->divergence =
        trainer_->divergence() +
        (trainer_->steps() == 0   ? ". Training is paused until something is changed."
         : !trainer_->has_moved() ? ". Training is paused: press R."
                                  : ". Training is paused: undo the last change, or press R.");
  return made;
}

}  // namespace crease
