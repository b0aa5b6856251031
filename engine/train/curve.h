#pragma once
/// Learning curves: points along a run, thinned so that they never become too many, and shared
/// between the snapshots that show them.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "train/batch_runner.h"

namespace crease {

/// Loss and accuracy over the training and the test part, or over a tenth of the samples of each,
/// of the parameters after `step` steps.
struct CurvePoint {
  long step = 0;
  Score training = {}, test = {};
  double epoch = 0;  ///< completed passes over the training part by then
  int era = 0;
};

/// The loss of one batch, of the parameters after `step` steps (those that the next step changes).
struct BatchPoint {
  long step = 0;
  double loss = 0;
  double epoch = 0;
  int era = 0;
};

/// A part of a run that is measured by one loss on one set of data; points carry its number.
struct CurveEra {
  long step = 0;           ///< at which it began
  double epoch = 0;        ///< likewise
  std::string loss = {};   ///< with all its settings, as a document says it
  std::uint64_t data = 0;  ///< a number of the samples and their parts: equal for equal ones
};

/// A list that does not change any more; copies share it.
template <class T>
class SharedList {
 public:
  SharedList() = default;
  SharedList(std::vector<T> items)
      : items_(std::make_shared<const std::vector<T>>(std::move(items))) {}

  const std::vector<T>& items() const {
    static const std::vector<T> none;
    return items_ ? *items_ : none;
  }
  auto begin() const { return items().begin(); }
  auto end() const { return items().end(); }
  std::size_t size() const { return items().size(); }
  bool empty() const { return items().empty(); }
  const T& operator[](std::size_t i) const { return items()[i]; }
  const T& front() const { return items().front(); }
  const T& back() const { return items().back(); }
  /// Whether both are one list in memory.
  bool shares(const SharedList& other) const { return items_ == other.items_; }

 private:
  std::shared_ptr<const std::vector<T>> items_;
};

/// Collects the points of a run as it goes. Which steps have a point follows from the steps alone,
/// never from how long anything took.
template <class Point>
class CurveKeeper {
 public:
  /// Beyond this many points every second one goes, and only half as many are wanted from then on.
  static constexpr std::size_t most_points = 2048;

  /// Whether the run has come to a point, for one point in `every` steps.
  bool wants(long step, long every) const {
    const long apart = every * stride_;
    return newest_ < 0 || step / apart != newest_ / apart;
  }
  /// Says that the point of this step is being worked out, and will be added.
  void begin(long step) { newest_ = step; }
  /// Adds a point; it takes the place of one at the same step.
  void add(const Point& point) {
    shared_ = {};
    newest_ = std::max(newest_, point.step);
    if (!points_.empty() && points_.back().step == point.step) points_.pop_back();
    points_.push_back(point);
    if (points_.size() <= most_points) return;
    for (std::size_t i = 0; 2 * i < points_.size(); ++i) points_[i] = points_[2 * i];
    points_.resize((points_.size() + 1) / 2);
    stride_ *= 2;
  }
  void clear() { *this = {}; }
  /// Drops the points of an era that is taken back, which are the last.
  void forget(int era) {
    while (!points_.empty() && points_.back().era == era) points_.pop_back();
    newest_ = points_.empty() ? -1 : points_.back().step;
    shared_ = {};
  }
  /// Copied only when a point has come since the last call.
  SharedList<Point> points() const {
    if (shared_.size() != points_.size()) shared_ = SharedList<Point>(points_);
    return shared_;
  }

 private:
  std::vector<Point> points_;
  long stride_ = 1;
  long newest_ = -1;  // step of the newest point, begun or added
  mutable SharedList<Point> shared_;
};

}  // namespace crease
