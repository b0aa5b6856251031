#pragma once
/// Linear models in closed form (deck 004: possible objections).
#include <string>

#include "net/parameters.h"
#include "train/document.h"

namespace crease {

/// Why a document has no solution in closed form, in a sentence that names what it needs; empty
/// where it has one: a single dense node without activation (flatten may stand before it), a
/// squared error, no penalty on the weights.
std::string no_closed_form(const Document& document);

/// The weights with the smallest squared error on the training part; of several the smallest ones
/// (a complete orthogonal decomposition in double precision). Throws Problem where no_closed_form
/// says why, or the data does not fit.
Tensors least_squares(const Document& document, const DataSet& data);

}  // namespace crease
