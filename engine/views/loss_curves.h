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
  bool show_train = true;
  bool show_test = true;

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
    visit(Field{.name = "show_train", .help = "show the curves of the samples trained on"},
          self.show_train);
    visit(Field{.name = "show_test", .help = "show the curves of the samples kept back"},
          self.show_test);
  }

  /// With fewer points than this a curve shows each of them.
  static constexpr std::size_t few = 12;

  using Path = std::vector<Point>;
  struct Answer {
    /// Of the points of the four curves. Where the data or the loss became another one, a point
    /// that is not a number breaks them, of step -1.
    std::vector<long> steps;
    std::vector<double> epochs;
    Path training, test, training_accuracy, test_accuracy;
    /// The training and test loss before the loss became another one: numbers of another kind.
    Path other_training, other_test;
    /// In the first epochs there are too few points: then the losses of single batches.
    Path batches;
    std::vector<long> batch_steps;
    std::vector<double> batch_epochs;
    Path smoothed;   ///< of the batches or of the training loss; empty: not wanted
    int window = 1;  ///< that was used for it
    struct Change {
      double at = 0;  ///< in the unit of time
      bool other_loss = false;
    };
    std::vector<Change> changes;
    bool in_epochs = true;
    double steps_per_epoch = 1;
    double now = 0;  ///< how far the run has come, in the unit of time
  };

  std::string refuses(const Snapshot& snapshot) const;
  Answer compute(const Snapshot& snapshot, const Frame& frame, const Cancelled& cancelled) const;
  Figure draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const;
  bool operator==(const LossCurves&) const = default;
};

}  // namespace crease
