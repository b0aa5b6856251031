#include "layers/squash.h"

namespace crease::squash {

bool is_learned(const Activation& activation) {
  return std::visit([]<class F>(const F&) { return activation::Learned<F>; }, activation);
}

void add_block(const Activation& activation, std::vector<ParameterBlock>& blocks) {
  std::visit(
      [&]<class F>(const F& f) {
        if constexpr (activation::Learned<F>)
          blocks.push_back(
              {.name = F::learned, .shape = {1}, .fan = {}, .start = f.learned_start()});
      },
      activation);
}

template <class T>
void forward(const Activation& activation, const Pass<T>& pass, const T* z) {
  if (std::holds_alternative<Identity>(activation) && z == pass.y) return;
  const T* learned = is_learned(activation) ? pass.weights.back() : nullptr;
  std::visit([&](const auto& f) { activation::forward(f, pass.out, z, pass.y, learned); },
             activation);
}

template <class T>
const T* backward(const Activation& activation, const Pass<T>& pass, const T* z, T* to) {
  if (std::holds_alternative<Identity>(activation)) return pass.dy;
  const bool learns = is_learned(activation);
  const T* learned = learns ? pass.weights.back() : nullptr;
  T* gradient = learns ? pass.gradients.back() : nullptr;
  std::visit(
      [&](const auto& f) {
        activation::backward(f, pass.out, z, pass.y, pass.dy, to, learned, gradient);
      },
      activation);
  return to;
}

template void forward(const Activation&, const Pass<float>&, const float*);
template void forward(const Activation&, const Pass<double>&, const double*);
template const float* backward(const Activation&, const Pass<float>&, const float*, float*);
template const double* backward(const Activation&, const Pass<double>&, const double*, double*);

}  // namespace crease::squash
