#pragma once
/// How a figure is to be written: format, size, resolution, theme, file.
#include <filesystem>
#include <functional>
#include <string>

#include "figure/geometry.h"
#include "gui.h"

namespace crease::app {

/// What a person has chosen.
struct ExportChoice {
  std::filesystem::path file;
  Size points;  ///< 1/72 inch
  double dpi = 144;
  bool dark = false;
};

class ExportDialog {
 public:
  /// `name` begins the file's name; `shown` is the figure's size on screen, px at scale 1.
  void ask(const std::string& name, const std::string& title, const std::string& stem, Size shown,
           const std::filesystem::path& folder);
  /// `write` does what was chosen and says why it could not, if so: then the dialog stays.
  void draw(Gui& gui, const std::function<std::string(const ExportChoice&)>& write);
  bool open() const { return open_; }
  /// Which figure is meant.
  const std::string& figure() const { return figure_; }

 private:
  std::string file_name() const;

  bool open_ = false, dark_ = false;
  int format_ = 0;
  double width_ = 0, height_ = 0, dpi_ = 144;
  std::string figure_, title_, typed_, refusal_;
  std::filesystem::path folder_;
};

}  // namespace crease::app
