#pragma once
/// The words that several views use: names of inputs, targets and classes, counts. All are markup;
/// names that come from files are taken as they stand.
#include <string>

#include "train/snapshot.h"

namespace crease {

/// "$x_1$", or the name that the data gives input number `input` (from 0).
std::string input_label(const Snapshot& snapshot, int input);
/// "$y$", "$y_2$", or the name that the data gives its target.
std::string output_label(const Snapshot& snapshot, int output);
/// "class 0", or the class's name.
std::string class_label(const Snapshot& snapshot, int number);
/// "cross-entropy".
std::string loss_label(const Snapshot& snapshot);
/// "4 800": a whole number in full.
std::string count_text(std::size_t count);
/// "13 of 500 wrong".
std::string wrong_text(std::size_t wrong, std::size_t all);

}  // namespace crease
