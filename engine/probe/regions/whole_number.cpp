#include "probe/regions/whole_number.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace crease::regions {

namespace {
constexpr int bits = 32;
}

WholeNumber::WholeNumber(std::uint64_t value) {
  for (; value != 0; value >>= bits) digits_.push_back(static_cast<std::uint32_t>(value));
}

WholeNumber& WholeNumber::operator+=(const WholeNumber& other) {
  digits_.resize(std::max(digits_.size(), other.digits_.size()), 0);
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < digits_.size(); ++i) {
    carry += std::uint64_t{digits_[i]} + (i < other.digits_.size() ? other.digits_[i] : 0);
    digits_[i] = static_cast<std::uint32_t>(carry);
    carry >>= bits;
  }
  if (carry != 0) digits_.push_back(static_cast<std::uint32_t>(carry));
  return *this;
}

WholeNumber WholeNumber::operator*(const WholeNumber& other) const {
  WholeNumber product;
  product.digits_.assign(digits_.size() + other.digits_.size(), 0);
  for (std::size_t i = 0; i < digits_.size(); ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < other.digits_.size(); ++j) {
      carry += std::uint64_t{digits_[i]} * other.digits_[j] + product.digits_[i + j];
      product.digits_[i + j] = static_cast<std::uint32_t>(carry);
      carry >>= bits;
    }
    product.digits_[i + other.digits_.size()] = static_cast<std::uint32_t>(carry);
  }
  while (!product.digits_.empty() && product.digits_.back() == 0) product.digits_.pop_back();
  return product;
}

WholeNumber& WholeNumber::operator/=(std::uint32_t by) {
  std::uint64_t rest = 0;
  for (std::size_t i = digits_.size(); i-- > 0;) {
    rest = (rest << bits) + digits_[i];
    digits_[i] = static_cast<std::uint32_t>(rest / by);
    rest %= by;
  }
  while (!digits_.empty() && digits_.back() == 0) digits_.pop_back();
  return *this;
}

std::string WholeNumber::text() const {
  if (digits_.empty()) return "0";
  constexpr std::uint32_t group = 1000000000;
  std::vector<std::uint32_t> groups;
  std::vector<std::uint32_t> left = digits_;
  while (!left.empty()) {
    std::uint64_t rest = 0;
    for (std::size_t i = left.size(); i-- > 0;) {
      rest = (rest << bits) + left[i];
      left[i] = static_cast<std::uint32_t>(rest / group);
      rest %= group;
    }
    groups.push_back(static_cast<std::uint32_t>(rest));
    while (!left.empty() && left.back() == 0) left.pop_back();
  }
  std::string text = fmt::format("{}", groups.back());
  for (std::size_t i = groups.size() - 1; i-- > 0;) text += fmt::format("{:09}", groups[i]);
  return text;
}

double WholeNumber::log10() const {
  if (digits_.empty()) return -std::numeric_limits<double>::infinity();
  double leading = 0;
  const std::size_t first = digits_.size() > 3 ? digits_.size() - 3 : 0;
  for (std::size_t i = digits_.size(); i-- > first;)
    leading = std::ldexp(leading, bits) + static_cast<double>(digits_[i]);
  return std::log10(leading) + static_cast<double>(first) * bits * std::log10(2.0);
}

WholeNumber power(const WholeNumber& base, std::size_t exponent) {
  WholeNumber result = 1, square = base;
  for (; exponent != 0; exponent /= 2) {
    if (exponent % 2 == 1) result *= square;
    square *= square;
  }
  return result;
}

namespace {

/// Calls `take` with n over j for j from 0 to k.
template <class Take>
void each_binomial(std::size_t n, std::size_t k, const Take& take) {
  WholeNumber value = 1;
  for (std::size_t j = 0; j <= std::min(n, k); ++j) {
    take(value);
    value *= WholeNumber(n - j);
    value /= static_cast<std::uint32_t>(j + 1);
  }
}

}  // namespace

WholeNumber binomial(std::size_t n, std::size_t k) {
  WholeNumber last;
  if (k <= n) each_binomial(n, std::min(k, n - k), [&](const WholeNumber& v) { last = v; });
  return last;
}

WholeNumber sum_of_binomials(std::size_t n, std::size_t k) {
  WholeNumber sum;
  each_binomial(n, k, [&](const WholeNumber& v) { sum += v; });
  return sum;
}

}  // namespace crease::regions
