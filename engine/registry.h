#pragma once
/// Everything there is: the closed lists that the editor, the documents and the tests walk. Each
/// list stands in its folder; adding a thing is one file there and one name in its list.
#include "activations/activations.h"    // Activation
#include "initialisers/initialisers.h"  // Initialiser
#include "layers/layers.h"              // Layer
#include "losses/losses.h"              // Loss
#include "optimisers/optimisers.h"      // Optimiser
