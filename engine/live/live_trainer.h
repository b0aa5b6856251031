#pragma once
/// The trainer's thread: carries out the newest order, publishes snapshots, never waits for a
/// reader.
#include <atomic>
#include <memory>
#include <thread>

#include "live/latest.h"
#include "train/snapshot.h"
#include "train/trainer.h"

namespace crease {

/// What the user wants, as a state and not as a list of commands. Counters only grow, so that
/// nothing is lost when orders overtake each other.
struct Order {
  std::shared_ptr<const Document> document;
  bool running = false;
  double steps_per_second = 0;  ///< 0: flat out
  long number = 0;              ///< grows with each order
  long steps_wanted = 0;        ///< single steps asked for since the start
  long resets = 0;              ///< times the run was asked to start anew
};

class LiveTrainer {
 public:
  /// Snapshots come at most this often.
  static constexpr int most_snapshots_per_second = 30;

  explicit LiveTrainer(int threads = 1);
  ~LiveTrainer();
  LiveTrainer(const LiveTrainer&) = delete;
  LiveTrainer& operator=(const LiveTrainer&) = delete;

  void order(Order order);
  /// The newest snapshot; null before the first.
  std::shared_ptr<const Snapshot> snapshot() const { return snapshots_.get(); }
  Latest<Snapshot>& snapshots() { return snapshots_; }

 private:
  struct Run;
  void serve(int threads);

  Latest<Order> orders_;
  Latest<Snapshot> snapshots_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;  // last: it uses the others
};

}  // namespace crease
