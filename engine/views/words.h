#pragma once
/// The words that several views use: names of inputs, targets and classes, counts. All are markup;
/// names that come from files are taken as they stand.
#include <string>
#include <string_view>

#include "train/snapshot.h"

namespace crease {

/// "$x_1$", or the name that the data gives input number `input` (from 0).
std::string input_label(const Snapshot& snapshot, int input);
/// "$y$", "$y_2$", or the name that the data gives its target.
std::string output_label(const Snapshot& snapshot, int output);
/// "class 0", or the class's name.
std::string class_label(const Snapshot& snapshot, int number);
/// The place of a node among the layers of dense units and filters, from 1; 0 where it is none.
int layer_number(const Plan& plan, std::string_view node);
/// "layer 2" where the node's id is only a letter and a number ("h2"); else the id.
std::string layer_label(const Plan& plan, std::string_view node);
/// The same with a capital, for the beginning of a title.
std::string layer_title(const Plan& plan, std::string_view node);
/// "Binary cross-entropy".
std::string loss_label(const Snapshot& snapshot);
/// "4 800": a whole number in full.
std::string count_text(std::size_t count);
/// "13 of 500 wrong".
std::string wrong_text(std::size_t wrong, std::size_t all);

}  // namespace crease
