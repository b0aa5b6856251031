#pragma once
/// The formulas of activations, losses and layers, as their files write them, for the eye.
#include <string>
#include <string_view>

namespace crease {

/// "a = z / (1 + e^{-z})" as markup (figure/text.h): signs for Greek letters, sums and roots, other
/// words upright, hat{s} with its hat; braces hold scripts of several signs together.
std::string formula_markup(std::string_view formula);

}  // namespace crease
