#pragma once
/// One number a channel: all pixels of it pooled (deck 000: functions of a set do not depend on the
/// order of its elements).
#include "layers/layer.h"

namespace crease {

namespace global_pool {

/// What the three share: no settings, and one feature a channel.
struct Pool {
  static constexpr Arity arity = Arity::one;
  static constexpr bool keeps_channels = true;
  static void fields(auto&, auto&&) {}
  Shape shape(Inputs in) const {
    if (!in[0].is_image)
      throw Problem("needs an image [channels, height, width], not " + to_string(in[0]));
    return Shape::features(in[0].channels);
  }
  bool operator==(const Pool&) const = default;
};
/// The sum of each channel times `share`.
template <class T>
void forward_sum(Pass<T>& pass, T share);
template <class T>
void backward_sum(Pass<T>& pass, T share);

}  // namespace global_pool

/// Of equal pixels the first in row order wins, and the gradient goes to it.
struct GlobalMaxPool : global_pool::Pool {
  static constexpr std::string_view name = "global_max_pool";
  static constexpr std::string_view formula = "a = max over the channel";
  template <class T>
  void forward(Pass<T>& pass) const;
  template <class T>
  void backward(Pass<T>& pass) const;
  bool operator==(const GlobalMaxPool&) const = default;
};

struct GlobalAvgPool : global_pool::Pool {
  static constexpr std::string_view name = "global_avg_pool";
  static constexpr std::string_view formula = "a = mean over the channel";
  template <class T>
  void forward(Pass<T>& pass) const {
    global_pool::forward_sum(pass, share(pass));
  }
  template <class T>
  void backward(Pass<T>& pass) const {
    global_pool::backward_sum(pass, share(pass));
  }
  bool operator==(const GlobalAvgPool&) const = default;

 private:
  template <class T>
  static T share(const Pass<T>& pass) {
    return static_cast<T>(static_cast<double>(pass.out.size()) /
                          static_cast<double>(pass.in[0].size()));
  }
};

struct GlobalSumPool : global_pool::Pool {
  static constexpr std::string_view name = "global_sum_pool";
  static constexpr std::string_view formula = "a = sum over the channel";
  template <class T>
  void forward(Pass<T>& pass) const {
    global_pool::forward_sum(pass, T{1});
  }
  template <class T>
  void backward(Pass<T>& pass) const {
    global_pool::backward_sum(pass, T{1});
  }
  bool operator==(const GlobalSumPool&) const = default;
};

}  // namespace crease
