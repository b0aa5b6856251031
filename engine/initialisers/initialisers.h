#pragma once
/// The closed list of initialisers: a new one is a struct in this folder and its name here.
#include <variant>

#include "initialisers/matrix.h"
#include "initialisers/plain.h"
#include "initialisers/scaled.h"

namespace crease {

using InitialiserFamily =
    std::variant<XavierUniform, XavierNormal, HeUniform, HeNormal, LecunUniform, LecunNormal,
                 FanInUniform, Torch, Orthogonal, Identical, Normal, Uniform, Zeros, Constant>;

/// How the parameters of a node start.
struct Initialiser {
  InitialiserFamily family;
  double bias_value = 0;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "family", .help = "distribution of the first weights", .flat = true},
          self.family);
    visit(Field{.name = "bias", .help = "every bias starts here", .rare = true}, self.bias_value);
  }
  void fill(std::span<double> weights, const Fan& fan, Random& random,
            std::span<const std::size_t> shape = {}) const {
    std::visit(
        [&](const auto& f) {
          if constexpr (requires { f.fill(weights, fan, random, shape); })
            f.fill(weights, fan, random, shape);
          else
            f.fill(weights, fan, random);
        },
        family);
  }
  double bias(const Fan& fan, Random& random) const {
    return std::visit(
        [&](const auto& f) {
          if constexpr (requires { f.bias(fan, random); })
            return f.bias(fan, random);
          else
            return bias_value;
        },
        family);
  }
  bool operator==(const Initialiser&) const = default;
};

}  // namespace crease
