/// Wrong documents and wrong arguments, given to the program as a user would: each is answered at
/// once by one sentence that names the place and what is allowed, and by exit status 2.
#include <doctest/doctest.h>

#include "refusal.h"

namespace {

struct Bad {
  std::string name, text;
  Words words;  ///< what the sentence must hold
};

/// A document around a network, and its training settings.
std::string around(const std::string& network, const std::string& training = "{}",
                   const std::string& data = R"({"source": "xor"})", const std::string& more = "") {
  return R"({"crease": 1, "data": )" + data + R"(, "network": )" + network + R"(, "training": )" +
         training + more + "}";
}
/// Nodes on two features.
std::string nodes(const std::string& list) {
  return around(R"({"input": [2], "nodes": [)" + list + "]}");
}
/// Nodes on an image.
std::string image(const std::string& list) {
  return around(R"({"input": [4, 8, 8], "nodes": [)" + list + "]}");
}
const std::string plain =
    R"({"input": [2], "nodes": [{"id": "out", "type": "dense", "units": 1}]})";
std::string trained(const std::string& training) { return around(plain, training); }
std::string fed(const std::string& data) { return around(plain, "{}", data); }
std::string weighted(const std::string& weights) {
  return around(plain, "{}", R"({"source": "xor"})", R"(, "weights": )" + weights);
}
std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

void check_documents(const std::vector<Bad>& table, const std::string& extra = "") {
  const TemporaryFolder folder;
  for (const Bad& bad : table) {
    const std::string file = folder.write("bad.crease.json", bad.text);
    Words words = bad.words;
    words.push_back(file + ": ");
    Words arguments{"train", file, "--json"};
    if (!extra.empty()) arguments.push_back(extra);
    check_refused(bad.name, arguments, words);
  }
}

}  // namespace

TEST_SUITE("bad input") {
  TEST_CASE("documents that cannot be read") {
    check_documents({
        {"no JSON", "hello", {"line 1, column 1", "not valid JSON"}},
        {"empty", "", {"empty", "JSON is expected"}},
        {"blank", " \n\t\n", {"empty"}},
        {"cut short", R"({"crease": 1, "network": {)", {"line 1, column", "cut short"}},
        {"cut in a text", R"({"crease": 1, "tit)", {"cut short"}},
        {"two documents", "{}\n{}", {"line 2, column 1", "not valid JSON"}},
        {"bytes", std::string("\x89PNG\r\n\x1a\n\0\0", 10), {"line 1, column 1"}},
        {"broken UTF-8", "{\"title\": \"\xff\"}", {"line 1, column", "not valid JSON"}},
        {"NaN",
         weighted(R"({"out.bias": {"shape": [1], "data": [NaN]}})"),
         {"line 1, column", "not valid JSON"}},
        {"Infinity",
         weighted(R"({"out.bias": {"shape": [1], "data": [Infinity]}})"),
         {"line 1, column", "not valid JSON"}},
        {"1e999", "{\n\"crease\": 1e999}", {"line 2, column 11", "finite"}},
        {"100,000 brackets", std::string(100000, '['), {"nested too deeply", "64"}},
        {"100,000 closed",
         std::string(100000, '[') + std::string(100000, ']'),
         {"nested too deeply", "64"}},
        {"100,000 objects", repeated(R"({"a":)", 100000), {"nested too deeply", "64"}},
        {"a list", "[1, 2]", {"must be an object", "\"crease\": 1"}},
        {"a number", "7", {"must be an object"}},
        {"crease 2", R"({"crease": 2})", {"crease: ", "version 2", "version 1"}},
        {"crease true", R"({"crease": true})", {"crease: ", "version 1"}},
        {"no crease", R"({"network": {}})", {"no \"crease\": 1"}},
        {"no network", R"({"crease": 1})", {"no \"network\""}},
    });
  }

  TEST_CASE("wrong types at every level") {
    check_documents({
        {"title", R"({"crease": 1, "title": 3})", {"title: ", "text", "not 3"}},
        {"data", fed("[]"), {"data: ", "an object", "not a list"}},
        {"network", around("3"), {"network: ", "an object", "not 3"}},
        {"training", trained("\"sgd\""), {"training: ", "an object", "\"sgd\""}},
        {"weights", weighted("[]"), {"weights: ", "an object", "not a list"}},
        {"state", around(plain, "{}", "null", R"(, "state": 1)"), {"state: ", "an object"}},
        {"view", around(plain, "{}", "null", R"(, "view": [])"), {"view: ", "an object"}},
        {"samples",
         fed(R"({"source": "xor", "samples": "many"})"),
         {"data.samples: ", "a whole number from 1 to 10000000", "\"many\""}},
        {"standardise",
         fed(R"({"source": "xor", "standardise": 1})"),
         {"data.standardise: ", "true or false"}},
        {"input", around(R"({"input": 2, "nodes": []})"), {"network.input: ", "[features]"}},
        {"two sizes", around(R"({"input": [2, 2], "nodes": []})"), {"network.input: ", "height"}},
        {"input 0", around(R"({"input": [0], "nodes": []})"), {"network.input[0]: ", "1 to"}},
        {"no input", around(R"({"nodes": []})"), {"network: ", "no \"input\""}},
        {"nodes", around(R"({"input": [2], "nodes": {}})"), {"network.nodes: ", "a list"}},
        {"no nodes", around(R"({"input": [2]})"), {"network.nodes: ", "at least one node"}},
        {"0 nodes", nodes(""), {"network.nodes: ", "at least one node"}},
        {"node", nodes("1"), {"network.nodes[0]: ", "an object", "not 1"}},
        {"no id", nodes(R"({"type": "dense", "units": 1})"), {"network.nodes[0]: ", "no \"id\""}},
        {"id",
         nodes(R"({"id": 1, "type": "dense", "units": 1})"),
         {"network.nodes[0].id: ", "a text"}},
        {"no units",
         nodes(R"({"id": "a", "type": "dense"})"),
         {"network.nodes[0] \"a\": units is missing", "a whole number from 1 to 1048576"}},
        {"no channels",
         image(R"({"id": "a", "type": "conv2d", "kernel": 3})"),
         {"network.nodes[0] \"a\": channels is missing", "from 1 to 65536"}},
        {"no type", nodes(R"({"id": "a"})"), {"nodes[0] \"a\"", "no \"type\"", "dense, conv2d"}},
        {"inputs",
         nodes(R"({"id": "a", "type": "dense", "units": 1, "inputs": "input"})"),
         {"nodes[0] \"a\".inputs: ", "a list"}},
        {"kernel",
         image(R"({"id": "a", "type": "conv2d", "channels": 1, "kernel": [1, 2, 3]})"),
         {"\"a\".kernel: ", "[height, width]", "a list"}},
        {"padding",
         image(R"({"id": "a", "type": "conv2d", "channels": 1, "padding": "valid"})"),
         {"\"a\".padding: ", "\"same\"", "\"valid\""}},
        {"an input that is not there",
         nodes(R"({"id": "a", "type": "dense", "units": 1}, {"id": "b", "type": "dense",
                   "units": 1, "inputs": ["c"]})"),
         {"\"b\"", "no node \"c\" before this one", "there are input, a"}},
        {"activation",
         nodes(R"({"id": "a", "type": "dense", "units": 1, "activation": 1})"),
         {"\"a\".activation: ", "a name or an object"}},
        {"a tensor of text",
         weighted(R"({"out.bias": {"shape": [1], "data": ["x"]}})"),
         {"weights.out.bias.data[0]: ", "a finite number", "\"x\""}},
        {"a tensor as a list",
         weighted(R"({"out.bias": [1]})"),
         {"weights.out.bias: ", "{\"shape\": [..], \"data\": [..]}"}},
        {"a tensor's shape",
         weighted(R"({"out.bias": {"shape": [0], "data": []}})"),
         {"weights.out.bias.shape[0]: ", "at least 1"}},
        {"a step of -1",
         around(plain, "{}", "null", R"(, "state": {"step": -1})"),
         {"state.step: ", "a whole number from 0"}},
    });
  }

  TEST_CASE("unknown names and values out of range") {
    check_documents({
        {"type", nodes(R"({"id": "a", "type": "lstm"})"), {"\"a\".type", "\"lstm\"", "conv2d"}},
        {"activation",
         nodes(R"({"id": "a", "type": "dense", "units": 1, "activation": "relux"})"),
         {"\"a\".activation", "\"relux\"", "leaky_relu"}},
        {"loss", trained(R"({"loss": {"type": "hing"}})"), {"training.loss.type", "bce_logits"}},
        {"loss as text", trained(R"({"loss": "mse"})"), {"training.loss", "an object"}},
        {"optimiser",
         trained(R"({"optimiser": {"type": "lion"}})"),
         {"training.optimiser.type", "\"lion\"", "sgd, adam"}},
        {"initialiser",
         trained(R"({"initialiser": {"type": "best"}})"),
         {"training.initialiser.type", "he_normal"}},
        {"source", fed(R"({"source": "iris"})"), {"data.source", "\"iris\"", "spiral"}},
        {"no source", fed("{}"), {"data: ", "no \"source\"", "spiral"}},
        {"sampling", trained(R"({"sampling": "random"})"), {"training.sampling", "shuffle"}},
        {"device", trained(R"({"device": "tpu"})"), {"training.device", "auto, cpu, gpu"}},
        {"gpu", trained(R"({"device": "gpu"})"), {"training.device", "cpu and auto"}},
        {"velocity",
         trained(R"({"optimiser": {"type": "sgd", "velocity": "x"}})"),
         {"training.optimiser.velocity", "raw, scaled"}},
        {"units 0",
         nodes(R"({"id": "a", "type": "dense", "units": 0})"),
         {"nodes[0] \"a\".units: ", "a whole number from 1 to 1048576", "not 0"}},
        {"units -1", nodes(R"({"id": "a", "type": "dense", "units": -1})"), {"not -1"}},
        {"units 2.5",
         nodes(R"({"id": "a", "type": "dense", "units": 2.5})"),
         {"a whole number", "not 2.5"}},
        {"units 1e12",
         nodes(R"({"id": "a", "type": "dense", "units": 1e12})"),
         {"to 1048576", "not 1000000000000"}},
        {"units three",
         nodes(R"({"id": "a", "type": "dense", "units": "three"})"),
         {"not \"three\""}},
        {"rate",
         trained(R"({"optimiser": {"type": "sgd", "rate": -0.1}})"),
         {"training.optimiser.rate: ", "at least 0", "not -0.1"}},
        {"momentum",
         trained(R"({"optimiser": {"type": "sgd", "momentum": 1}})"),
         {"training.optimiser.momentum: ", "from 0 to below 1", "not 1"}},
        {"beta",
         trained(R"({"optimiser": {"type": "adam", "beta2": 1}})"),
         {"training.optimiser.beta2: ", "below 1"}},
        {"test_fraction 1",
         fed(R"({"source": "xor", "test_fraction": 1})"),
         {"data.test_fraction: ", "from 0 to below 1", "not 1"}},
        {"test_fraction -0.1", fed(R"({"source": "xor", "test_fraction": -0.1})"), {"not -0.1"}},
        {"fractions",
         fed(R"({"source": "xor", "test_fraction": 0.5, "validation_fraction": 0.5})"),
         {"data: test_fraction", "below 1"}},
        {"one sample",
         fed(R"({"source": "xor", "samples": 1})"),
         {"data: test_fraction", "leaves"}},
        {"batch 0",
         trained(R"({"batch": 0})"),
         {"training.batch: ", "\"full\"", "a whole number from 1", "not 0"}},
        {"batch 2.5", trained(R"({"batch": 2.5})"), {"training.batch: ", "\"full\"", "not 2.5"}},
        {"batch half",
         trained(R"({"batch": "half"})"),
         {"training.batch: ", "\"full\"", "a whole number from 1", "\"half\""}},
        {"seed -1", trained(R"({"seed": -1})"), {"training.seed: ", "0 to 18446744073709551615"}},
        {"seed 1.5", trained(R"({"seed": 1.5})"), {"training.seed: ", "a whole number"}},
        {"seed 1e30", trained(R"({"seed": 1e30})"), {"training.seed: ", "0 to 184467440737"}},
        {"data seed", fed(R"({"source": "xor", "seed": -2})"), {"data.seed: ", "not -2"}},
        {"step 1e18",
         around(plain, "{}", R"({"source": "xor"})", R"(, "state": {"step": 1000000000000000000})"),
         {"state.step: ", "from 0 to 9007199254740992", "not 1000000000000000000"}},
        {"pieces 1e18",
         nodes(R"({"id": "a", "type": "maxout", "units": 1, "pieces": 1e18})"),
         {"pieces: ", "a whole number from"}},
        {"arms", fed(R"({"source": "spiral", "arms": 1})"), {"data.arms: ", "from 2 to 20"}},
    });
  }

  TEST_CASE("networks that do not hold together") {
    const std::string dense = R"({"id": "a", "type": "dense", "units": 1})";
    const std::string wide = R"("type": "dense", "units": 1048576})";
    std::string joined = R"({"id": "a", "type": "concat", "inputs": ["input")";
    joined += repeated(", \"input\"", 127) + "]}";
    check_documents({
        {"20,000 nodes",
         nodes(repeated(dense + ", ", 19999) + dense),
         {"network.nodes: ", "20000 nodes", "at most 10000"}},
        {"id twice",
         nodes(dense + ", " + dense),
         {"nodes[1] \"a\": id: ", "used twice", "nodes[0]"}},
        {"before its node",
         nodes(R"({"id": "b", "type": "dense", "units": 1, "inputs": ["a"]}, )" + dense),
         {"nodes[0] \"b\": inputs: ", "comes later", "before it"}},
        {"reads itself",
         nodes(R"({"id": "a", "type": "dense", "units": 1, "inputs": ["a"]})"),
         {"nodes[0] \"a\": inputs: ", "cannot read itself"}},
        {"no such node",
         nodes(R"({"id": "a", "type": "dense", "units": 1, "inputs": ["z"]})"),
         {"inputs: ", "no node \"z\""}},
        {"id characters",
         nodes(R"({"id": "h 1", "type": "dense", "units": 1})"),
         {"id: ", "letters, digits and _"}},
        {"id with a new line",
         nodes(R"({"id": "h\n\u001b[2J", "type": "dense", "units": 1})"),
         {"letters"}},
        {"empty id",
         nodes(R"({"id": "", "type": "dense", "units": 1})"),
         {"nodes[0]", "letters, digits"}},
        {"id input",
         nodes(R"({"id": "input", "type": "dense", "units": 1})"),
         {"other than \"input\""}},
        {"two inputs",
         nodes(R"({"id": "a", "type": "dense", "units": 1, "inputs": ["input", "input"]})"),
         {"inputs: ", "dense reads exactly one node, not 2"}},
        {"no inputs",
         nodes(R"({"id": "a", "type": "dense", "units": 1, "inputs": []})"),
         {"exactly one", "not 0"}},
        {"add of one",
         nodes(R"({"id": "a", "type": "add"})"),
         {"inputs: ", "two or more nodes, not 1"}},
        {"add of shapes",
         nodes(R"({"id": "a", "type": "dense", "units": 3},
                  {"id": "b", "type": "add", "inputs": ["a", "input"]})"),
         {"nodes[1] \"b\": ", "one shape", "[3] and [2]"}},
        {"concat of sizes",
         image(R"({"id": "a", "type": "max_pool"},
                  {"id": "b", "type": "concat", "inputs": ["a", "input"]})"),
         {"nodes[1] \"b\": ", "one height and width", "[4, 4, 4] and [4, 8, 8]"}},
        {"conv on features",
         nodes(R"({"id": "a", "type": "conv2d", "channels": 1})"),
         {"nodes[0] \"a\": ", "[channels, height, width]", "[2]"}},
        {"kernel",
         image(R"({"id": "a", "type": "conv2d", "channels": 1, "kernel": 9})"),
         {"nodes[0] \"a\": ", "over 9 does not fit an input of 8"}},
        {"groups",
         image(R"({"id": "a", "type": "conv2d", "channels": 6, "groups": 4})"),
         {"nodes[0] \"a\": ", "groups must divide", "4 input channels", "6 filters"}},
        {"pool padding",
         image(R"({"id": "a", "type": "max_pool", "padding": 2})"),
         {"nodes[0] \"a\": ", "padding must be smaller"}},
        {"weights_of",
         nodes(dense + R"(, {"id": "b", "type": "dense", "units": 1, "weights_of": "z"})"),
         {"nodes[1] \"b\": weights_of: ", "no node \"z\""}},
        {"weights_of another shape",
         nodes(dense + R"(, {"id": "b", "type": "dense", "units": 1, "weights_of": "a"})"),
         {"nodes[1] \"b\": weights_of: ", "equal shapes"}},
        {"parameters",
         nodes("{\"id\": \"a\", " + wide + ", {\"id\": \"b\", " + wide),
         {"nodes[1] \"b\": ", "more than 2^28 parameters"}},
        {"input",
         around(R"({"input": [1, 100000, 100000], "nodes": []})"),
         {"network", "at least one node"}},
        {"large input",
         around(R"({"input": [1, 100000, 100000], "nodes": [)" + dense + "]}"),
         {"network: input: ", "[1, 100000, 100000]", "2^25"}},
        {"largest input",
         around(R"({"input": [33554432, 33554432, 33554432], "nodes": [)" + dense + "]}"),
         {"network: input: ", "2^25"}},
        {"wide concat",
         around(R"({"input": [33554432], "nodes": [)" + joined + "]}"),
         {"nodes[0] \"a\": ", "2^25"}},
        {"wide padding",
         image(R"({"id": "a", "type": "conv2d", "channels": 1, "padding": 4096, "stride": 4096})"),
         {"nodes[0] \"a\": ", "2^25"}},
        {"wide dilation",
         image(R"({"id": "a", "type": "conv2d", "channels": 1, "kernel": 200, "dilation": 4096,
                                    "padding": "same"})"),
         {"nodes[0] \"a\": ", "2^25"}},
    });
  }

  TEST_CASE("networks that do not fit the loss, the data or the weights") {
    const std::string softmax =
        R"({"input": [2], "nodes": [{"id": "a", "type": "dense", "units": 1, "activation": "softmax"}]})";
    const std::string three =
        R"({"input": [2], "nodes": [{"id": "a", "type": "dense", "units": 3}]})";
    const std::string entropy = R"({"loss": {"type": "cross_entropy"}})";
    check_documents({
        {"softmax of 1", around(softmax, entropy), {"training.loss: ", "at least 2 outputs"}},
        {"logits of 1",
         around(plain, R"({"loss": {"type": "cross_entropy_logits"}})"),
         {"training.loss: ", "at least 2 outputs"}},
        {"10 classes",
         around(three, entropy, R"({"source": "spiral", "arms": 10})"),
         {"training.loss: ", "10 classes", "3 outputs"}},
        {"3 classes",
         fed(R"({"source": "spiral", "arms": 3})"),
         {"3 classes", "two classes apart"}},
        {"class weights",
         around(three, R"({"loss": {"type": "cross_entropy", "class_weights": [1, 2]}})"),
         {"training.loss: ", "class_weights", "3 classes"}},
        {"real targets",
         around(R"({"input": [1], "nodes": [{"id": "a", "type": "dense", "units": 2}]})", "{}",
                R"({"source": "sine"})"),
         {"1 number", "2 outputs"}},
        {"data",
         around(R"({"input": [3], "nodes": [{"id": "a", "type": "dense", "units": 1}]})"),
         {"network.input: ", "takes 3 numbers", "are 2 numbers"}},
        {"weights' shape",
         weighted(R"({"out.weight": {"shape": [2, 1], "data": [1, 2]}})"),
         {"weights: out.weight: ", "[2, 1]", "[1, 2]"}},
        {"weights' data",
         weighted(R"({"out.weight": {"shape": [1, 2], "data": [1]}})"),
         {"weights.out.weight: ", "2 numbers", "holds 1"}},
        {"weights over float",
         weighted(R"({"out.bias": {"shape": [1], "data": [1e300]}})"),
         {"weights: out.bias: ", "1e+300", "single precision ends at 3.4"}},
        {"moments",
         around(plain, R"({"optimiser": {"type": "adam"}})", R"({"source": "xor"})",
                R"(, "state": {"moments": {"first_moment":
                              {"out.bias": {"shape": [2], "data": [1, 2]}}}})"),
         {"state.moments.first_moment: out.bias: ", "[2]", "[1]"}},
        {"points",
         fed(R"({"source": "points", "inputs": {"shape": [1, 2], "data": [1, 2]},
                           "targets": {"shape": [2], "data": [1, 2]}})"),
         {"data: targets: ", "2 targets", "1 input"}},
        {"no points", fed(R"({"source": "points"})"), {"data: inputs: ", "no points"}},
        {"no data", around(plain, "{}", "null"), {"no \"data\"", "samples"}},
    });
  }
}
