/// The names that documents use, each in the registry: what the formats promise stays there.
#include <doctest/doctest.h>

#include <set>
#include <string>

#include "core/fields.h"
#include "data/sources.h"
#include "optimisers/schedule.h"
#include "registry.h"

using namespace crease;

namespace {

using NameSet = std::set<std::string>;

template <class Variant>
NameSet names() {
  NameSet found;
  for_each_alternative<Variant>([&]<class A>(const A&) { found.insert(std::string(A::name)); });
  return found;
}

/// Those of `promised` that the registry does not have.
template <class Variant>
NameSet missing(const NameSet& promised) {
  const NameSet held = names<Variant>();
  NameSet lacking;
  for (const std::string& name : promised)
    if (!held.contains(name)) lacking.insert(name);
  return lacking;
}

}  // namespace

TEST_SUITE("registry") {
  TEST_CASE("nodes and activations") {
    CHECK(missing<Layer>({"dense", "conv2d", "conv_transpose2d", "maxout", "activation", "max_pool",
                          "avg_pool", "global_max_pool", "global_avg_pool", "global_sum_pool",
                          "upsample", "batch_norm", "layer_norm", "dropout", "flatten", "add",
                          "concat", "multiply", "dot"}) == NameSet{});
    CHECK(missing<Activation>({"identity", "relu", "leaky_relu", "prelu", "abs", "elu", "selu",
                               "sigmoid", "tanh", "hard_tanh", "softplus", "gelu", "silu",
                               "hard_swish", "sine", "step", "softmax"}) == NameSet{});
  }

  TEST_CASE("losses, optimisers, schedules, initialisers") {
    CHECK(missing<Loss>({"mse", "half_mse", "l1", "huber", "smooth_l1", "bce", "bce_logits",
                         "cross_entropy", "cross_entropy_logits", "hinge", "multiclass_hinge",
                         "focal_logits", "dice", "jaccard", "cosine", "kl_logits", "emd",
                         "gaussian_nll", "linear"}) == NameSet{});
    CHECK(missing<Optimiser>({"sgd", "adagrad", "rmsprop", "adam", "adamw", "perceptron"}) ==
          NameSet{});
    CHECK(missing<Schedule>({"constant", "step", "cosine", "warmup", "inverse_time"}) == NameSet{});
    CHECK(missing<decltype(Initialiser::family)>(
              {"zeros", "constant", "identity", "normal", "uniform", "fan_in_uniform", "torch",
               "lecun_uniform", "lecun_normal", "xavier_uniform", "xavier_normal", "he_uniform",
               "he_normal", "orthogonal"}) == NameSet{});
  }

  TEST_CASE("sources of data") {
    CHECK(missing<Source>({"and",
                           "or",
                           "xor4",
                           "xor4_signed",
                           "xor",
                           "circle",
                           "gauss",
                           "spiral",
                           "spiral3",
                           "moons",
                           "rings",
                           "checkerboard",
                           "stripes",
                           "regression_plane",
                           "regression_gauss",
                           "sine",
                           "step_function",
                           "line",
                           "udl_line",
                           "udl_curve",
                           "mnist1d",
                           "shapes",
                           "csv",
                           "idx",
                           "mnist",
                           "fashion_mnist",
                           "points"}) == NameSet{});
  }
}
