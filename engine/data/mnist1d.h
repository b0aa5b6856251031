#pragma once
/// Ten classes of short signals (Greydanus 2020, MNIST-1D): small, yet what the structure of a
/// network is worth shows on it.
#include <span>
#include <vector>

#include "data/source.h"

namespace crease {

namespace source {

/// A signal at `length` places in equal steps from its first point to its last, by straight lines.
std::vector<double> resample(std::span<const double> signal, std::size_t length);
/// A Gaussian filter of standard deviation 2 and radius 8; beyond its ends the signal is mirrored.
std::vector<double> smooth(std::span<const double> signal);
/// The random numbers of one MNIST-1D sample, in the order in which they are drawn.
struct SignalDraws {
  double padding = 0, scale = 0;     ///< uniform in [0, 1)
  int shift = 0;                     ///< 0 .. 47
  std::vector<double> coarse, fine;  ///< 72 normal numbers each
  double shear = 0;
};
/// One signal of 40 numbers of a class, before the set is whitened.
std::vector<double> signal_of(int digit, const SignalDraws& draws);

}  // namespace source

/// The published recipe step by step, with our own random numbers: padded to 72 points, scaled,
/// shifted, noise where nothing was, correlated noise, sheared, cut to 40; then the whole set is
/// whitened by the mean and the standard deviation of all its numbers. Sample i is of class i mod
/// 10. `noise` adds N(0, noise) at the end.
struct Mnist1d {
  static constexpr std::string_view name = "mnist1d";
  static constexpr std::string_view help = "signals of forty numbers in ten classes";
  static constexpr int samples = 5000;
  static constexpr double test_fraction = 0.2;

  static void fields(auto&, auto&&) {}
  DataSet make(const Request& request) const;
  bool operator==(const Mnist1d&) const = default;
};

}  // namespace crease
