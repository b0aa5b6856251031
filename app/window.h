#pragma once
/// The real window: GLFW, OpenGL, and a loop that sleeps while nothing happens.
#include <filesystem>

#include "train/document.h"

namespace crease::app {

struct WindowOptions {
  std::filesystem::path file;  ///< a document, a table or images to begin with; empty: none
  /// For tests: after each frame this file says what the window shows, as JSON.
  std::filesystem::path state_file;
};

/// Opens the window and returns when it has been closed. Throws Problem where the file cannot be
/// opened, there is no display, or no OpenGL 3.3.
void run_window(const WindowOptions& options);

/// The document in a file, or one for the table or images in it. Throws Problem.
Document document_at(const std::filesystem::path& file);

}  // namespace crease::app
