// Writing a file whole: the old one stays until the new one is complete.
#include "export/files.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "core/problem.h"

namespace crease {

void write_whole(const std::filesystem::path& file, std::string_view bytes) {
  static std::atomic<int> number = 0;  // two threads may write the same file
  std::filesystem::path part = file;
  part += "." + std::to_string(getpid()) + "-" + std::to_string(++number) + ".part";
  const auto refuse = [&](const std::string& why) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw Problem(file.string(), "cannot be written: " + why);
  };
  errno = 0;
  std::ofstream out(part, std::ios::binary);
  if (!out) refuse(errno != 0 ? std::strerror(errno) : "it cannot be opened");
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) refuse(errno != 0 ? std::strerror(errno) : "the disk may be full");
  std::error_code error;
  std::filesystem::rename(part, file, error);
  if (error) refuse(error.message());
}

}  // namespace crease
