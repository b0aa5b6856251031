#pragma once
/// Files that may be packed by gzip.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/problem.h"

struct gzFile_s;

namespace crease {

/// What is wrong with a file of the data.
Problem file_problem(const std::filesystem::path& file, std::string sentence);

/// A file read from its start to its end, unpacked where gzip packed it. Throws Problem.
class PackedFile {
 public:
  explicit PackedFile(std::filesystem::path path);

  const std::filesystem::path& path() const { return path_; }
  /// The next `count` bytes, or fewer where the file ends before.
  std::vector<std::uint8_t> read(std::size_t count);
  Problem problem(std::string sentence) const { return file_problem(path_, std::move(sentence)); }

 private:
  struct Close {
    void operator()(gzFile_s* file) const;
  };
  std::filesystem::path path_;
  std::unique_ptr<gzFile_s, Close> file_;
};

}  // namespace crease
