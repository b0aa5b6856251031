#pragma once
/// A graph of ONNX operators under construction.
#include <map>
#include <string>
#include <vector>

#include "core/tensor.h"
#include "export/protobuf.h"

namespace crease {

using Names = std::vector<std::string>;

/// A setting of an operator.
class Attribute {
 public:
  Attribute(const std::string& name, std::int64_t value);
  Attribute(const std::string& name, double value);
  Attribute(const std::string& name, const char* value);
  Attribute(const std::string& name, const std::vector<std::int64_t>& values);
  const Message& message() const { return message_; }

 private:
  Message message_;
};

class OnnxGraph {
 public:
  /// Adds an operator; the value that it makes is called `output`.
  void add(const std::string& op, const Names& inputs, const std::string& output,
           const std::vector<Attribute>& attributes = {});
  /// The same for a value in between, which gets a name of its own.
  std::string add(const std::string& op, const Names& inputs,
                  const std::vector<Attribute>& attributes = {});
  /// A constant in single precision. Returns its name.
  std::string constant(const std::string& name, const Tensor& tensor);
  std::string constant(float value);
  std::string whole_numbers(const std::vector<std::int64_t>& values);
  /// Names a value of shape [N, ...] as input (or output) of the graph.
  void input(const std::string& name, const std::vector<std::size_t>& sample);
  void output(const std::string& name, const std::vector<std::size_t>& sample);
  /// The whole model.
  std::string model(const std::string& title) const;

 private:
  std::string fresh() { return "v" + std::to_string(++count_) + "_"; }

  Message graph_;
  std::map<std::string, bool> constants_;
  int count_ = 0;
};

}  // namespace crease
