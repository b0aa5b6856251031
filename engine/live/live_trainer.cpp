#include "live/live_trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <new>

namespace crease {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// Curves keep at most this many points: then every second one goes.
constexpr std::size_t most_points = 2048;

bool same_run(const Document& a, const Document& b) {
  return a.network == b.network && a.training == b.training && a.weights == b.weights &&
         a.state == b.state;
}

}  // namespace

/// What belongs to the thread alone.
struct LiveTrainer::Run {
  explicit Run(int threads) : tasks(threads) {}

  Tasks tasks;
  std::shared_ptr<const Document> document;  // the newest one that is in training
  std::shared_ptr<const Document> refused;   // the newest one that could not be
  std::shared_ptr<const DataSet> data;
  std::shared_ptr<const Plan> plan;
  std::unique_ptr<Trainer<float>> trainer;
  std::vector<CurvePoint> curve;
  long curve_stride = 1, scored_step = -1;
  long resets = 0, steps_done = 0, order = 0;
  std::string problem, kept;
  Clock::time_point next_step{}, next_snapshot{};

  /// Makes the run what the order asks for. A document that does not compile leaves the old one
  /// running.
  void reconcile(const Order& wanted) {
    order = wanted.number;
    const bool reset = wanted.resets != resets;
    next_step = std::min(next_step, Clock::now());  // a new speed holds from now on
    if (!reset && wanted.document == refused) return;
    if (!reset && wanted.document == document) {
      problem.clear();
      refused = nullptr;
      return;
    }
    try {
      adopt(wanted.document, reset);
      resets = wanted.resets;
      problem.clear();
      refused = nullptr;
    } catch (const std::bad_alloc&) {
      problem = "there is not enough memory for this network and data";
      refused = wanted.document;
      resets = wanted.resets;
    } catch (const Problem& wrong) {
      problem = wrong.what();
      refused = wanted.document;
      resets = wanted.resets;
    }
  }

  void adopt(const std::shared_ptr<const Document>& wanted, bool reset) {
    if (!wanted->data) throw Problem("data", "training needs samples");
    const bool same_data =
        document && data && document->data == wanted->data && document->folder == wanted->folder;
    if (same_data && !reset && same_run(*document, *wanted)) {
      document = wanted;
      return;
    }
    auto new_data = same_data
                        ? data
                        : std::make_shared<const DataSet>(make_data(*wanted->data, wanted->folder));
    auto new_trainer = std::make_unique<Trainer<float>>(*wanted, new_data, tasks);
    kept.clear();
    if (trainer && !reset && document->weights == wanted->weights &&
        document->state == wanted->state)
      kept = describe(new_trainer->continue_from(*trainer), new_trainer->plan());
    else
      start_curve();
    trainer = std::move(new_trainer);
    plan = std::make_shared<const Plan>(trainer->plan());
    data = std::move(new_data);
    document = wanted;
  }

  void start_curve() {
    curve.clear();
    curve_stride = 1;
    scored_step = -1;
  }

  bool may_step(const Order& wanted) const {
    return trainer && trainer->divergence().empty() &&
           (wanted.running || steps_done < wanted.steps_wanted);
  }

  void step(const Order& wanted) {
    trainer->step();
    if (steps_done < wanted.steps_wanted) ++steps_done;
    if (wanted.steps_per_second > 0)
      next_step = std::max(next_step, Clock::now() - 100ms) +
                  std::chrono::duration_cast<Clock::duration>(
                      std::chrono::duration<double>(1 / wanted.steps_per_second));
    else
      next_step = Clock::now();
  }

  /// Scores the parts once an epoch, and before the first step.
  void score() {
    if (!trainer || trainer->steps() == scored_step) return;
    const long every = trainer->steps_per_epoch() * curve_stride;
    if (scored_step >= 0 && trainer->steps() / every == scored_step / every) return;
    scored_step = trainer->steps();
    curve.push_back({trainer->steps(), trainer->score_training(), trainer->score_test()});
    if (curve.size() <= most_points) return;
    std::vector<CurvePoint> thinned;
    for (std::size_t i = 0; i < curve.size(); i += 2) thinned.push_back(curve[i]);
    curve = std::move(thinned);
    curve_stride *= 2;
  }

  std::shared_ptr<const Snapshot> snapshot() const {
    auto made = std::make_shared<Snapshot>();
    made->document = document;
    made->plan = plan;
    made->data = data;
    made->problem = problem;
    made->kept = kept;
    made->order = order;
    made->steps_done = steps_done;
    made->curve = curve;
    if (trainer) {
      made->parameters = trainer->parameters();
      made->gradient = trainer->gradient();
      made->step = trainer->steps();
      made->epochs = trainer->epochs();
      made->batch_loss = trainer->last_loss();
      made->divergence = trainer->divergence();
    }
    return made;
  }
};

LiveTrainer::LiveTrainer(int threads) : thread_([this, threads] { serve(threads); }) {}

LiveTrainer::~LiveTrainer() {
  stopping_ = true;
  orders_.put(nullptr);
  thread_.join();
}

void LiveTrainer::order(Order order) {
  orders_.put(std::make_shared<const Order>(std::move(order)));
}

void LiveTrainer::serve(int threads) {
  constexpr auto interval = 1000ms / most_snapshots_per_second;
  Run run(threads);
  Order wanted;
  unsigned long seen = 0;
  bool unpublished = false;
  while (!stopping_) {
    const unsigned long number = orders_.number();
    if (number != seen) {
      seen = number;
      if (const auto newest = orders_.get()) wanted = *newest;
      if (wanted.document) run.reconcile(wanted);
      run.next_snapshot = {};  // an order is answered at once
      unpublished = true;
    }
    const auto now = Clock::now();
    const bool stepping = run.may_step(wanted);
    if (stepping && now >= run.next_step) {
      run.step(wanted);
      unpublished = true;
    }
    run.score();
    if (unpublished && now >= run.next_snapshot) {
      snapshots_.put(run.snapshot());
      run.next_snapshot = now + interval;
      unpublished = false;
    }
    if (stepping && run.next_step <= Clock::now()) continue;
    // Nothing to do before the next step or snapshot is due: sleep, but wake at once for an order.
    auto longest = 1000ms;
    const auto until = [&](Clock::time_point when) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(when - Clock::now());
      longest = std::clamp(left, 0ms, longest);
    };
    if (stepping) until(run.next_step);
    if (unpublished) until(run.next_snapshot);
    orders_.wait(seen, longest);
  }
}

}  // namespace crease
