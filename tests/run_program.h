#pragma once
/// Runs the built program as a user would, and keeps what it said.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

/// A folder that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "crease-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    where_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(where_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string path(const std::string& name) const { return (where_ / name).string(); }
  /// Writes a file and returns its path.
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(where_ / name, std::ios::binary) << bytes;
    return path(name);
  }

 private:
  std::filesystem::path where_;
};

inline std::string read_all(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

struct Answer {
  int status = -1;  ///< 128 + signal where it was killed
  std::string out, err;
  double seconds = 0;    ///< of the processor, so that a busy machine does not count
  double megabytes = 0;  ///< the most memory it held
};

/// Runs `program` with `arguments` and nothing to read; stopped after a minute, which sanitizers
/// may come near to.
inline Answer run_program(const std::string& program, const std::vector<std::string>& arguments) {
  const TemporaryFolder folder;
  const std::string out = folder.path("out"), err = folder.path("err");
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT, 0600);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT, 0600);
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t child = 0;
  const int failure =
      posix_spawn(&child, program.c_str(), &files, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  Answer answer;
  if (failure != 0) return answer;

  int state = 0;
  rusage use{};
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (wait4(child, &state, WNOHANG, &use) == 0) {
    if (std::chrono::steady_clock::now() > end) kill(child, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  answer.status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
  answer.out = read_all(out);
  answer.err = read_all(err);
  answer.seconds = seconds(use.ru_utime) + seconds(use.ru_stime);
  answer.megabytes = static_cast<double>(use.ru_maxrss) / 1024;
  return answer;
}
