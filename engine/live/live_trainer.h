#pragma once
/// The trainer's thread: carries out the newest order, publishes snapshots, never waits for a
/// reader.
#include <atomic>
#include <memory>
#include <thread>

#include "live/latest.h"
#include "live/order.h"

namespace crease {

class LiveTrainer {
 public:
  /// Snapshots come at most this often, but at once after an order and when all is done.
  static constexpr int most_snapshots_per_second = 30;

  /// Networks too small to share their work stay on one thread whatever the number.
  explicit LiveTrainer(int threads = threads_beside_a_window());
  ~LiveTrainer();
  LiveTrainer(const LiveTrainer&) = delete;
  LiveTrainer& operator=(const LiveTrainer&) = delete;

  /// All hardware threads but the one that draws, at least one.
  static int threads_beside_a_window();

  void order(Order order);
  /// The newest snapshot; null before the first.
  std::shared_ptr<const Snapshot> snapshot() const { return snapshots_.get(); }
  Latest<Snapshot>& snapshots() { return snapshots_; }

 private:
  void serve(int threads);

  Latest<Order> orders_;
  Latest<Snapshot> snapshots_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;  // last: it uses the others
};

}  // namespace crease
