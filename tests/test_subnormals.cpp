/// Numbers too small for full precision become 0 where that is asked for, and nowhere else.
#include "core/subnormals.h"

#include <doctest/doctest.h>

#include <limits>

#include "plain_documents.h"
#include "train/trainer.h"

using namespace crease;

namespace {

constexpr float smallest = std::numeric_limits<float>::min();

/// Halved where no compiler sees it.
float half(float number) {
  volatile float hidden = number;
  hidden = hidden / 2;
  return hidden;
}

std::shared_ptr<const DataSet> data_of(const Document& document) {
  return std::make_shared<const DataSet>(make_data(*document.data, ""));
}

}  // namespace

TEST_SUITE("subnormals") {
  TEST_CASE("they are 0 while it lives, and as always before and after") {
    CHECK(half(smallest) > 0);
#if defined(__SSE2__) || defined(__aarch64__)
    {
      const WithoutSubnormals none;
      CHECK(half(smallest) == 0);
      CHECK(half(1) == 0.5F);
    }
#endif
    CHECK(half(smallest) > 0);
  }

  TEST_CASE("a step leaves the thread as it was, also one that diverges") {
    Document document = plain_documents::spiral();
    for (const double rate : {0.01, 1e38}) {
      document.training.optimiser = Sgd{.rate = rate};
      Tasks tasks(1);
      Trainer<float> trainer(document, data_of(document), tasks);
      for (int i = 0; i < 3; ++i) trainer.step();
      CHECK(trainer.divergence().empty() == (rate < 1));
      CHECK(half(smallest) > 0);
    }
  }
}
