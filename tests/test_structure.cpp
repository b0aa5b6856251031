// The tree keeps its shape: which folder may include which, which libraries stay where, how long a
// file may be.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "places.h"

namespace {
namespace fs = std::filesystem;
using Names = std::set<std::string>;

constexpr int maximalLines = 400;

// What each folder of engine/ may include besides itself; "registry" is engine/registry.h.
const std::map<std::string, Names>& allowed() {
  static const std::map<std::string, Names> graph = [] {
    std::map<std::string, Names> all;
    const Names core{"core"};
    all["core"] = {};
    all["data"] = all["activations"] = all["initialisers"] = all["losses"] = all["optimisers"] =
        core;
    all["layers"] = {"core", "activations", "initialisers"};
    const auto with = [&all](const std::string& folder) {  // a folder and all it may include
      Names names = all.at(folder);
      names.insert(folder);
      return names;
    };
    all["registry"] = {"core",   "activations", "initialisers", "data",
                       "layers", "losses",      "optimisers"};
    all["net"] = with("registry");
    all["train"] = with("net");
    all["live"] = with("train");
    all["probe"] = with("train");
    all["figure"] = core;
    all["views"] = with("probe");
    all["views"].insert("figure");
    all["gl"] = {"core", "net", "train"};
    all["export"] = {"core", "net", "train", "figure"};
    return all;
  }();
  return graph;
}

bool startsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

bool anyStart(std::string_view text, const std::vector<std::string_view>& starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](auto start) { return startsWith(text, start); });
}

// "engine/net/plan.cpp" -> "net", "engine/registry.h" -> "registry", "app/..." -> "app".
std::string folderOf(const std::string& file) {
  if (!startsWith(file, "engine/")) return file.substr(0, file.find('/'));
  const std::string rest = file.substr(7);
  return rest.substr(0, rest.find_first_of("/."));
}

// What is wrong with `file` including `header`, both relative to the top; header "" where it is not
// ours.
std::optional<std::string> complaint(const std::string& file, const std::string& written,
                                     const std::string& header) {
  const std::string from = folderOf(file);
  const bool app = startsWith(file, "app/");
  const bool test = startsWith(file, "tests/");
  std::string name = written;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return std::tolower(c); });

  if (header.empty()) {
    if (anyStart(name, {"imgui", "imstb", "implot", "glfw"}) && !app && !test)
      return "ImGui and GLFW belong to app/";
    if (anyStart(name, {"gl/", "gles", "egl/", "khr/", "epoxy/", "glad/", "opengl/"}) && !app &&
        !test && from != "gl")
      return "OpenGL belongs to engine/gl and app/";
    if (anyStart(name, {"cairo", "pango"}) && !test && from != "export")
      return "Cairo belongs to engine/export";
    if (startsWith(name, "../") || startsWith(name, "./"))
      return "write includes from engine/ or app/ downwards";
    return std::nullopt;
  }
  if (startsWith(name, "../") || startsWith(name, "./"))
    return "write includes from engine/ or app/ downwards";
  if (app || test) return std::nullopt;
  const std::string to = folderOf(header);
  if (to == "app" || to == "tests") return "the engine must not know " + to + "/";
  const auto rule = allowed().find(from);
  if (rule == allowed().end()) return "engine/" + from + " has no line in the dependency rule";
  if (to != from && rule->second.count(to) == 0) return from + " must not include " + to;
  return std::nullopt;
}

std::optional<std::string> includedBy(const std::string& line) {
  std::size_t at = line.find_first_not_of(" \t");
  if (at == std::string::npos || line[at] != '#') return std::nullopt;
  at = line.find_first_not_of(" \t", at + 1);
  if (at == std::string::npos || line.compare(at, 7, "include") != 0) return std::nullopt;
  const std::size_t open = line.find_first_of("<\"", at);
  if (open == std::string::npos) return std::nullopt;
  const std::size_t close = line.find(line[open] == '<' ? '>' : '"', open + 1);
  return close == std::string::npos ? std::nullopt
                                    : std::optional(line.substr(open + 1, close - open - 1));
}

// The file of ours that an include line means, relative to the top, or "".
std::string resolve(const fs::path& top, const std::string& file, const std::string& written) {
  for (const fs::path& base :
       {(top / file).parent_path(), top / "engine", top / "app", top / "tests"}) {
    std::error_code none;
    const fs::path path = (base / written).lexically_normal();
    std::string name = path.lexically_relative(top).generic_string();
    if (fs::is_regular_file(path, none) && !startsWith(name, "..")) return name;
  }
  return "";
}

std::vector<std::string> filesOf(const fs::path& top, const Names& endings) {
  std::vector<std::string> files;
  for (const char* folder : {"app", "engine", "shaders", "tests"}) {
    if (!fs::exists(top / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(top / folder))
      if (entry.is_regular_file() && endings.count(entry.path().extension().string()) > 0)
        files.push_back(entry.path().lexically_relative(top).generic_string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

const fs::path top = crease::source_folder();
}  // namespace

TEST_SUITE("structure") {
  TEST_CASE("the dependency rule refuses what it should") {
    const auto refused = [](const char* file, const char* written, const char* header) {
      return complaint(file, written, header).has_value();
    };
    CHECK(refused("engine/core/a.h", "net/plan.h", "engine/net/plan.h"));
    CHECK(refused("engine/layers/a.h", "registry.h", "engine/registry.h"));
    CHECK(refused("engine/net/a.cpp", "train/trainer.h", "engine/train/trainer.h"));
    CHECK(refused("engine/figure/a.cpp", "net/plan.h", "engine/net/plan.h"));
    CHECK(refused("engine/unheard/a.cpp", "core/shape.h", "engine/core/shape.h"));
    CHECK(refused("engine/net/a.cpp", "session.h", "app/session.h"));
    CHECK(refused("engine/views/a.cpp", "imgui.h", ""));
    CHECK(refused("engine/gl/a.cpp", "GLFW/glfw3.h", ""));
    CHECK(refused("engine/views/a.cpp", "epoxy/gl.h", ""));
    CHECK(refused("app/a.cpp", "cairo/cairo.h", ""));
    CHECK(refused("app/commands/a.cpp", "../session.h", "app/session.h"));

    CHECK_FALSE(refused("engine/core/a.cpp", "core/b.h", "engine/core/b.h"));
    CHECK_FALSE(refused("engine/registry.h", "layers/dense.h", "engine/layers/dense.h"));
    CHECK_FALSE(refused("engine/net/a.cpp", "registry.h", "engine/registry.h"));
    CHECK_FALSE(refused("engine/live/a.cpp", "layers/dense.h", "engine/layers/dense.h"));
    CHECK_FALSE(refused("engine/gl/a.cpp", "epoxy/gl.h", ""));
    CHECK_FALSE(refused("engine/export/a.cpp", "cairo/cairo.h", ""));
    CHECK_FALSE(refused("app/a.cpp", "imgui.h", ""));
    CHECK_FALSE(refused("app/a.cpp", "net/plan.h", "engine/net/plan.h"));
    CHECK_FALSE(refused("engine/core/a.cpp", "vector", ""));
  }

  TEST_CASE("include lines are read") {
    CHECK(includedBy("#include \"core/a.h\"") == "core/a.h");
    CHECK(includedBy("  #  include <vector>  // why") == "vector");
    CHECK_FALSE(includedBy("// #include <vector>").has_value());
    CHECK_FALSE(includedBy("#define A").has_value());
  }

  TEST_CASE("every include keeps the dependency rule") {
    int includes = 0;
    for (const std::string& file : filesOf(top, {".h", ".cpp"})) {
      std::ifstream text(top / file);
      std::string line;
      for (int number = 1; std::getline(text, line); ++number) {
        const auto written = includedBy(line);
        if (!written) continue;
        ++includes;
        const auto wrong = complaint(file, *written, resolve(top, file, *written));
        const std::string message =
            file + ":" + std::to_string(number) + ": " + *written + ": " + wrong.value_or("");
        CHECK_MESSAGE(!wrong, message);
      }
    }
    CHECK(includes > 0);
  }

  TEST_CASE("no file is longer than 400 lines") {
    for (const std::string& file : filesOf(
             top, {".h", ".cpp", ".glsl", ".comp", ".frag", ".vert", ".sh", ".cmake", ".txt"})) {
      if (startsWith(file, "tests/golden/")) continue;
      std::ifstream text(top / file);
      const auto lines = std::count(std::istreambuf_iterator<char>(text), {}, '\n');
      const std::string message = file + " has " + std::to_string(lines) + " lines";
      CHECK_MESSAGE(lines <= maximalLines, message);
    }
  }

  TEST_CASE("the top level holds what it should") {
    const Names known{"app",
                      "engine",
                      "shaders",
                      "assets",
                      "tests",
                      "CMakeLists.txt",
                      "CMakePresets.json",
                      "README.md",
                      "LICENSE",
                      "CMakeUserPresets.json",
                      "compile_commands.json"};
    for (const auto& entry : fs::directory_iterator(top)) {
      const std::string name = entry.path().filename().string();
      const bool good = known.count(name) > 0 || name[0] == '.' || startsWith(name, "build");
      CHECK_MESSAGE(good, name);
    }
  }
}
