#pragma once
/// Whole numbers of any size, for bounds such as 2^784.
#include <cstdint>
#include <string>
#include <vector>

namespace crease::regions {

/// A whole number, 0 or larger.
class WholeNumber {
 public:
  WholeNumber(std::uint64_t value = 0);

  WholeNumber& operator+=(const WholeNumber& other);
  WholeNumber operator*(const WholeNumber& other) const;
  WholeNumber& operator*=(const WholeNumber& other) { return *this = *this * other; }
  /// Divides and drops the rest.
  WholeNumber& operator/=(std::uint32_t by);
  bool operator==(const WholeNumber&) const = default;

  /// All digits: "161051".
  std::string text() const;
  /// Its logarithm to base 10; minus infinity for 0.
  double log10() const;

 private:
  std::vector<std::uint32_t> digits_;  // base 2^32, the lowest first; empty: 0
};

WholeNumber power(const WholeNumber& base, std::size_t exponent);
/// n over k.
WholeNumber binomial(std::size_t n, std::size_t k);
/// sum of n over j for j from 0 to k.
WholeNumber sum_of_binomials(std::size_t n, std::size_t k);

}  // namespace crease::regions
