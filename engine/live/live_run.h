#pragma once
/// A run in training as the trainer's thread works on it: orders, and work in small pieces between
/// which orders are looked at. No thread in here.
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "live/order.h"
#include "train/trainer.h"

namespace crease {

class LiveRun {
 public:
  using Clock = std::chrono::steady_clock;

  explicit LiveRun(int threads) : tasks_(threads) {}

  /// Makes the run what the order asks for. A document that does not compile leaves the old one in
  /// training and says why.
  void obey(const Order& order);

  /// Does the next piece of work: a step, a slice of a score, or both. False where none is due.
  bool work();
  /// Pieces to do before orders and the clock are looked at again: a few where they are short.
  int pieces_at_once() const;
  /// When the next piece is due; the far future where there is nothing to do.
  Clock::time_point due() const;
  /// Nothing is left to do until the next order.
  bool settled() const { return due() == Clock::time_point::max(); }
  /// Single steps that are still to be done.
  long steps_left() const;

  std::shared_ptr<const Snapshot> snapshot() const;

  /// Samples that one slice of a score may take at most, and those left in the score under way.
  std::size_t largest_slice() const;
  std::size_t samples_to_score() const;

 private:
  void follow(const Order& order, bool reset);
  void adopt(const std::shared_ptr<const Document>& wanted, bool reset);
  void follow_era(const Trainer<float>& trainer, const Document& wanted);
  int era() const { return static_cast<int>(eras_.size()) - 1; }
  /// The network as it would start, where it cannot be trained and nothing else is in training.
  void show_untrained(const std::shared_ptr<const Document>& wanted);
  void edit_weights();
  void keep_document();
  void parameters_changed();

  bool do_next();
  bool may_step() const;
  /// Whether steps follow each other as fast as they can.
  bool is_flat_out() const { return order_.running && order_.steps_per_second == 0; }
  bool step_is_due() const;
  void step();
  bool point_is_due() const;
  bool wants_score_at_rest() const;
  void begin_score(bool for_curve);
  void slice(std::size_t samples);

  Tasks tasks_;
  Order order_;
  std::shared_ptr<const Document> document_;  // the newest one that is in training
  std::shared_ptr<const Document> refused_;   // the newest one that could not be
  std::shared_ptr<const DataSet> data_;
  std::shared_ptr<const Plan> plan_;
  std::unique_ptr<Trainer<float>> trainer_;
  std::shared_ptr<const Snapshot> untrained_;  // without a trainer
  std::shared_ptr<const Document> trained_;    // for Order::saves_wanted
  std::uint64_t data_number_ = 0;              // number_of(*data_)
  long saves_ = 0, steps_done_ = 0, weight_edits_ = 0, unit_edits_ = 0;
  std::string problem_, kept_;
  Clock::time_point next_step_{};

  CurveKeeper<CurvePoint> curve_;
  CurveKeeper<BatchPoint> batch_curve_;
  std::vector<CurveEra> eras_;
  std::optional<Scoring<float>> scoring_;
  bool for_curve_ = false;     // whether the score under way becomes a point of the curve
  bool point_wanted_ = false;  // one at the next opportunity: at the start, after an edit
  CurvePoint scored_{.step = -1};
  bool scored_these_ = false;  // whether scored_ belongs to the parameters as they are
};

}  // namespace crease
