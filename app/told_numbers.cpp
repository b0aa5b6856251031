#include "told_numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figure/text.h"
#include "views/words.h"

namespace crease::app {

std::vector<ToldNumber> told_numbers(const std::shared_ptr<const Snapshot>& snapshot) {
  if (!snapshot || !snapshot->plan) return {};
  const auto text = [](double value) {
    return std::isnan(value) ? std::string("–") : number_text(value);
  };
  std::vector<ToldNumber> all;
  all.push_back({"epoch", "epoch", number_text(std::floor(snapshot->epochs), 9), 64, true});
  all.push_back({"steps", "step", number_text(static_cast<double>(snapshot->step), 12), 92});
  if (snapshot->scored.step < 0) return all;
  const Score& training = snapshot->scored.training;
  const Score& test = snapshot->scored.test;
  const bool tested = !snapshot->data->test.empty();
  // Long epochs are measured beside the training; short ones are not all measured later on.
  const bool is_old =
      snapshot->epochs - snapshot->scored.epoch > std::max(1.0, 0.1 * snapshot->epochs);
  const std::string old = is_old ? "Of an epoch before: a newer one is being measured" : "";
  const auto said_of = [&](const Score& score, std::size_t has, const char* part) {
    if (score.samples >= has) return std::string(old);
    return fmt::format("{}{} of the {} {} samples; all of them once training pauses",
                       is_old ? old + ". Of " : "Of ", count_text(score.samples), count_text(has),
                       part);
  };
  const std::string of_training = said_of(training, snapshot->data->train.size(), "training");
  const std::string of_test = said_of(test, snapshot->data->test.size(), "test");
  all.push_back(
      {"train_loss", "train loss", text(training.loss), 82, !tested, is_old, of_training});
  if (tested) all.push_back({"test_loss", "test loss", text(test.loss), 82, true, is_old, of_test});
  if (training.has_accuracy)
    all.push_back({"test_accuracy", tested ? "test accuracy" : "accuracy",
                   percent_text(tested ? test.accuracy : training.accuracy), 96, true, is_old,
                   tested ? of_test : of_training});
  all.back().is_main = true;
  return all;
}

}  // namespace crease::app
