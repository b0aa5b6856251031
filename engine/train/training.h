#pragma once
/// How a document wants its network trained.
#include <cstdint>

#include "registry.h"

namespace crease {

/// Samples per step: a number, or all of the training part.
struct Batch {
  bool full = false;
  int size = 10;
  bool operator==(const Batch&) const = default;
};

/// The order in which samples are drawn: shuffle (a new order each epoch), sequential (as stored),
/// full (all of them each step; the batch is ignored).
enum class Sampling { shuffle, sequential, full };
template <>
inline constexpr std::array<std::string_view, 3> names_of<Sampling>{"shuffle", "sequential",
                                                                    "full"};

enum class Device { automatic, cpu, gpu };
template <>
inline constexpr std::array<std::string_view, 3> names_of<Device>{"auto", "cpu", "gpu"};

struct Training {
  Loss loss;
  Optimiser optimiser;
  Initialiser initialiser;
  Batch batch;
  Sampling sampling = Sampling::shuffle;
  std::uint64_t seed = 1;
  Device device = Device::automatic;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "loss", .help = "what training makes small"}, self.loss);
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
    visit(Field{.name = "seed", .help = "seed of the start values and of the order", .least = 0},
          self.seed);
    visit(Field{.name = "device", .help = "where it is computed", .rare = true}, self.device);
  }
  bool operator==(const Training&) const = default;
};

}  // namespace crease
