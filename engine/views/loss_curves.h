#pragma once
#include "views/view.h"

namespace crease {

enum class TimeUnit { epochs, steps };
template <>
inline constexpr std::array<std::string_view, 2> names_of<TimeUnit>{"epochs", "steps"};

/// How loss and accuracy came to be what they are.
struct LossCurves {
  static constexpr std::string_view name = "loss";
  static constexpr std::string_view title = "Loss";
  static constexpr std::string_view needs = "data to train on";
  bool log_loss = true;
  bool log_x = false;
  TimeUnit x = TimeUnit::epochs;
  int smoothing = 1;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "log_loss", .help = "the loss on a logarithmic axis"}, self.log_loss);
    visit(Field{.name = "log_x", .help = "time on a logarithmic axis"}, self.log_x);
    visit(Field{.name = "x", .help = "what time is counted in"}, self.x);
    visit(Field{.name = "smoothing",
                .help = "window of the exponential mean of the training loss, in points; 1: none",
                .least = 1,
                .most = 1000,
                .logarithmic = true},
          self.smoothing);
  }

  using Path = std::vector<Point>;
  struct Answer {
    std::vector<long> steps;  ///< of the points of the four curves
    Path training, test, training_accuracy, test_accuracy;
    /// In the first epochs there are too few points: then the losses of single batches.
    Path batches;
    Path smoothed;   ///< of the batches or of the training loss; empty: not wanted
    int window = 1;  ///< that was used for it
    bool in_epochs = true;
    double steps_per_epoch = 1;
  };

  std::string refuses(const Snapshot& snapshot) const;
  Answer compute(const Snapshot& snapshot, const Frame& frame, const Cancelled& cancelled) const;
  Figure draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const;
  bool operator==(const LossCurves&) const = default;
};

}  // namespace crease
