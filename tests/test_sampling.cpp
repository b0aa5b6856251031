/// Which samples an epoch draws: with replacement, one at a time, classes made equal.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "train/sampler.h"

using namespace crease;

namespace {

/// Twelve samples of class 0, three of class 1, six of class 2, mixed.
DataSet unequal() {
  DataSet data;
  for (const int c : {0, 0, 2, 0, 1, 0, 2, 0, 0, 2, 0, 1, 0, 2, 0, 0, 2, 0, 1, 2, 0})
    data.classes.push_back(c);
  data.class_count = 3;
  return data;
}

std::vector<std::size_t> all(std::size_t n) {
  std::vector<std::size_t> samples(n);
  std::iota(samples.begin(), samples.end(), std::size_t{0});
  return samples;
}

std::vector<std::size_t> epoch(Sampler& sampler) {
  std::vector<std::size_t> drawn;
  for (long i = 0; i < sampler.steps_per_epoch(); ++i) {
    const auto batch = sampler.next();
    drawn.insert(drawn.end(), batch.begin(), batch.end());
  }
  return drawn;
}

std::map<int, std::size_t> count(const std::vector<std::size_t>& drawn, const DataSet& data) {
  std::map<int, std::size_t> counts;
  for (const std::size_t i : drawn) ++counts[data.classes[i]];
  return counts;
}

}  // namespace

TEST_SUITE("sampling") {
  TEST_CASE("over and under: every class as often, in every way of sampling") {
    const DataSet data = unequal();
    for (const Sampling sampling :
         {Sampling::shuffle, Sampling::sequential, Sampling::full, Sampling::one}) {
      Training training;
      training.sampling = sampling;
      training.batch.size = 4;
      training.balance = Balance::over;
      Sampler over(all(21), training, data);
      CHECK(over.epoch_size() == 36);
      const auto drawn = epoch(over);
      CHECK(count(drawn, data) == std::map<int, std::size_t>{{0, 12}, {1, 12}, {2, 12}});
      for (std::size_t i = 0; i < 21; ++i)  // nobody is left out
        CHECK(std::count(drawn.begin(), drawn.end(), i) >= 1);
      training.balance = Balance::under;
      Sampler under(all(21), training, data);
      CHECK(count(epoch(under), data) == std::map<int, std::size_t>{{0, 3}, {1, 3}, {2, 3}});
      auto first = epoch(under), second = epoch(under);
      std::sort(first.begin(), first.end());
      std::sort(second.begin(), second.end());
      CHECK(first != second);  // others are left out the next time
    }
  }

  TEST_CASE("targets given in the document have classes too; real ones have none") {
    DataSet data;
    data.targets = (Eigen::MatrixXd(1, 6) << 0, 1, 1, 1, 1, 1).finished();
    data.targets_as_given = true;
    Training training;
    training.balance = Balance::over;
    CHECK(Sampler(all(6), training, data).epoch_size() == 10);
    data.targets << 0.1, 0.2, 0.3, 0.4, 0.5, 0.6;
    CHECK_THROWS_AS(Sampler(all(6), training, data), Problem);
    data.targets_as_given = false;
    CHECK_THROWS_AS(Sampler(all(6), training, data), Problem);
  }

  TEST_CASE("with replacement some come twice; one at a time all come once") {
    Training training;
    training.sampling = Sampling::replacement;
    for (const bool full : {false, true}) {
      training.batch = {.full = full, .size = 8};
      Sampler sampler(all(100), training, DataSet{});
      const auto first = epoch(sampler), second = epoch(sampler);
      CHECK(first.size() == 100);
      CHECK(first != second);
      const std::set<std::size_t> distinct(first.begin(), first.end());
      CHECK(distinct.size() > 50);  // 63 are expected
      CHECK(distinct.size() < 76);
    }
    training.sampling = Sampling::one;
    Sampler one(all(30), training, DataSet{});
    CHECK(one.steps_per_epoch() == 30);
    CHECK(one.next().size() == 1);
  }

  TEST_CASE("an epoch and a place in it say everything") {
    const DataSet data = unequal();
    for (const Sampling sampling : {Sampling::shuffle, Sampling::replacement})
      for (const Balance balance : {Balance::none, Balance::over, Balance::under}) {
        Training training;
        training.sampling = sampling;
        training.balance = balance;
        training.batch.size = 4;
        Sampler whole(all(21), training, data), later(all(21), training, data);
        for (int i = 0; i < 9; ++i) whole.next();
        later.go_to(whole.epoch(), whole.position());
        for (int i = 0; i < 9; ++i) {
          const auto a = whole.next(), b = later.next();
          CHECK(std::vector(a.begin(), a.end()) == std::vector(b.begin(), b.end()));
        }
      }
  }
}
