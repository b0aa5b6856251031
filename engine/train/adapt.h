#pragma once
/// Making a document's network and loss fit other data.
#include <string>

#include "train/document.h"

namespace crease {

/// Changes as little as possible: the network's input takes the data's shape; the last node that
/// owns units gets as many as the targets need (one for two classes); the loss changes only where
/// it cannot serve (classes: bce_logits or cross_entropy_logits; real targets: mse), and a last
/// sigmoid or softmax goes where the new loss takes logits. Says in words what it changed; empty
/// where nothing.
std::string adapt_to(Document& document, const DataSet& data);

/// "2 numbers", "images of 28 × 28": what a sample is.
std::string sample_words(const Shape& shape);

}  // namespace crease
