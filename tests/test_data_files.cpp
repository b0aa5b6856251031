/// Sources that are given or read from files: points, csv, idx, mnist.
#include <doctest/doctest.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <numbers>
#include <numeric>
#include <string>
#include <vector>

#include "core/paths.h"
#include "core/problem.h"
#include "data/data.h"

using namespace crease;
using doctest::Approx;
using std::filesystem::path;
namespace {

DataSettings settings_of(const Source& source, int samples) {
  DataSettings settings = DataSettings::of(source);
  settings.samples = samples;
  settings.test_fraction = 0;
  return settings;
}

/// The samples as the source makes them, in its own order.
DataSet samples_of(const Source& source, int samples) {
  return make_data(settings_of(source, samples), "");
}

/// A folder of its own that goes with the test.
struct Folder {
  path where;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "crease-data-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    where = name;
  }
  ~Folder() { std::filesystem::remove_all(where); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(where / name, std::ios::binary) << bytes;
  }
  void pack(const std::string& name, const std::string& bytes) const {
    const gzFile file = gzopen((where / name).c_str(), "wb");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);
  }
};

/// An environment variable with another value for a while.
struct Environment {
  std::string name, before;
  bool was_set;
  Environment(const char* variable, const std::string& value) : name(variable) {
    const char* old = std::getenv(variable);
    was_set = old != nullptr;
    if (was_set) before = old;
    setenv(variable, value.c_str(), 1);
  }
  ~Environment() {
    if (was_set)
      setenv(name.c_str(), before.c_str(), 1);
    else
      unsetenv(name.c_str());
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
};

/// What is wrong with a source, or "".
std::string problem_of(const Source& source, const path& folder = "") {
  DataSettings settings = DataSettings::of(source);
  settings.test_fraction = 0;
  try {
    make_data(settings, folder);
  } catch (const Problem& problem) {
    return problem.what();
  }
  return "";
}

bool contains(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) MESSAGE("\"" << text << "\" does not contain \"" << part << "\"");
  return found;
}

DataSet read_csv(const Folder& folder, const std::string& text, Csv csv = {}) {
  folder.write("t.csv", text);
  csv.path = "t.csv";
  return make_data(DataSettings::of(csv), folder.where);
}

std::string csv_problem(const std::string& text, Csv csv = {}) {
  const Folder folder;
  folder.write("t.csv", text);
  csv.path = "t.csv";
  return problem_of(csv, folder.where);
}

std::string word(unsigned n) {
  std::string bytes;
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(n >> shift & 0xFF);
  return bytes;
}

/// `count` images of 2 x 3, their bytes 0, 1, 2, ...
std::string images_file(unsigned count) {
  std::string bytes = word(0x803) + word(count) + word(2) + word(3);
  for (unsigned i = 0; i < count * 6; ++i) bytes += static_cast<char>(i % 256);
  return bytes;
}

std::string labels_file(const std::string& labels) {
  return word(0x801) + word(static_cast<unsigned>(labels.size())) + labels;
}

}  // namespace

TEST_SUITE("data files") {
  TEST_CASE("points: inputs and targets as they stand") {
    const Points points{{{3, 2}, {1, 2, 3, 4, 5, 6}}, {{3}, {0.5, -1, 7}}};
    const DataSet data = make_data(DataSettings::of(points), "");
    CHECK(data.shape == Shape::features(2));
    CHECK(data.values == (Eigen::MatrixXd(2, 3) << 1, 3, 5, 2, 4, 6).finished());
    CHECK(data.targets == (Eigen::MatrixXd(1, 3) << 0.5, -1, 7).finished());
    CHECK(data.targets_as_given);
    CHECK(data.train == std::vector<std::size_t>{0, 1, 2});
    CHECK(samples_of(points, 2).values == data.values.leftCols(2));
    CHECK(samples_of(points, 9).size() == 3);

    const Points images{{{2, 1, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8}}, {{2, 2}, {1, 0, 0, 1}}};
    const DataSet pictures = make_data(DataSettings::of(images), "");
    CHECK(pictures.shape == Shape::image(1, 2, 2));
    CHECK(pictures.targets == Eigen::MatrixXd::Identity(2, 2));
    const Points per_pixel{{{1, 1, 1, 2}, {3, 4}}, {{1, 1, 1, 2}, {0, 1}}};
    CHECK(make_data(DataSettings::of(per_pixel), "").targets == Eigen::Vector2d(0, 1));
  }

  TEST_CASE("points: what is wrong") {
    const Tensor inputs{{2, 1}, {1, 2}};
    const Tensor targets{{2}, {1, 2}};
    const double infinity = std::numeric_limits<double>::infinity();
    CHECK(problem_of(Points{inputs, targets}).empty());
    CHECK(contains(problem_of(Points{}), "data: inputs: no points"));
    CHECK(contains(problem_of(Points{inputs, {{3}, {1, 2, 3}}}), "3 targets for 2 inputs"));
    CHECK(contains(problem_of(Points{{{2, 2}, {1, 2}}, targets}), "does not fit the 2 numbers"));
    CHECK(contains(problem_of(Points{{{0, 2}, {}}, targets}), "has a 0"));
    CHECK(contains(problem_of(Points{{{2}, {1, 2}}, targets}), "[N, features]"));
    CHECK(contains(problem_of(Points{inputs, {{2, 1, 1}, {1, 2}}}), "[N, outputs]"));
    CHECK(contains(problem_of(Points{{{2, 1}, {1, infinity}}, targets}), "finite"));
    const std::size_t huge = std::size_t{1} << 63;
    CHECK(contains(problem_of(Points{{{2, huge, 1, 1}, {1, 2}}, targets}), "does not fit"));
  }

  TEST_CASE("csv: columns, classes, quotation marks, line ends") {
    const Folder folder;
    const DataSet plain =
        read_csv(folder, "\xEF\xBB\xBFx1,x2,label\r\n1,2,3\r\n\r\n-1.5,+4e1,7\r\n0,0,3");
    CHECK(plain.shape == Shape::features(2));
    CHECK(plain.values == (Eigen::MatrixXd(2, 3) << 1, -1.5, 0, 2, 40, 0).finished());
    CHECK(plain.classes == std::vector<int>{0, 1, 0});
    CHECK(plain.class_names == std::vector<std::string>{"3", "7"});
    CHECK(plain.class_count == 2);
    CHECK(plain.train.size() == 3);

    const DataSet text =
        read_csv(folder, "kind,\"a,b\",c\nred,1,2\n\"Ros\"\"e\"\"\",\"3\", 4 \nblue,5,6\n",
                 Csv{"", {"c", "a,b"}, "kind"});
    CHECK(text.values == (Eigen::MatrixXd(2, 3) << 2, 4, 6, 1, 3, 5).finished());
    CHECK(text.class_names == std::vector<std::string>{"Ros\"e\"", "blue", "red"});
    CHECK(text.classes == std::vector<int>{2, 0, 1});

    const DataSet real = read_csv(folder, "x,y\n1,0\n2,0.5\n3,1\n");
    CHECK_FALSE(real.is_classification());
    CHECK(real.targets == (Eigen::MatrixXd(1, 3) << 0, 0.5, 1).finished());
    CHECK_FALSE(real.targets_as_given);
    CHECK_FALSE(read_csv(folder, "x,y\n1,1000\n2,0\n").is_classification());
    CHECK(read_csv(folder, "x,y\n1,1\n2,-1\n").classes == std::vector<int>{1, 0});

    // The first samples only, with the numbering of all.
    folder.write("t.csv", "x,y\n1,b\n2,c\n3,a\n");
    const DataSet first = make_data(settings_of(Csv{"t.csv", {}, ""}, 2), folder.where);
    CHECK(first.classes == std::vector<int>{1, 2});
    CHECK(first.size() == 2);
    CHECK(first.class_count == 3);
    folder.pack("p.csv.gz", "x,y\n1,b\n2,c\n");
    CHECK(make_data(DataSettings::of(Csv{"p.csv.gz", {}, ""}), folder.where).size() == 2);
  }

  TEST_CASE("csv: what is wrong") {
    const Folder folder;
    CHECK(contains(problem_of(Csv{}), "no file is named"));
    CHECK(
        contains(problem_of(Csv{"no.csv", {}, ""}, folder.where), "no.csv: there is no such file"));
    CHECK(contains(problem_of(Csv{".", {}, ""}, folder.where), "not a file"));
    CHECK(contains(problem_of(Csv{"/dev/zero", {}, ""}), "not a file"));
    CHECK(contains(csv_problem(""), "empty"));
    CHECK(contains(csv_problem("\n\r\n"), "empty"));
    CHECK(contains(csv_problem("x,y\n"), "no lines after"));
    CHECK(contains(csv_problem("1,2\n3,4\n"), "must name the columns"));
    CHECK(contains(csv_problem("x;y\n1;2\n"), "only one column"));
    CHECK(contains(csv_problem("x,x\n1,2\n"), "two columns are called \"x\""));
    CHECK(contains(csv_problem("x,y\n1,2\n1\n"), "line 3: 1 cell, but the first line has 2"));
    CHECK(contains(csv_problem("x,y\n1,2\n\n1,2,3\n"), "line 4: 3 cells"));
    CHECK(contains(csv_problem("x,y\n1,2\n\nabc,4\n"),
                   "line 4, column \"x\": \"abc\" is not a number"));
    CHECK(contains(csv_problem("x,y\n1,2\nnan,4\n"), "not a number"));
    CHECK(contains(csv_problem("x,y\n1,2\n1e999,4\n"), "not a number"));
    CHECK(contains(csv_problem("x,y\n1,2\n,4\n"), "an empty cell is not a number"));
    CHECK(contains(csv_problem("x,y\n1,2\n3,b\n"),
                   "line 3, column \"y\": \"b\" is not a number, unlike"));
    CHECK(contains(csv_problem("x,y\n1,a\n3,2\n"), "\"2\" is a number, unlike"));
    CHECK(contains(csv_problem("x,y\n1,a\n3,\n"), "target is missing"));
    CHECK(contains(csv_problem("x,y\n1,a\n3,a\n"), "every target is \"a\""));
    CHECK(contains(csv_problem("x,y\n1,\"a\n3,a\n"), "line 2: a quotation mark is never closed"));
    CHECK(contains(csv_problem("x,y\n1,\"a\"b\n3,a\n"), "line 2: text after a closing"));
    CHECK(contains(csv_problem(std::string("x,y\n1,\0a\n", 9)), "not a text file"));
    CHECK(contains(csv_problem("x,y\n1,2\n", Csv{"", {"z"}, ""}),
                   "no column \"z\"; its columns are x, y"));
    CHECK(contains(csv_problem("x,y\n1,2\n", Csv{"", {}, "t"}), "data: target: "));
    CHECK(contains(csv_problem("x,y\n1,2\n", Csv{"", {"y"}, "y"}), "the target too"));
    CHECK(contains(csv_problem("x,y,z\n1,2,3\n", Csv{"", {"y", "y"}, "z"}), "named twice"));
  }

  TEST_CASE("idx: bytes stay bytes, packed or not") {
    const Folder folder;
    folder.write("images", images_file(4));
    folder.pack("images.gz", images_file(4));
    folder.write("labels", labels_file({2, 0, 1, 5}));
    folder.pack("more", images_file(2));
    folder.pack("more-labels", labels_file({7, 1}));
    for (const char* images : {"images", "images.gz"}) {
      const DataSet data = samples_of(
          Idx{(folder.where / images).string(), (folder.where / "labels").string(), "", ""}, 10);
      CHECK(data.shape == Shape::image(1, 2, 3));
      CHECK(data.size() == 4);
      CHECK(data.values.size() == 0);
      REQUIRE(data.bytes.size() == 24);
      for (std::size_t i = 0; i < 24; ++i) CHECK(data.bytes[i] == i);
      CHECK(data.classes == std::vector<int>{2, 0, 1, 5});
      CHECK(data.class_count == 6);
      CHECK(data.train.size() == 4);
    }
    DataSettings settings = DataSettings::of(Idx{"images", "labels", "", ""});
    CHECK(make_data(settings, folder.where).test.size() == 2);
    settings.standardise = true;
    const DataSet scaled = make_data(settings, folder.where);
    CHECK(scaled.bytes.empty());
    CHECK(scaled.values.cols() == 4);
    settings.standardise = false;
    settings.shuffle_features = true;
    const DataSet shuffled = make_data(settings, folder.where);
    for (std::size_t i = 6; i < 24; ++i) CHECK(shuffled.bytes[i] == shuffled.bytes[i - 6] + 6);

    settings = DataSettings::of(Idx{"images", "labels", "more", "more-labels"});
    settings.samples = 3;
    const DataSet parts = make_data(settings, folder.where);
    CHECK(parts.size() == 5);
    CHECK(parts.train == std::vector<std::size_t>{0, 1, 2});
    CHECK(parts.test == std::vector<std::size_t>{3, 4});
    CHECK(parts.classes == std::vector<int>{2, 0, 1, 7, 1});
    CHECK(parts.class_count == 8);
    CHECK(parts.bytes[17] == 17);
    CHECK(parts.bytes[18] == 0);
  }

  TEST_CASE("idx: what is wrong") {
    const Folder folder;
    folder.write("labels", labels_file({0, 1}));
    const auto problem = [&](const std::string& bytes) {
      folder.write("images", bytes);
      return problem_of(Idx{"images", "labels", "", ""}, folder.where);
    };
    const std::string good = images_file(2);
    CHECK(problem(good).empty());
    CHECK(contains(problem(""), "images: this is not an IDX file"));
    CHECK(contains(problem("hello world, this is text"), "not an IDX file"));
    CHECK(contains(problem(word(0xD03) + good.substr(4)), "holds 32-bit floats"));
    CHECK(contains(problem(labels_file({0, 1})), "has 1 dimension, but images need 3"));
    CHECK(contains(problem(good.substr(0, 9)), "cut short"));
    CHECK(contains(problem(good.substr(0, 20)), "cut short"));
    CHECK(contains(problem(good + "x"), "longer than its header"));
    CHECK(contains(problem(images_file(3)), "labels: holds 2 labels for the 3 images of"));
    CHECK(contains(problem(word(0x803) + word(0) + word(2) + word(2)), "holds no images"));
    CHECK(contains(problem(word(0x803) + word(2) + word(0) + word(2)), "not a sensible size"));
    CHECK(contains(problem(word(0x803) + word(0xFFFFFFFF) + word(0xFFFFFFFF) + word(0xFFFFFFFF)),
                   "not a sensible size"));
    folder.write("labels", word(0x801) + word(500000) + "abc");
    CHECK(contains(problem(word(0x803) + word(500000) + word(60) + word(60) + "abc"), "cut short"));

    folder.write("labels", labels_file({0, 1}));
    folder.pack("packed", good);
    std::string packed(std::filesystem::file_size(folder.where / "packed"), '\0');
    std::ifstream(folder.where / "packed", std::ios::binary)
        .read(packed.data(), static_cast<std::streamsize>(packed.size()));
    CHECK(problem(packed).empty());
    for (std::size_t n = 0; n < packed.size(); ++n) {
      INFO(n << " of " << packed.size() << " packed bytes");
      CHECK_FALSE(problem(packed.substr(0, n)).empty());
    }
    packed[packed.size() - 6] = static_cast<char>(packed[packed.size() - 6] ^ 1);
    CHECK(contains(problem(packed), "damaged"));

    folder.write("images", good);
    const Idx idx{"images", "labels", "", ""};
    CHECK(contains(problem_of(Idx{}), "data: images: no file is named"));
    CHECK(contains(problem_of(Idx{"images", "", "", ""}), "data: labels: no file is named"));
    CHECK(contains(problem_of(Idx{"none", "labels", "", ""}, folder.where), "no such file"));
    CHECK(contains(problem_of(Idx{"images", "images", "", ""}, folder.where), "has 3 dimensions"));
    CHECK(contains(problem_of(Idx{"images", "labels", "images", ""}, folder.where), "together"));
    folder.write("wide", word(0x803) + word(2) + word(1) + word(1) + "ab");
    CHECK(contains(problem_of(Idx{"images", "labels", "wide", "labels"}, folder.where),
                   "[1, 1, 1], but those for training [1, 2, 3]"));
  }

  TEST_CASE("mnist: the bundled sample") {
    const Folder empty;
    const Environment data_at("CREASE_DATA", empty.where.string());
    const DataSet data = make_data(DataSettings::of(Mnist{}), "");
    CHECK(data.shape == Shape::image(1, 28, 28));
    CHECK(data.train.size() == 6000);
    CHECK(data.test.size() == 1000);
    CHECK(data.test.front() == 6000);
    CHECK(data.validation.empty());
    CHECK(data.class_count == 10);
    CHECK(data.values.size() == 0);
    REQUIRE(data.bytes.size() == 7000 * 784);
    std::vector<int> counts(10);
    for (std::size_t i = 0; i < 6000; ++i) ++counts[static_cast<std::size_t>(data.classes[i])];
    CHECK(counts == std::vector<int>{592, 674, 596, 613, 584, 542, 592, 627, 585, 595});
    double sum = 0;
    for (std::size_t i = 0; i < 6000 * 784; ++i) sum += data.bytes[i];
    CHECK(sum / (6000 * 784 * 255.0) == Approx(0.13041).epsilon(0.0001));

    DataSettings settings = DataSettings::of(Mnist{});
    settings.samples = 100;
    settings.validation_fraction = 0.2;
    const DataSet few = make_data(settings, "");
    CHECK(few.train.size() == 80);
    CHECK(few.validation.size() == 20);
    CHECK(few.test.size() == 1000);
    CHECK(few.class_count == 10);
    CHECK(std::equal(few.bytes.begin(), few.bytes.begin() + 100 * 784, data.bytes.begin()));
    CHECK(std::equal(few.bytes.begin() + 100 * 784, few.bytes.end(),
                     data.bytes.begin() + 6000 * 784));

    const Environment assets_at("CREASE_ASSETS", empty.where.string());
    CHECK(contains(problem_of(Mnist{}), "CREASE_ASSETS"));
  }

  TEST_CASE("mnist and fashion_mnist: what is installed comes first") {
    const Folder folder;
    const Environment data_at("CREASE_DATA", folder.where.string());
    for (const std::string set : {"mnist", "fashion_mnist"}) {
      std::filesystem::create_directory(folder.where / set);
      folder.write(set + "/train-images-idx3-ubyte", images_file(3));
      folder.pack(set + "/train-labels-idx1-ubyte.gz", labels_file({0, 1, 9}));
      folder.pack(set + "/t10k-images-idx3-ubyte.gz", images_file(1));
    }
    if (!std::filesystem::exists("/usr/share/datasets/fashion-mnist"))
      CHECK(contains(problem_of(FashionMnist{}), "apt-get install dataset-fashion-mnist"));
    CHECK(make_data(DataSettings::of(Mnist{}), "").size() == 7000);

    for (const std::string set : {"mnist", "fashion_mnist"})
      folder.write(set + "/t10k-labels-idx1-ubyte", labels_file({4}));
    CHECK(make_data(DataSettings::of(Mnist{}), "").size() == 4);
    const DataSet fashion = make_data(DataSettings::of(FashionMnist{}), "");
    CHECK(fashion.train.size() == 3);
    CHECK(fashion.test.size() == 1);
    REQUIRE(fashion.class_names.size() == 10);
    CHECK(fashion.class_names[9] == "Ankle boot");
  }

  TEST_CASE("folders: from the environment, in the order of the shell's rule") {
    const Environment home("HOME", "/home/someone");
    const Environment xdg("XDG_DATA_HOME", "");
    const Environment own("CREASE_DATA", "");
    CHECK(data_folder() == path("/home/someone/.local/share/crease"));
    const Environment xdg_set("XDG_DATA_HOME", "/x");
    CHECK(data_folder() == path("/x/crease"));
    const Environment own_set("CREASE_DATA", "/own");
    CHECK(data_folder() == path("/own"));
    const Environment assets("CREASE_ASSETS", "/assets");
    CHECK(assets_folder() == path("/assets"));
  }
}
