#pragma once
/// Samples and their split: what a source makes and training draws its batches from.
#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "core/shape.h"

namespace crease {

/// Inputs are real numbers (one column a sample) or bytes (images, sample after sample; a byte b
/// means b/255 and is scaled when a batch is gathered). Targets are class numbers or real values.
struct DataSet {
  Shape shape;                      ///< of one input
  Eigen::MatrixXd values;           ///< shape.size() rows, one column a sample; empty for bytes
  std::vector<std::uint8_t> bytes;  ///< empty for values
  std::vector<int> classes;         ///< class number of each sample; empty where targets are real
  int class_count = 0;
  std::vector<std::string> class_names;  ///< empty, or one a class
  std::vector<std::string> input_names;  ///< empty, or one a number of an input
  std::string target_name;
  std::vector<std::string> columns;  ///< of a table: all of its names, in order
  Eigen::MatrixXd targets;           ///< real targets, one column a sample; empty for classes
  bool targets_as_given = false;     ///< the document's own numbers: no loss recodes them
  std::vector<std::size_t> train, validation, test;  ///< sample numbers of each part

  std::size_t size() const {
    return bytes.empty() ? static_cast<std::size_t>(values.cols()) : bytes.size() / shape.size();
  }
  bool is_classification() const { return class_count > 0; }
};

/// A number that is the same for sets of the same samples, targets and parts, and in all likelihood
/// another for other ones. Names do not count.
std::uint64_t number_of(const DataSet& data);

}  // namespace crease
