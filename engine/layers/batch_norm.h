#pragma once
#include "layers/layer.h"

namespace crease {

/// Batch normalisation (Ioffe and Szegedy 2015; deck 002, with its misprints put right): each
/// feature or channel to mean 0 and variance 1, then a scale and a shift. Training takes the mean
/// and the (biased) variance of the batch, and moves the running statistics by `momentum` towards
/// them (the variance unbiased); evaluation takes the running ones.
///
/// So in training samples depend on each other. net/whole_batch.h runs all blocks up to this node,
/// lets each block measure() its part, puts the parts together in settle(), and goes on; backward
/// likewise.
struct BatchNorm {
  static constexpr std::string_view name = "batch_norm";
  static constexpr std::string_view formula = "a = w (x - mean)/sqrt(var + epsilon) + b";
  static constexpr Arity arity = Arity::one;
  static constexpr bool keeps_channels = true;
  static constexpr bool across_batch = true;
  double epsilon = 1e-5;
  double momentum = 0.1;

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "epsilon",
                .help = "keeps the division finite",
                .least = 0,
                .most = 1,
                .logarithmic = true,
                .rare = true},
          self.epsilon);
    visit(Field{.name = "momentum",
                .help = "how far the running statistics move to the batch's",
                .least = 0,
                .most = 1,
                .rare = true},
          self.momentum);
  }
  Shape shape(Inputs in) const { return in[0]; }
  std::vector<ParameterBlock> blocks(Inputs in) const;
  Memory memory(Inputs in) const { return {in[0].size(), 0}; }
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;

  /// What one block tells: two numbers a channel, of `count` values each.
  struct Part {
    double count = 0;
    std::vector<double> first, second;
  };
  /// Numbers of `shared`: five a channel.
  static std::size_t shared_numbers(Inputs in);
  /// Forward: mean and sum of squared deviations. Backward: sums of dy and of dy times the
  /// normalised value.
  template <class T>
  void measure(const Pass<T>& pass, bool backward, Part& part) const;
  /// Puts the parts of all blocks together, in order.
  template <class T>
  void settle(std::span<const Part> parts, bool backward, T* shared) const;
  /// One step of the running statistics, after settle() of `count` values a channel.
  template <class T>
  void move_statistics(std::size_t channels, double count, const T* shared, T* mean,
                       T* variance) const;
  bool operator==(const BatchNorm&) const = default;
};

}  // namespace crease
