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

  /// What a frame cost, in seconds.
  struct Cost {
    double processor = 0;  ///< of this thread for laying it out, drawing excluded
    double whole = 0;      ///< passed until it was on screen, drawing included
  };
  void write(const Shell& shell, const Gui& gui, const Cost& cost);

 private:
  std::filesystem::path file_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  double first_ = 0;
  long frames_ = 0;
};

}  // namespace crease::app
