#pragma once
/// What a network has learned and what it learned from, as plain tables of numbers.
#include <string>

#include "export/trained.h"

namespace crease {

/// The safetensors format (Hugging Face): the length of a JSON header (8 bytes, little-endian), the
/// header, the numbers. Single precision where every number is one, else double.
std::string to_safetensors(const Trained& trained);

/// A table of the weights: the tensor, the indices along its sizes (empty where it has fewer than
/// four), the number.
std::string weights_csv(const Trained& trained);

/// A table of the samples as training sees them (standardised, if the document says so): one a row,
/// its part (train, validation or test), its inputs, its class or targets.
std::string data_csv(const DataSet& data);

}  // namespace crease
