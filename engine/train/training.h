#pragma once
/// How a document wants its network trained.
#include <cstdint>
#include <map>
#include <string>

#include "registry.h"

namespace crease {

/// Samples per step: a number, or all of the training part.
struct Batch {
  bool full = false;
  int size = 10;
  bool operator==(const Batch&) const = default;
};

/// The order in which samples are drawn: shuffle (a new order each epoch), sequential (as stored),
/// replacement (each drawn from all), full (all of them each step) and one (a single sample each
/// step, in a new order each epoch); the last two ignore the batch.
enum class Sampling { shuffle, sequential, replacement, full, one };
template <>
inline constexpr std::array<std::string_view, 5> names_of<Sampling>{"shuffle", "sequential",
                                                                    "replacement", "full", "one"};

/// What an epoch does about classes of unequal size: nothing; draws from the smaller ones again
/// (over) until all are as large as the largest; or leaves out some of the larger ones (under).
enum class Balance { none, over, under };
template <>
inline constexpr std::array<std::string_view, 3> names_of<Balance>{"none", "over", "under"};

/// The loss of one of several outputs.
struct WeightedLoss {
  Loss loss;
  double weight = 1;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "loss", .help = "what training makes small", .flat = true}, self.loss);
    visit(Field{.name = "weight", .help = "its share in the sum", .least = 0}, self.weight);
  }
  bool operator==(const WeightedLoss&) const = default;
};

struct Training;
/// The loss of the only output; of several, the one that all have where none has its own.
const Loss& loss_of(const Training& training);

enum class Device { automatic, cpu, gpu };
template <>
inline constexpr std::array<std::string_view, 3> names_of<Device>{"auto", "cpu", "gpu"};

struct Training {
  Loss loss;
  std::map<std::string, WeightedLoss> losses;  ///< by output; empty: all have `loss`
  Optimiser optimiser;
  Initialiser initialiser;
  Batch batch;
  Sampling sampling = Sampling::shuffle;
  Balance balance = Balance::none;
  std::uint64_t seed = 1;
  Device device = Device::automatic;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "loss", .help = "what training makes small"}, self.loss);
    visit(Field{.name = "losses", .help = "a loss for each of several outputs"}, self.losses);
    visit(Field{.name = "optimiser", .help = "how a gradient becomes a step"}, self.optimiser);
    visit(Field{.name = "initialiser", .help = "where the weights start"}, self.initialiser);
    visit(Field{.name = "batch",
                .help = "samples per step, or \"full\"",
                .least = 1,
                .most = 1e9,
                .logarithmic = true,
                .from = 1,
                .to = 512},
          self.batch);
    visit(Field{.name = "sampling", .help = "the order in which samples are drawn", .rare = true},
          self.sampling);
    visit(Field{.name = "balance",
                .help = "over: draw from small classes again; under: leave some of large ones out",
                .rare = true},
          self.balance);
    visit(Field{.name = "seed", .help = "seed of the start values and of the order", .least = 0},
          self.seed);
    visit(Field{.name = "device", .help = "where it is computed", .rare = true}, self.device);
  }
  bool operator==(const Training&) const = default;
};

inline const Loss& loss_of(const Training& training) {
  return training.losses.size() == 1 ? training.losses.begin()->second.loss : training.loss;
}

}  // namespace crease
