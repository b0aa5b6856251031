#pragma once
/// The two well-known sets of 28 × 28 grey images in ten classes.
#include "data/source.h"

namespace crease {

/// Handwritten digits (LeCun, Cortes and Burges 1998): the full set (60,000 and 10,000) where it is
/// installed in data_folder()/mnist, otherwise the sample in assets_folder()/mnist (6,000 and
/// 1,000).
struct Mnist {
  static constexpr std::string_view name = "mnist";
  static constexpr std::string_view help = "handwritten digits, 28 × 28";
  static constexpr int samples = 0;
  static constexpr double test_fraction = 0;

  static void fields(auto&, auto&&) {}
  DataSet make(const Request& request) const;
  bool operator==(const Mnist&) const = default;
};

/// Pictures of clothes (Xiao, Rasul and Vollgraf 2017) in data_folder()/fashion_mnist or from the
/// package dataset-fashion-mnist.
struct FashionMnist {
  static constexpr std::string_view name = "fashion_mnist";
  static constexpr std::string_view help = "pictures of clothes, 28 × 28";
  static constexpr int samples = 0;
  static constexpr double test_fraction = 0;

  static void fields(auto&, auto&&) {}
  DataSet make(const Request& request) const;
  bool operator==(const FashionMnist&) const = default;
};

}  // namespace crease
