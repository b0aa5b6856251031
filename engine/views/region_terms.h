#pragma once
/// What each number about linear regions is called, what it means, and where it comes from: the
/// one place from which pictures, tips, tables and the command line take their words.
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "figure/figure.h"
#include "probe/regions/bounds.h"

namespace crease {

struct RegionTerm {
  std::string_view name;     ///< "upper bound"
  std::string_view meaning;  ///< one sentence
  std::string_view source;   ///< paper or deck; empty where it is a plain count
};

namespace region_terms {

inline constexpr RegionTerm patterns{
    "activation patterns",
    "parts of the window on which every unit keeps its state (on, off, or which candidate wins)",
    "deck 004, activation pattern"};
inline constexpr RegionTerm regions{
    "linear regions",
    "patterns joined over the folds across which the output does not change its map",
    "deck 004; Montúfar et al. 2014"};
inline constexpr RegionTerm affine_maps{
    "affine maps", "different output maps, wherever they lie: regions far apart may share one", ""};
inline constexpr RegionTerm parameters{"parameters", "weights and biases that training may move",
                                       ""};
inline constexpr RegionTerm first_layer{
    "first layer alone",
    "the most parts that as many lines (planes) as the first layer has units cut its inputs into",
    "Zaslavsky 1975"};
inline constexpr RegionTerm lower_2014{
    "some network reaches", "a network of these widths can be built that has this many regions",
    "Montúfar et al. 2014, theorem 4"};
inline constexpr RegionTerm lower_2018{
    "some network reaches", "a network of these widths can be built that has this many regions",
    "Serra et al. 2018, theorem 7"};
inline constexpr RegionTerm deck_formula{
    "deck's formula", "the number that deck 004 prints for equal widths and its plot shows",
    "Understanding Deep Learning, chapter 4"};
inline constexpr RegionTerm upper_2017{
    "at most", "no network of these widths has more regions in all of its input space",
    "Montúfar 2017, proposition 3"};
inline constexpr RegionTerm upper_2018{
    "at most", "no network of these widths has more regions in all of its input space",
    "Serra et al. 2018, theorem 1"};
inline constexpr RegionTerm gauge{
    "typical order",
    "what random weights give is of this order, N^n / n! for N units and n inputs: far below the "
    "most",
    "Hanin and Rolnick 2019"};

}  // namespace region_terms

/// One number about a network, ready to be shown.
struct RegionFigure {
  RegionTerm term;
  std::string value;    ///< in full digits
  double log10 = 0;     ///< of the value
  bool is_best = true;  ///< there is no tighter one of its kind
};

/// The bounds that apply to a network, from the smallest idea to the largest.
std::vector<RegionFigure> figures_of(const regions::Bounds& bounds);

/// The meaning and the source in lines short enough for a tip.
std::vector<Reading> explanation_of(const RegionTerm& term);

}  // namespace crease
