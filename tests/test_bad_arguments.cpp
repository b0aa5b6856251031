/// Wrong files and wrong arguments, given to the program as a user would (see test_bad_input.cpp).
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "places.h"
#include "refusal.h"

namespace {

const std::string network = R"("network": {"input": [2], "nodes": [
    {"id": "h", "type": "dense", "units": 3}, {"id": "out", "type": "dense", "units": 3}]})";
const std::string entropy = R"("training": {"loss": {"type": "cross_entropy_logits"}})";

std::string document(const std::string& data = R"({"source": "xor"})") {
  return R"({"crease": 1, "data": )" + data + ", " + network + ", " + entropy + "}";
}

/// An IDX file: its header of sizes, then its items.
std::string idx(const std::string& sizes, const std::string& items) {
  std::string bytes("\0\0\x08", 3);
  bytes += static_cast<char>(sizes.size());
  for (const char size : sizes) bytes += std::string(3, '\0') + size;
  return bytes + items;
}

struct Files {
  TemporaryFolder folder;
  std::string good = folder.write("good.crease.json", document());

  void refused(const std::string& name, const Words& arguments, const Words& words) const {
    check_refused(name, arguments, words);
  }
  /// Training on `data`, whose problems name the document.
  void refused_data(const std::string& name, const std::string& data, Words words) const {
    const std::string file = folder.write("data.crease.json", document(data));
    words.push_back(file + ": data: ");
    check_refused(name, {"train", file, "--json"}, words);
  }
};

}  // namespace

TEST_SUITE("bad input") {
  TEST_CASE_FIXTURE(Files, "files that cannot be read or written") {
    const std::string missing = folder.path("missing.json"), here = folder.path("");
    refused("missing", {"train", missing}, {missing, "No such file"});
    refused("a folder", {"train", here}, {here, "is a folder"});
    refused("a device", {"train", "/dev/zero"}, {"/dev/zero", "device"});
    refused("a long name", {"train", std::string(300, 'x')}, {"File name too long"});
    refused("no name", {"train", ""}, {"name of the file is empty"});
    refused("no folder for --out", {"train", good, "--out", folder.path("none/out.json")},
            {folder.path("none/out.json"), "cannot be written", "No such file"});
    refused("a folder as --out", {"train", good, "--out", here}, {here, "is a folder"});
    refused("a long --out", {"train", good, "--out", folder.path(std::string(300, 'x'))},
            {"cannot be written", "File name too long"});
    refused("no folder for --log", {"train", good, "--log", folder.path("none/log.csv")},
            {folder.path("none/log.csv"), "cannot be written", "No such file"});
    refused("a folder as --log", {"train", good, "--log", here}, {here, "Is a directory"});
    refused("a full disk", {"train", good, "--log", "/dev/full"}, {"/dev/full", "No space left"});
    if (geteuid() == 0) return;  // root may read and write everything
    chmod(good.c_str(), 0);
    refused("unreadable", {"train", good}, {good, "Permission denied"});
    chmod(good.c_str(), 0600);
    chmod(here.c_str(), 0500);
    refused("unwritable", {"train", good, "--out", folder.path("out.json")},
            {folder.path("out.json"), "cannot be written", "Permission denied"});
    chmod(here.c_str(), 0700);
  }

  TEST_CASE_FIXTURE(Files, "data files") {
    refused_data("no csv", R"({"source": "csv"})", {"path: ", "no file is named"});
    refused_data("csv missing", R"({"source": "csv", "path": "no.csv"})",
                 {folder.path("no.csv"), "no such file"});
    refused_data("a folder as csv", R"({"source": "csv", "path": "."})", {"not a file"});
    folder.write("empty.csv", "");
    refused_data("csv empty", R"({"source": "csv", "path": "empty.csv"})",
                 {"empty.csv", "is empty"});
    folder.write("words.csv", "x,y\n1,a\ntwo,b\n");
    refused_data("csv of words", R"({"source": "csv", "path": "words.csv"})",
                 {"words.csv: line 3, column \"x\"", "\"two\" is not a number"});
    folder.write("short.csv", "x,y\n1,2\n3\n");
    refused_data("csv line", R"({"source": "csv", "path": "short.csv"})",
                 {"short.csv: line 3", "1 cell, but the first line has 2"});
    refused_data("csv column", R"({"source": "csv", "path": "short.csv", "target": "z"})",
                 {"short.csv: line 3"});
    folder.write("good.csv", "x,y\n1,0\n3,1\n");
    refused_data("csv target", R"({"source": "csv", "path": "good.csv", "target": "z"})",
                 {"target: ", "no column \"z\"", "x, y"});

    refused_data("no idx", R"({"source": "idx"})", {"images: ", "no file is named"});
    const std::string files = R"({"source": "idx", "images": "i", "labels": "l"})";
    refused_data("idx missing", files, {folder.path("i"), "no such file"});
    folder.write("i", idx(std::string("\2\1\2", 3), "abc"));
    refused_data("labels missing", files, {folder.path("l"), "no such file"});
    folder.write("l", idx("\2", std::string("\0\1", 2)));
    refused_data("idx cut short", files, {folder.path("i"), "cut short", "2 items of 2 bytes"});
    folder.write("i", std::string("\0\0\x08\3\0\0", 6));
    refused_data("idx header cut short", files, {folder.path("i"), "cut short"});
    folder.write("i", idx("\2", "abcd"));
    refused_data("labels as images", files, {folder.path("i"), "1 dimension, but images need 3"});
    folder.write("i", "hello, this is no image");
    refused_data("no idx file", files, {folder.path("i"), "not an IDX file"});
    folder.write("i", idx("\1\1\2", "ab"));
    refused_data("idx counts", files, {folder.path("l"), "2 labels for the 1 images"});
  }

  TEST_CASE_FIXTURE(Files, "arguments") {
    refused("a document that is not there", {folder.path("none.crease.json")},
            {folder.path("none.crease.json"), "No such file"});
    refused("unknown subcommand", {"trian", good}, {"trian", "crease --help"});
    refused("unknown option", {"train", good, "--stesp", "3"}, {"--stesp", "crease --help"});
    refused("no document", {"train"}, {"document is required"});
    refused("no value", {"train", good, "--steps"}, {"--steps"});
    refused("steps -1", {"train", good, "--steps", "-1"}, {"--steps", "-1", "0 to 1000000000"});
    refused("steps=-1", {"train", good, "--steps=-1"}, {"--steps", "-1", "0 to 1000000000"});
    refused("steps x", {"train", good, "--steps", "x"}, {"--steps", "x"});
    refused("steps 1.5", {"train", good, "--steps", "1.5"}, {"--steps", "1.5"});
    refused("steps 1e30", {"train", good, "--steps", std::string(30, '9')}, {"--steps"});
    refused("steps and epochs", {"train", good, "--steps", "1", "--epochs", "1"},
            {"--steps", "--epochs", "exclude"});
    refused("threads 0", {"train", good, "--threads", "0"}, {"--threads", "0", "1 to 256"});
    refused("threads 257", {"train", good, "--threads", "257"}, {"--threads", "1 to 256"});
    refused("seed -1", {"train", good, "--seed", "-1"}, {"--seed", "-1", "whole number"});
    refused("seed=-1", {"train", good, "--seed=-1"}, {"--seed", "-1", "whole number"});
    refused("seed 1.5", {"train", good, "--seed", "1.5"}, {"--seed", "1.5", "whole number"});
    refused("seed 2^64", {"train", good, "--seed", "18446744073709551616"},
            {"--seed", "18446744073709551616", "from 0 to 18446744073709551615"});
    refused("gpu", {"train", good, "--device", "gpu"}, {"--device", "gpu", "cpu and auto"});
    refused("device", {"train", good, "--device", "tpu"}, {"--device", "tpu", "cpu,gpu,auto"});
    refused("precision", {"train", good, "--precision", "half"},
            {"--precision", "half", "float,double"});
    refused("mode", {"gradient", good, "--batch", good, "--mode", "x"}, {"--mode", "train,eval"});
    refused("workload", {"bench", "--workload", "W9"}, {"--workload", "W9", "W1"});
    refused("no batch", {"gradient", good}, {"--batch is required"});
    refused("no inputs", {"evaluate", good}, {"--inputs is required"});
    refused("two documents", {"train", good, good}, {good});
  }

  TEST_CASE_FIXTURE(Files, "batches and inputs") {
    const std::string missing = folder.path("missing.json");
    const auto batch = [&](const std::string& name, const std::string& text, Words words) {
      const std::string file = folder.write("batch.json", text);
      words.push_back(file + ": ");
      refused(name, {"gradient", good, "--batch", file, "--json"}, words);
    };
    const std::string input = R"({"input": {"shape": [2, 2], "data": [1, 2, 3, 4]})";
    refused("batch missing", {"gradient", good, "--batch", missing}, {missing, "No such file"});
    batch("a list", "[]", {"must be an object"});
    batch("empty", "", {"is empty"});
    batch("no input", "{}", {"no \"input\""});
    batch("neither", input + "}", {"\"target\"", "\"labels\""});
    batch("input's shape", R"({"input": {"shape": [1, 3], "data": [1, 2, 3]}, "labels": [0]})",
          {"input: ", "[1, 3]", "2 numbers per sample"});
    batch("input's numbers", R"({"input": {"shape": [1, 2], "data": [1]}, "labels": [0]})",
          {"input: ", "2 numbers", "holds 1"});
    batch("a flat input", R"({"input": {"shape": [], "data": [1]}, "labels": [0]})",
          {"input: ", "2 numbers per sample"});
    batch("labels", input + R"(, "labels": [0, 3]})", {"labels: ", "class 3 must be below 3"});
    batch("a label of -1", input + R"(, "labels": [0, -1]})", {"labels[1]: ", "at least 0"});
    batch("a label of 0.5", input + R"(, "labels": [0, 0.5]})", {"labels[1]: ", "a whole number"});
    batch("a label of 1e30", input + R"(, "labels": [0, 1e30]})",
          {"labels[1]: ", "a whole number"});
    batch("too few labels", input + R"(, "labels": [0]})", {"labels: ", "1 sample", "2"});
    batch("targets", input + R"(, "target": {"shape": [1], "data": [1]}})",
          {"target: ", "1 sample", "2"});
    batch("wide targets", input + R"(, "target": {"shape": [2, 2], "data": [1, 2, 3, 4]}})",
          {"2 numbers per sample", "3 outputs"});
    batch("target and labels",
          input + R"(, "labels": [0, 1], "target": {"shape": [2], "data": [1, 2]}})",
          {"both \"target\" and \"labels\""});
    batch("a class of 3", input + R"(, "target": {"shape": [2], "data": [1, 3]}})",
          {"target", "class 3", "0 to 2"});

    const auto inputs = [&](const std::string& name, const std::string& text, Words words) {
      const std::string file = folder.write("inputs.json", text);
      words.push_back(file + ": ");
      refused(name, {"evaluate", good, "--inputs", file, "--json"}, words);
    };
    refused("inputs missing", {"evaluate", good, "--inputs", missing}, {missing, "No such file"});
    inputs("a list", "[1, 2]", {"a tensor"});
    inputs("one sample", R"({"shape": [2], "data": [1, 2]})", {"[2]", "2 numbers per sample"});
    inputs("features", R"({"shape": [1, 3], "data": [1, 2, 3]})", {"2 numbers per sample"});
    inputs("a text", R"({"shape": [1, 2], "data": [1, "x"]})", {"data[1]", "finite number"});
    inputs("NaN", R"({"shape": [1, 2], "data": [1, NaN]})", {"line 1, column", "not valid JSON"});
  }

  TEST_CASE_FIXTURE(Files, "a wrong document is named, not the batch") {
    const std::string file = folder.write(
        "bad.crease.json", R"({"crease": 1, )" + network + ", " + entropy +
                               R"(, "weights": {"out.bias": {"shape": [1], "data": [1]}}})");
    const std::string scalar = folder.write(
        "scalar.crease.json",
        R"({"crease": 1, "network": {"input": [2], "nodes": [{"id": "a", "type": "dense", "units": 1}]}, )" +
            entropy + "}");
    const std::string batch = folder.write(
        "batch.json", R"({"input": {"shape": [1, 2], "data": [1, 2]}, "labels": [0]})");
    const std::string inputs = folder.write("inputs.json", R"({"shape": [1, 2], "data": [1, 2]})");
    refused("gradient", {"gradient", file, "--batch", batch}, {file + ": weights: out.bias: "});
    refused("evaluate", {"evaluate", file, "--inputs", inputs}, {file + ": weights: out.bias: "});
    refused("loss", {"gradient", scalar, "--batch", batch}, {scalar + ": training.loss: "});
  }

  TEST_CASE_FIXTURE(Files, "regions: windows and planes") {
    const std::string file =
        folder.write("bends.crease.json", R"({"crease": 1, "network": {"input": [2], "nodes": [
            {"id": "h", "type": "dense", "units": 4, "activation": "relu"},
            {"id": "out", "type": "dense", "units": 1}]}})");
    for (const char* window :
         {"-1e160,1e160,-1e160,1e160", "-1,1,-1e13,1", "0,1e-13,0,1", "1,1.0000000000000002,0,1"})
      refused(window, {"regions", file, std::string("--window=") + window},
              {"--window: ", "from -1e+12 to 1e+12"});
    const auto plane = [&](const std::string& text) {
      return Words{"regions", file, "--plane", folder.write("plane.json", text)};
    };
    for (const char* v : {"[2, 4]", "[0, 0]", "[1, 2.0000000001]"})
      refused(v, plane(std::string(R"({"origin": [0, 0], "u": [1, 2], "v": )") + v + "}"),
              {folder.path("plane.json"), "u and v", "must span a plane"});
    const Answer answer = run_program(
        crease_binary(), plane(R"({"origin": [0, 0], "u": [1, 2], "v": [1, 0], "z": 1})"));
    CHECK(answer.status == 0);
    CHECK(answer.err == "warning: " + folder.path("plane.json") + ": z: unknown field, ignored\n");
  }

  TEST_CASE_FIXTURE(Files, "numbers that are none, and files that would overwrite each other") {
    const std::string out = folder.path("o.png");
    refused("scale", {"screenshot", good, "--out", out, "--scale", "nan"},
            {"--scale", "from 1 to 2.5", "nan"});
    refused("dpi", {"figure", good, "--view", "loss", "--out", out, "--dpi", "nan"},
            {"--dpi", "from 18 to 1200", "nan"});
    refused("seconds", {"bench", "--seconds", "nan"}, {"--seconds", "nan"});
    const std::string both = folder.path("both.csv");
    refused("log and out", {"train", good, "--log", both, "--out", folder.path("./both.csv")},
            {"--log: ", "--out"});
    refused("log and document", {"train", good, "--log", good}, {"--log: ", good});
    CHECK(read_all(good) == document());
  }

  TEST_CASE_FIXTURE(Files, "warnings are a line each and no error") {
    const std::string file = folder.write(
        "odd.crease.json", R"({"crease": 1, "extra\n\u001b[2J": 1, "data": {"source": "xor4"},
            "network": {"input": [2], "nodes": [{"id": "a", "type": "dense", "units": 1, "colour": "red"}]},
            "weights": {"b.bias": {"shape": [1], "data": [1]}}})");
    const std::string inputs = folder.write("inputs.json", R"({"shape": [1, 2], "data": [1, 2]})");
    for (const Words& arguments :
         {Words{"train", file}, Words{"evaluate", file, "--inputs", inputs}}) {
      const Answer answer = run_program(crease_binary(), arguments);
      CAPTURE(answer.err);
      CHECK(answer.status == 0);
      CHECK(sentences(answer.err).empty());
      CHECK(std::count(answer.err.begin(), answer.err.end(), '\n') == 3);
      CHECK(answer.err.find("nodes[0] \"a\".colour: unknown field") != std::string::npos);
      CHECK(answer.err.find("weights.b.bias: ") != std::string::npos);
      CHECK(answer.err.find('\x1b') == std::string::npos);
    }
  }

  TEST_CASE_FIXTURE(Files, "a diverged run saves its last finite weights") {
    const std::string out = folder.path("out.json");
    const std::string file = folder.write(
        "wild.crease.json",
        R"({"crease": 1, "data": {"source": "xor"}, "network": {"input": [2], "nodes": [
            {"id": "a", "type": "dense", "units": 1}]}, "training": {"optimiser": {"type": "sgd", "rate": 1e39}}})");
    const Answer answer =
        run_program(crease_binary(), {"train", file, "--steps", "1", "--out", out});
    CAPTURE(answer.err);
    CHECK(answer.status == 0);
    CHECK(answer.err.find("at step 0: the rate 1e+39 may be too high") != std::string::npos);
    CHECK(run_program(crease_binary(), {"train", out, "--steps", "0"}).status == 0);
  }
}
