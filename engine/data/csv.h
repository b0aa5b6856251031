#pragma once
/// Tables in text files: a line of column names, then a line a sample.
#include <string>
#include <vector>

#include "data/source.h"

namespace crease {

/// Commas between cells; a cell may stand in quotation marks ("" is one of them inside); lines end
/// in LF or CR LF; empty lines do not count; UTF-8, packed by gzip or not. The targets are classes
/// where the column is text (classes in the order of the names), where it holds only whole numbers
/// 0 .. 999, or only -1 and 1 (in the order of the numbers); any other column of numbers is a real
/// target.
struct Csv {
  static constexpr std::string_view name = "csv";
  static constexpr std::string_view help = "a table in a text file";
  static constexpr int samples = 0;
  static constexpr double test_fraction = 0;
  std::string path;
  std::vector<std::string> inputs = {};
  std::string target = {};

  static void fields(auto& self, auto&& visit) {
    visit(Field{.name = "path", .help = "file whose first line names the columns", .is_path = true},
          self.path);
    visit(Field{.name = "inputs", .help = "names of the input columns; empty: all but the target"},
          self.inputs);
    visit(Field{.name = "target", .help = "name of the target column; empty: the last"},
          self.target);
  }
  DataSet make(const Request& request) const;
  bool operator==(const Csv&) const = default;
};

}  // namespace crease
