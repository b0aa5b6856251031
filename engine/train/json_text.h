#pragma once
/// JSON between text and memory: strict reading with clear sentences, compact and readable writing.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace crease {

/// Keeps the order in which fields stand in a file.
using Json = nlohmann::ordered_json;

/// Reads a file; throws Problem (file: what is wrong) where it is missing, no JSON, nested deeper
/// than 64, or holds a number that is too large.
Json read_json(const std::filesystem::path& file);
Json parse_json(const std::string& text);

/// Objects indented by two spaces, lists of numbers or words on one line. Ends with a newline.
std::string write_json(const Json& json);

/// Writes a file by way of a temporary one, so that a failure leaves the old file whole.
void write_file(const std::filesystem::path& file, const std::string& text);
/// Throws what write_file would throw, before there is anything to write.
void check_writable(const std::filesystem::path& file);

/// "text", 3, {..}: a short name of what a value is, for error messages.
std::string describe(const Json& json);

}  // namespace crease
