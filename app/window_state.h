#pragma once
/// What the window shows, written into a file after each frame: how a test of the real window, with
/// real keys and a real pointer, learns what they did.
#include <chrono>
#include <filesystem>

#include "shell.h"

namespace crease::app {

class StateFile {
 public:
  /// Nothing is written where `file` is empty.
  explicit StateFile(std::filesystem::path file) : file_(std::move(file)) {}

  /// `seconds`: how long the frame took to lay out.
  void write(const Shell& shell, const Gui& gui, double seconds);

 private:
  std::filesystem::path file_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  double first_ = 0;
  long frames_ = 0;
};

}  // namespace crease::app
