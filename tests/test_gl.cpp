// OpenGL without a display: contexts, pictures drawn and read back, a network computed by a
// shader and by the processor.
#include <doctest/doctest.h>

#ifdef CREASE_WITH_GL

#include <cmath>
#include <cstdlib>
#include <limits>

#include "gl/context.h"
#include "gl/grid_field.h"
#include "gl/target.h"
#include "net/parameters.h"
#include "train/derivatives.h"

using namespace crease;

namespace {

// Null, and a line that says so, where this machine has no OpenGL; with CI set that is a failure.
std::unique_ptr<gl::HiddenContext> context() {
  auto made = gl::HiddenContext::create();
  if (const auto* why = std::get_if<std::string>(&made)) {
    if (std::getenv("CI") != nullptr)
      FAIL(*why);
    else
      MESSAGE("SKIP: " << *why);
    return nullptr;
  }
  return std::move(std::get<0>(made));
}

bool can_compute(const gl::HiddenContext& context) {
  const std::string why = gl::no_compute(context.facts());
  if (why.empty()) return true;
  if (std::getenv("CI") != nullptr)
    FAIL(why);
  else
    MESSAGE("SKIP: " << why);
  return false;
}

Node dense(std::string id, int units, Activation activation, bool bias = true) {
  return {.id = std::move(id),
          .layer = Dense{.units = units, .bias = bias, .activation = activation}};
}

Document with(std::vector<Node> nodes) {
  Document document;
  document.network.nodes = std::move(nodes);
  return document;
}

}  // namespace

TEST_SUITE("gl") {
  TEST_CASE("a hidden context has at least OpenGL 3.3") {
    const auto made = context();
    if (!made) return;
    MESSAGE("OpenGL " << made->facts().major << "." << made->facts().minor << " by "
                      << made->facts().renderer << ", " << made->platform());
    CHECK(made->facts().at_least(3, 3));
    CHECK_FALSE(made->facts().renderer.empty());
    made->release();
    made->make_current();
    CHECK(gl::facts().renderer == made->facts().renderer);
  }

  TEST_CASE("two contexts live beside each other") {
    const auto first = context();
    if (!first) return;
    {
      const auto second = context();
      REQUIRE(second);
      CHECK(second->facts().renderer == first->facts().renderer);
    }
    first->make_current();
    CHECK_NOTHROW(gl::Target(4, 4));
  }

  TEST_CASE("what is drawn is read back from the top") {
    const auto made = context();
    if (!made) return;
    const gl::Target target(3, 2);
    target.bind();
    glClearColor(0, 0, 1, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glEnable(GL_SCISSOR_TEST);
    glScissor(0, 1, 1, 1);  // OpenGL's rows begin at the bottom
    glClearColor(1, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glDisable(GL_SCISSOR_TEST);
    const auto pixels = target.read();
    REQUIRE(pixels.size() == 24);
    CHECK(pixels[0] == 255);  // the upper left pixel is red
    CHECK(pixels[2] == 0);
    for (std::size_t i = 1; i < 6; ++i) {
      CHECK(pixels[4 * i] == 0);
      CHECK(pixels[4 * i + 2] == 255);
    }
  }

  TEST_CASE("an old OpenGL is told apart") {
    CHECK(gl::no_compute({4, 3, "A", false}).empty());
    CHECK(gl::no_compute({4, 6, "A", false}).empty());
    const std::string why = gl::no_compute({4, 1, "Old Card", false});
    CHECK(why.find("4.3") != std::string::npos);
    CHECK(why.find("Old Card") != std::string::npos);
  }

  TEST_CASE("a broken shader is answered in words") {
    const auto made = context();
    if (!made || !can_compute(*made)) return;
    CHECK_THROWS_WITH_AS(gl::ComputeProgram("broken.comp", "#version 430\nvoid main() { x; }"),
                         doctest::Contains("broken.comp does not compile"), std::runtime_error);
    CHECK(glGetError() == GL_NO_ERROR);
  }

  TEST_CASE("the shader gives what the processor gives") {
    const auto made = context();
    if (!made || !can_compute(*made)) return;
    const std::vector<Document> documents{
        with({dense("a", 1, Identity{}, false)}),
        with({dense("h", 16, Relu{}), dense("g", 16, LeakyRelu{.slope = 0.2}),
              dense("out", 1, Sigmoid{})}),
        with({dense("h", 64, Tanh{}), dense("g", 33, Tanh{}, false), dense("out", 3, Identity{})})};
    const gl::Grid grid{-2, 1.5, -1, 3, 37, 23};
    for (const Document& document : documents) {
      const Plan plan = compile_or_throw(document.network);
      REQUIRE(gl::GridField::refuses(plan).empty());
      gl::GridField field(plan);
      const std::size_t outputs = plan.output_shape().size();
      for (const std::uint64_t seed : {1, 2, 3}) {
        AlignedVector<float> flat = initialise<float>(plan, Initialiser{XavierUniform{}}, seed);
        for (float& each : flat) each *= 2;
        const auto values = field.evaluate(flat, grid);
        Document trained = document;
        trained.weights = write_tensors(plan, flat);
        Tensor inputs{{std::size_t{37} * 23, 2}, {}};
        for (int row = 0; row < grid.rows; ++row)
          for (int column = 0; column < grid.columns; ++column) {
            inputs.data.push_back(-2 + 3.5 * (column + 0.5) / 37);
            inputs.data.push_back(3 - 4 * (row + 0.5) / 23);
          }
        const Tensor expected = evaluate(trained, inputs);
        REQUIRE(values.size() == expected.data.size());
        REQUIRE(values.size() == outputs * 37 * 23);
        double worst = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
          REQUIRE(std::isfinite(values[i]));  // the buffer is full of NaN before
          worst = std::max(
              worst, std::abs(values[i] - expected.data[i]) / (1 + std::abs(expected.data[i])));
        }
        CHECK(worst < 1e-5);
        CHECK(field.evaluate(flat, grid) == values);  // to the bit
      }
    }
  }

  TEST_CASE("networks it cannot compute are named") {
    const auto why = [](std::vector<Node> nodes, Shape input = Shape::features(2)) {
      Network network{input, std::move(nodes)};
      return gl::GridField::refuses(compile_or_throw(network));
    };
    CHECK(why({dense("out", 1, Identity{})}).empty());
    CHECK(why({dense("out", 3, Softmax{})}).find("node out") != std::string::npos);
    CHECK(why({dense("h", 65, Relu{}), dense("out", 1, Identity{})}).find("64") !=
          std::string::npos);
    CHECK(why({dense("out", 1, Identity{})}, Shape::features(3)).find("two inputs") !=
          std::string::npos);
    std::vector<Node> deep;
    for (int i = 0; i < 14; ++i) deep.push_back(dense("h" + std::to_string(i), 64, Relu{}));
    CHECK(why(deep).find("multiplies") != std::string::npos);
  }
}

#else

TEST_SUITE("gl") {
  TEST_CASE("this build has no OpenGL") { MESSAGE("SKIP: built without CREASE_WINDOW"); }
}

#endif
