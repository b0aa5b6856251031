#include "clipboard.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "core/problem.h"

namespace crease::app {

namespace {

/// Runs a program silently to its end; false where it is not installed or fails.
bool succeeds(std::vector<std::string> words, const std::filesystem::path& input) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  int status = 0;
  return failed == 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

// A clipboard lives as long as the program that filled it: these two stay behind for that.
void copy_png(const std::filesystem::path& file) {
  if (is_set("WAYLAND_DISPLAY") && succeeds({"wl-copy", "--type", "image/png"}, file)) return;
  if (!is_set("DISPLAY")) throw Problem("there is no clipboard without a display");
  if (succeeds({"xclip", "-selection", "clipboard", "-t", "image/png"}, file)) return;
  throw Problem("copying a picture needs the program xclip (or wl-copy); an export needs neither");
}

}  // namespace crease::app
