#include "fonts.h"

#include <imgui_internal.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <vector>

#include "core/paths.h"
#include "core/problem.h"

namespace crease::app {

namespace {

// Each file is read once a program, and outlives every context.
std::vector<char>& file(Face face) {
  static std::map<Face, std::vector<char>> files;
  std::vector<char>& bytes = files[face];
  if (bytes.empty()) {
    const auto path = assets_folder() / "fonts" / font_file(face);
    std::ifstream in(path, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
    if (bytes.empty()) throw Problem(path.string(), "the font could not be read");
  }
  return bytes;
}

ImFont* add(Face face, ImFontConfig& config) {
  std::vector<char>& bytes = file(face);
  config.FontDataOwnedByAtlas = false;
  return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(bytes.data(), static_cast<int>(bytes.size()),
                                                    config.SizePixels, &config);
}

double height(Face face) {
  const FaceMetrics of = metrics(face);
  return of.ascent + of.descent;
}

}  // namespace

ImFont* add_font(Face face) {
  constexpr float any_size = 16;
  ImFontConfig first;
  first.SizePixels = any_size;
  ImFont* font = add(face, first);
  if (face != Face::mathematics) {
    ImFontConfig behind;
    behind.MergeMode = true;
    // Dear ImGui makes merged faces equally high; they must have equal ems.
    behind.SizePixels = static_cast<float>(any_size * height(Face::mathematics) / height(face));
    add(Face::mathematics, behind);
  }
  return font;
}

float font_size(Face face, double em) { return static_cast<float>(em * height(face)); }

}  // namespace crease::app
