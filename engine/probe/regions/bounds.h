#pragma once
/// How many linear regions a network of some widths can have, and typically has at its start.
#include <optional>
#include <string>
#include <vector>

#include "net/plan.h"
#include "probe/regions/whole_number.h"

namespace crease::regions {

/// Of fully connected layers with `hidden` units that bend once each (ReLU, leaky ReLU, abs), on
/// `inputs` inputs. What does not apply is empty.
struct Bounds {
  std::size_t inputs = 0;
  std::vector<std::size_t> hidden;
  std::size_t parameters = 0;
  /// 2^N: every on and off of all N units.
  WholeNumber all_patterns;
  /// Of the first layer alone, sum of n over j up to n_0: reached in general position (Zaslavsky
  /// 1975).
  WholeNumber zaslavsky;
  /// A lower bound on the maximum (Montufar et al. 2014, theorem 4).
  std::optional<WholeNumber> montufar14_lower;
  /// A better one where every layer has three times as many units as there are inputs (Serra et al.
  /// 2018, theorem 7; Arora et al. 2018).
  std::optional<WholeNumber> serra18_lower;
  /// The formula of Understanding Deep Learning, chapter 4, and of deck 004: equal widths that are
  /// a multiple of the inputs.
  std::optional<WholeNumber> udl_formula;
  /// Upper bounds: layer by layer as if each saw all inputs; with the dimension left by the layers
  /// before (Montufar 2017, proposition 3); with the units that are on (Serra et al. 2018, theorem
  /// 1).
  WholeNumber product_upper, montufar17_upper, serra18_upper;
  /// The order of a typical number at initialisation, N^n_0 / n_0! (Hanin and Rolnick 2019).
  std::optional<double> hanin_rolnick;
};

/// `outputs`: of the last, linear layer; for the number of parameters.
Bounds bounds_of(std::size_t inputs, std::vector<std::size_t> hidden, std::size_t outputs = 1);

/// log10 of the formula of Understanding Deep Learning for `depth` layers of `width` units, a
/// multiple of `inputs`: quick for any size.
double log10_of_udl_formula(std::size_t inputs, std::size_t width, std::size_t depth);

/// The bounds of a network; nothing where it is no chain of dense layers that bend once (those
/// whose formulas these are), or so wide that the numbers would be endless.
std::optional<Bounds> bounds_of(const Plan& plan);

}  // namespace crease::regions
