#pragma once
/// The weights a document starts from, after its network has been edited.
#include "train/document.h"

namespace crease {

/// A document keeps the weights it was saved with while its network is edited. Gives those whose
/// shape is no longer the network's the shape it needs: what both have in common stays, new units
/// start as the initialiser has them, and nothing old listens to them yet. The optimiser's memory
/// of them is zero where it is new. Leaves a network that does not compile alone.
void fit_start(Document& document);

}  // namespace crease
