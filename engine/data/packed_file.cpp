#include "data/packed_file.h"

#include <zlib.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace crease {

Problem file_problem(const std::filesystem::path& file, std::string sentence) {
  return {"data: " + file.string(), std::move(sentence)};
}

void PackedFile::Close::operator()(gzFile_s* file) const { gzclose_r(file); }

PackedFile::PackedFile(std::filesystem::path path) : path_(std::move(path)) {
  std::error_code error;
  const auto kind = std::filesystem::status(path_, error).type();
  if (kind == std::filesystem::file_type::not_found) throw problem("there is no such file");
  if (error || kind != std::filesystem::file_type::regular)
    throw problem("this is not a file that can be read");
  file_.reset(gzopen(path_.c_str(), "rb"));
  if (!file_) throw problem("the file cannot be opened");
  gzbuffer(file_.get(), 1U << 17);
}

std::vector<std::uint8_t> PackedFile::read(std::size_t count) {
  constexpr std::size_t piece = std::size_t{1} << 22;
  std::vector<std::uint8_t> bytes;
  // Memory grows with what the file holds, not with what is asked for.
  while (bytes.size() < count) {
    const std::size_t before = bytes.size();
    const std::size_t wanted = std::min(piece, count - before);
    bytes.resize(before + wanted);
    const int got = gzread(file_.get(), bytes.data() + before, static_cast<unsigned>(wanted));
    int state = Z_OK;
    gzerror(file_.get(), &state);
    if (state == Z_BUF_ERROR) throw problem("the file is cut short");
    if (got < 0 || (state != Z_OK && state != Z_STREAM_END)) throw problem("the file is damaged");
    bytes.resize(before + static_cast<std::size_t>(got));
    if (static_cast<std::size_t>(got) < wanted) break;
  }
  return bytes;
}

}  // namespace crease
