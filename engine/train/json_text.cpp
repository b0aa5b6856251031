#include "train/json_text.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "core/problem.h"

namespace crease {

namespace {

constexpr int deepest = 64;

/// "line 3, column 7" of a byte position.
std::string place(const std::string& text, std::size_t byte) {
  std::size_t line = 1, column = 1;
  for (std::size_t i = 0; i + 1 < byte && i < text.size(); ++i) {
    ++column;
    if (text[i] == '\n') {
      ++line;
      column = 1;
    }
  }
  return fmt::format("line {}, column {}", line, column);
}

/// Where a number that is too large stands; the parser says only how it is written, in quotes.
std::string place_of_number(const std::string& text, const std::string& complaint) {
  const std::size_t first = complaint.find('\''), last = complaint.rfind('\'');
  if (first == last) return "";
  const std::size_t found = text.find(complaint.substr(first + 1, last - first - 1));
  return found == std::string::npos ? "" : place(text, found + 1);
}

bool is_short_list(const Json& json) {
  for (const Json& item : json)
    if (item.is_structured()) return false;
  return true;
}

/// Small objects without anything inside them stay on one line.
bool fits_one_line(const Json& json) {
  if (json.is_array()) return is_short_list(json);
  return json.is_object() && json.size() <= 8 && is_short_list(json) && json.dump().size() <= 90;
}

void write(const Json& json, int depth, std::string& out) {
  if (!json.is_structured() || json.empty()) {
    out += json.dump();
    return;
  }
  const bool object = json.is_object();
  const bool one_line = fits_one_line(json);
  const std::string indent =
      one_line ? "" : "\n" + std::string(static_cast<std::size_t>(depth + 1) * 2, ' ');
  out += object ? '{' : '[';
  bool first = true;
  for (auto item = json.begin(); item != json.end(); ++item) {
    if (!first) out += one_line ? ", " : ",";
    first = false;
    out += indent;
    if (object) out += Json(item.key()).dump() + ": ";
    write(*item, depth + 1, out);
  }
  if (!one_line) out += "\n" + std::string(static_cast<std::size_t>(depth) * 2, ' ');
  out += object ? '}' : ']';
}

}  // namespace

Json parse_json(const std::string& text) {
  const auto check_depth = [](int depth, Json::parse_event_t, Json&) {
    if (depth > deepest)
      throw Problem(fmt::format("is nested too deeply: at most {} levels are allowed", deepest));
    return true;
  };
  try {
    return Json::parse(text, check_depth);
  } catch (const Json::parse_error& error) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
      throw Problem("is empty, where JSON is expected");
    throw Problem(place(text, error.byte), error.byte > text.size()
                                               ? "the JSON ends too early: the file is cut short"
                                               : "this is not valid JSON");
  } catch (const Json::out_of_range& error) {
    throw Problem(place_of_number(text, error.what()),
                  "this number is too large: numbers must be finite");
  }
}

Json read_json(const std::filesystem::path& file) {
  using std::filesystem::file_type;
  std::error_code ignored;
  const file_type kind = std::filesystem::status(file, ignored).type();
  if (file.empty()) throw Problem("the name of the file is empty");
  if (kind == file_type::directory)
    throw Problem(file.string(), "is a folder, where a file is expected");
  if (kind == file_type::character || kind == file_type::block)
    throw Problem(file.string(), "is a device, where a file is expected");
  std::ifstream stream(file, std::ios::binary);
  if (!stream)
    throw Problem(file.string(), fmt::format("cannot be read: {}", std::strerror(errno)));
  std::ostringstream text;
  text << stream.rdbuf();
  try {
    return parse_json(text.str());
  } catch (const Problem& problem) {
    throw problem.inside(file.string());
  }
}

std::string write_json(const Json& json) {
  std::string out;
  write(json, 0, out);
  return out + "\n";
}

namespace {

/// The file beside `file` that is written first, another one each time; `file` itself where it is a
/// device or a pipe, which must not be replaced. Throws where `file` is a folder.
std::filesystem::path written_first(const std::filesystem::path& file) {
  using std::filesystem::file_type;
  std::error_code ignored;
  const file_type kind = std::filesystem::status(file, ignored).type();
  if (kind == file_type::directory)
    throw Problem(file.string(), "is a folder, where a file name is expected");
  static std::atomic<unsigned> written{0};
  std::filesystem::path first = file;
  if (kind != file_type::character && kind != file_type::block && kind != file_type::fifo)
    first += fmt::format(".{}.{}.part", getpid(), ++written);
  return first;
}

std::ofstream open_to_write(const std::filesystem::path& first, const std::filesystem::path& file) {
  std::ofstream stream(first, std::ios::binary);
  if (!stream)
    throw Problem(file.string(), fmt::format("cannot be written: {}", std::strerror(errno)));
  return stream;
}

void remove_if(bool unwanted, const std::filesystem::path& file) {
  std::error_code ignored;
  if (unwanted) std::filesystem::remove(file, ignored);
}

}  // namespace

void check_writable(const std::filesystem::path& file) {
  const std::filesystem::path first = written_first(file);
  if (first == file) return;
  open_to_write(first, file);
  remove_if(true, first);
}

void write_file(const std::filesystem::path& file, const std::string& text) {
  const std::filesystem::path first = written_first(file);
  std::ofstream stream = open_to_write(first, file);
  stream << text;
  stream.close();
  if (!stream) {
    remove_if(first != file, first);
    throw Problem(file.string(), "cannot be written: the disk may be full");
  }
  if (first == file) return;
  std::error_code failure;
  std::filesystem::rename(first, file, failure);
  if (failure) {
    remove_if(true, first);
    throw Problem(file.string(), fmt::format("cannot be written: {}", failure.message()));
  }
}

std::string describe(const Json& json) {
  if (json.is_object()) return "an object";
  if (json.is_array()) return "a list";
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > 40) {
    std::size_t end = 37;
    while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // no half characters
    text.replace(end, std::string::npos, "...");
  }
  return text;
}

}  // namespace crease
