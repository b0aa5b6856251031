#include "export/onnx_graph.h"

namespace crease {

// Field numbers of onnx.proto, by message.
namespace model {
enum { ir_version = 1, producer = 2, graph = 7, opset = 8 };
}
namespace graph {
enum { node = 1, name = 2, initializer = 5, input = 11, output = 12 };
}
namespace node {
enum { input = 1, output = 2, name = 3, op = 4, attribute = 5 };
}
namespace attribute {
enum { name = 1, f = 2, i = 3, s = 4, ints = 8, type = 20 };
enum { is_float = 1, is_int = 2, is_string = 3, is_ints = 7 };
}  // namespace attribute
namespace tensor {
enum { dims = 1, type = 2, name = 8, raw = 9 };
enum { is_float = 1, is_int64 = 7 };
}  // namespace tensor

Attribute::Attribute(const std::string& name, std::int64_t value) {
  message_.text(attribute::name, name).whole(attribute::i, value);
  message_.whole(attribute::type, attribute::is_int);
}
Attribute::Attribute(const std::string& name, double value) {
  message_.text(attribute::name, name).single(attribute::f, static_cast<float>(value));
  message_.whole(attribute::type, attribute::is_float);
}
Attribute::Attribute(const std::string& name, const char* value) {
  message_.text(attribute::name, name).text(attribute::s, value);
  message_.whole(attribute::type, attribute::is_string);
}
Attribute::Attribute(const std::string& name, const std::vector<std::int64_t>& values) {
  message_.text(attribute::name, name);
  for (const std::int64_t value : values) message_.whole(attribute::ints, value);
  message_.whole(attribute::type, attribute::is_ints);
}

void OnnxGraph::add(const std::string& op, const Names& inputs, const std::string& output,
                    const std::vector<Attribute>& attributes) {
  Message made;
  for (const std::string& input : inputs) made.text(node::input, input);
  made.text(node::output, output).text(node::name, output + "/" + op).text(node::op, op);
  for (const Attribute& attribute : attributes) made.message(node::attribute, attribute.message());
  graph_.message(graph::node, made);
}

std::string OnnxGraph::add(const std::string& op, const Names& inputs,
                           const std::vector<Attribute>& attributes) {
  std::string name = fresh();
  add(op, inputs, name, attributes);
  return name;
}

namespace {

/// Little-endian bytes of bit patterns.
template <class Bits>
void append(std::string& raw, Bits bits) {
  for (unsigned shift = 0; shift < 8 * sizeof(Bits); shift += 8)
    raw += static_cast<char>(bits >> shift);
}

}  // namespace

std::string OnnxGraph::constant(const std::string& name, const Tensor& tensor) {
  if (constants_[name]) return name;  // shared by several nodes
  constants_[name] = true;
  Message made;
  for (const std::size_t size : tensor.shape)
    made.whole(tensor::dims, static_cast<std::int64_t>(size));
  std::string raw;
  raw.reserve(4 * tensor.data.size());
  for (const double value : tensor.data)
    append(raw, std::bit_cast<std::uint32_t>(static_cast<float>(value)));
  made.whole(tensor::type, tensor::is_float).text(tensor::name, name).text(tensor::raw, raw);
  graph_.message(graph::initializer, made);
  return name;
}

std::string OnnxGraph::constant(float value) {
  return constant(fresh(), Tensor{{}, {static_cast<double>(value)}});
}

std::string OnnxGraph::whole_numbers(const std::vector<std::int64_t>& values) {
  Message made;
  std::string raw, name = fresh();
  for (const std::int64_t value : values) append(raw, static_cast<std::uint64_t>(value));
  made.whole(tensor::dims, static_cast<std::int64_t>(values.size()))
      .whole(tensor::type, tensor::is_int64)
      .text(tensor::name, name)
      .text(tensor::raw, raw);
  graph_.message(graph::initializer, made);
  return name;
}

namespace {

/// A ValueInfoProto: a name, single precision, [N, sizes of a sample].
Message value_info(const std::string& name, const std::vector<std::size_t>& sample) {
  Message shape, type, value;
  shape.message(1, Message().text(2, "N"));
  for (const std::size_t size : sample)
    shape.message(1, Message().whole(1, static_cast<std::int64_t>(size)));
  type.message(1, Message().whole(1, tensor::is_float).message(2, shape));
  return value.text(1, name).message(2, type);
}

}  // namespace

void OnnxGraph::input(const std::string& name, const std::vector<std::size_t>& sample) {
  graph_.message(graph::input, value_info(name, sample));
}

void OnnxGraph::output(const std::string& name, const std::vector<std::size_t>& sample) {
  graph_.message(graph::output, value_info(name, sample));
}

std::string OnnxGraph::model(const std::string& title) const {
  constexpr std::int64_t intermediate_version = 8, operator_set = 17;
  Message whole = graph_;
  whole.text(graph::name, title);
  return Message()
      .whole(model::ir_version, intermediate_version)
      .text(model::producer, "Crease")
      .message(model::graph, whole)
      .message(model::opset, Message().text(1, "").whole(2, operator_set))
      .bytes();
}

}  // namespace crease
