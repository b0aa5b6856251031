#pragma once
/// The peer of the benchmarks: small networks as anyone would write them with Eigen. Matrices of
/// features x samples, expressions as in the textbook, convolution by im2col.
#include <Eigen/Dense>
#include <vector>

namespace plain {

using Matrix = Eigen::MatrixXf;
using Vector = Eigen::VectorXf;

enum class Squash { none, tanh, relu };

inline Matrix squash(Squash f, const Matrix& z) {
  if (f == Squash::tanh) return z.array().tanh();
  if (f == Squash::relu) return z.cwiseMax(0.0f);
  return z;
}
inline Matrix unsquash(Squash f, const Matrix& a, const Matrix& da) {
  if (f == Squash::tanh) return da.array() * (1 - a.array().square());
  if (f == Squash::relu) return (a.array() > 0.0f).select(da, 0.0f);
  return da;
}

/// One parameter with its optimiser: gradient descent, or Adam.
struct Parameter {
  Matrix w, s, r;
  explicit Parameter(Matrix start)
      : w(std::move(start)), s(Matrix::Zero(w.rows(), w.cols())), r(s) {}
  void sgd(const Matrix& g, float rate) { w -= rate * g; }
  void adam(const Matrix& g, long step) {
    const float c1 = 1 - std::pow(0.9f, static_cast<float>(step));
    const float c2 = 1 - std::pow(0.999f, static_cast<float>(step));
    s = 0.9f * s + 0.1f * g;
    r = 0.999f * r + 0.001f * g.cwiseAbs2();
    w.array() -= 0.001f * (s.array() / c1) / ((r.array() / c2).sqrt() + 1e-8f);
  }
};

struct Dense {
  Parameter W, b;
  Squash f;
  Matrix x, a, dW, db;
  Dense(int in, int out, Squash squash)
      : W(Matrix::Random(out, in) * std::sqrt(3.0f / static_cast<float>(in))),
        b(Matrix::Zero(out, 1)),
        f(squash) {}
  Matrix forward(const Matrix& input) {
    x = input;
    a = squash(f, (W.w * x).colwise() + b.w.col(0));
    return a;
  }
  Matrix backward(const Matrix& da, bool wants_dx) {
    const Matrix dz = unsquash(f, a, da);
    dW = dz * x.transpose();
    db = dz.rowwise().sum();
    return wants_dx ? Matrix(W.w.transpose() * dz) : Matrix();
  }
};

/// 3 x 3, padding 1, ReLU, then a maximum over 2 x 2. Images are columns (channel, row, column).
struct ConvPool {
  int channels, filters, side;
  Parameter W, b;
  Matrix columns, z, dW, db;
  std::vector<Matrix> kept;
  Eigen::MatrixXi winner;
  ConvPool(int in, int out, int size)
      : channels(in),
        filters(out),
        side(size),
        W(Matrix::Random(out, in * 9) * std::sqrt(3.0f / static_cast<float>(in * 9))),
        b(Matrix::Zero(out, 1)) {}

  void im2col(const float* image, Matrix& to) const {
    to.setZero(channels * 9, side * side);
    for (int c = 0; c < channels; ++c)
      for (int kh = 0; kh < 3; ++kh)
        for (int kw = 0; kw < 3; ++kw)
          for (int r = std::max(0, 1 - kh); r < std::min(side, side + 1 - kh); ++r)
            for (int q = std::max(0, 1 - kw); q < std::min(side, side + 1 - kw); ++q)
              to(c * 9 + kh * 3 + kw, r * side + q) =
                  image[(c * side + r + kh - 1) * side + q + kw - 1];
  }
  Matrix forward(const Matrix& x) {
    const int half = side / 2;
    Matrix y(filters * half * half, x.cols());
    winner.resize(y.rows(), y.cols());
    kept.resize(static_cast<std::size_t>(x.cols()));
    for (Eigen::Index n = 0; n < x.cols(); ++n) {
      Matrix& c = kept[static_cast<std::size_t>(n)];
      im2col(x.col(n).data(), c);
      z = ((W.w * c).colwise() + b.w.col(0)).cwiseMax(0.0f);
      for (int f = 0; f < filters; ++f)
        for (int r = 0; r < half; ++r)
          for (int q = 0; q < half; ++q) {
            int best = 2 * r * side + 2 * q;
            for (const int at : {best + 1, best + side, best + side + 1})
              if (z(f, at) > z(f, best)) best = at;
            const int o = (f * half + r) * half + q;
            y(o, n) = z(f, best);
            winner(o, n) = best;
          }
    }
    return y;
  }
  Matrix backward(const Matrix& y, const Matrix& dy, bool wants_dx) {
    const int pixels = side * side, half = side * side / 4;
    dW = Matrix::Zero(filters, channels * 9);
    db = Matrix::Zero(filters, 1);
    Matrix dx = Matrix::Zero(wants_dx ? channels * pixels : 0, dy.cols());
    for (Eigen::Index n = 0; n < dy.cols(); ++n) {
      Matrix dz = Matrix::Zero(filters, pixels);
      for (int o = 0; o < dy.rows(); ++o)
        if (y(o, n) > 0) dz(o / half, winner(o, n)) += dy(o, n);
      dW.noalias() += dz * kept[static_cast<std::size_t>(n)].transpose();
      db += dz.rowwise().sum();
      if (!wants_dx) continue;
      const Matrix dc = W.w.transpose() * dz;
      for (int c = 0; c < channels; ++c)
        for (int kh = 0; kh < 3; ++kh)
          for (int kw = 0; kw < 3; ++kw)
            for (int r = std::max(0, 1 - kh); r < std::min(side, side + 1 - kh); ++r)
              for (int q = std::max(0, 1 - kw); q < std::min(side, side + 1 - kw); ++q)
                dx((c * side + r + kh - 1) * side + q + kw - 1, n) +=
                    dc(c * 9 + kh * 3 + kw, r * side + q);
    }
    return dx;
  }
};

/// The gradient of the mean cross entropy on logits.
inline Matrix cross_entropy_gradient(const Matrix& z, const std::vector<int>& labels) {
  Matrix p = (z.rowwise() - z.colwise().maxCoeff()).array().exp();
  p.array().rowwise() /= p.colwise().sum().array().eval();
  for (std::size_t n = 0; n < labels.size(); ++n) p(labels[n], static_cast<Eigen::Index>(n)) -= 1;
  return p / static_cast<float>(labels.size());
}

}  // namespace plain
