#include "live/live_trainer.h"

#include <algorithm>
#include <chrono>

#include "live/live_run.h"

namespace crease {

using namespace std::chrono_literals;

LiveTrainer::LiveTrainer(int threads) : thread_([this, threads] { serve(threads); }) {}

LiveTrainer::~LiveTrainer() {
  stopping_ = true;
  orders_.put(nullptr);
  thread_.join();
}

int LiveTrainer::threads_beside_a_window() { return std::max(1, hardware_threads() - 1); }

void LiveTrainer::order(Order order) {
  orders_.put(std::make_shared<const Order>(std::move(order)));
}

void LiveTrainer::serve(int threads) {
  using Clock = LiveRun::Clock;
  constexpr auto interval = 1000ms / most_snapshots_per_second;
  LiveRun run(threads);
  unsigned long seen = 0;
  Clock::time_point next_snapshot{};
  bool news = false;
  while (!stopping_) {
    if (const unsigned long number = orders_.number(); number != seen) {
      seen = number;
      if (const auto newest = orders_.get()) run.obey(*newest);
      next_snapshot = {};  // an order is answered at once
      news = true;
    }
    bool worked = run.work();
    news = news || worked;
    for (int left = run.pieces_at_once() - 1; left > 0 && worked && orders_.number() == seen;
         --left)
      worked = run.work();
    if (news && (Clock::now() >= next_snapshot || run.settled())) {
      snapshots_.put(run.snapshot());
      next_snapshot = Clock::now() + interval;
      news = false;
    }
    if (worked) continue;
    // Nothing to do before the next step or snapshot is due: sleep, but wake at once for an order.
    auto longest = 1000ms;
    const auto until = [&](Clock::time_point when) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(when - Clock::now());
      longest = std::clamp(left, 0ms, longest);
    };
    if (!run.settled()) until(run.due());
    if (news) until(next_snapshot);
    orders_.wait(seen, longest);
  }
}

}  // namespace crease
