#include "data/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "data/packed_file.h"

namespace crease {

namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 28;

struct Row {
  int line = 0;
  std::vector<std::string> cells;
};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// A cell for a sentence: in quotation marks, not too long.
std::string in_quotes(std::string_view text) {
  constexpr std::size_t most = 40;
  if (text.size() <= most) return fmt::format("\"{}\"", text);
  return fmt::format("\"{}...\"", text.substr(0, most));
}

/// Cuts the text of a file into rows of cells.
class Cutter {
 public:
  Cutter(std::string_view text, const std::filesystem::path& file) : rest_(text), file_(file) {}

  std::vector<Row> rows() {
    std::vector<Row> rows;
    while (!rest_.empty()) {
      Row row{line_, {}};
      do row.cells.push_back(cell());
      while (take(','));
      end_of_line();
      if (row.cells.size() > 1 || !row.cells[0].empty()) rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  bool take(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void skip_blanks() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size()));
  }
  void end_of_line() {
    if (rest_.empty()) return;
    const bool returned = take('\r');
    if (!take('\n') && !returned)
      throw file_problem(file_, fmt::format("line {}: text after a closing quotation mark", line_));
    ++line_;
  }
  std::string cell() {
    skip_blanks();
    if (take('"')) return quoted_cell();
    const std::size_t length = std::min(rest_.find_first_of(",\r\n"), rest_.size());
    std::string text(trimmed(rest_.substr(0, length)));
    rest_.remove_prefix(length);
    return text;
  }
  std::string quoted_cell() {
    const int start = line_;
    std::string text;
    for (;;) {
      if (rest_.empty())
        throw file_problem(file_, fmt::format("line {}: a quotation mark is never closed", start));
      const char c = rest_[0];
      rest_.remove_prefix(1);
      if (c == '"' && !take('"')) break;
      if (c == '\n') ++line_;
      text += c;
    }
    skip_blanks();
    return text;
  }

  std::string_view rest_;
  const std::filesystem::path& file_;
  int line_ = 1;
};

std::optional<double> number(std::string_view cell) {
  cell = trimmed(cell);
  if (cell.size() > 1 && cell[0] == '+' && cell[1] != '-') cell.remove_prefix(1);
  double value = 0;
  const char* end = cell.data() + cell.size();
  const auto result = std::from_chars(cell.data(), end, value);
  if (cell.empty() || result.ec != std::errc() || result.ptr != end || !std::isfinite(value))
    return {};
  return value;
}

/// A file cut into a head and rows that are all as long as it.
struct Table {
  std::filesystem::path file;
  std::vector<std::string> head;
  std::vector<Row> rows;

  explicit Table(std::filesystem::path path);
  std::size_t column(const std::string& name, const char* field) const;
  Problem problem(const Row& row, std::size_t column, const std::string& sentence) const {
    return file_problem(
        file, fmt::format("line {}, column {}: {}", row.line, in_quotes(head[column]), sentence));
  }
};

Table::Table(std::filesystem::path path) : file(std::move(path)) {
  const auto bytes = PackedFile(file).read(most_bytes + 1);
  if (bytes.size() > most_bytes) throw file_problem(file, "the file is too large: 256 MiB at most");
  if (std::find(bytes.begin(), bytes.end(), 0) != bytes.end())
    throw file_problem(file, "this is not a text file in UTF-8");
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  rows = Cutter(text, file).rows();
  if (rows.empty()) throw file_problem(file, "the file is empty");

  head = std::move(rows.front().cells);
  rows.erase(rows.begin());
  if (std::all_of(head.begin(), head.end(), [](const auto& cell) { return number(cell); }))
    throw file_problem(file, "the first line must name the columns, but it holds numbers only");
  if (head.size() < 2)
    throw file_problem(file, "there is only one column; commas must stand between the columns");
  std::set<std::string> names;
  for (const std::string& name : head)
    if (!names.insert(name).second)
      throw file_problem(file, fmt::format("two columns are called {}", in_quotes(name)));
  if (rows.empty()) throw file_problem(file, "there are no lines after the column names");
  for (const Row& row : rows)
    if (row.cells.size() != head.size())
      throw file_problem(
          file, fmt::format("line {}: {} cell{}, but the first line has {}", row.line,
                            row.cells.size(), row.cells.size() == 1 ? "" : "s", head.size()));
}

std::size_t Table::column(const std::string& name, const char* field) const {
  const auto found = std::find(head.begin(), head.end(), name);
  if (found != head.end()) return static_cast<std::size_t>(found - head.begin());
  constexpr std::size_t most = 20;
  std::string allowed;
  for (std::size_t i = 0; i < std::min(most, head.size()); ++i)
    allowed += (i > 0 ? ", " : "") + head[i];
  if (head.size() > most) allowed += ", ...";
  throw Problem(fmt::format("data: {}", field),
                fmt::format("{} has no column {}; its columns are {}", file.string(),
                            in_quotes(name), allowed));
}

/// The targets as numbers; empty where the column is text.
std::vector<double> target_numbers(const Table& table, std::size_t column) {
  std::vector<double> numbers;
  for (const Row& row : table.rows) {
    const std::string& cell = row.cells[column];
    if (trimmed(cell).empty()) throw table.problem(row, column, "the target is missing");
    const auto value = number(cell);
    const bool is_first = &row == &table.rows.front();
    if (!is_first && value.has_value() == numbers.empty())
      throw table.problem(row, column,
                          fmt::format("{} is {} number, unlike the targets before it",
                                      in_quotes(cell), value ? "a" : "not a"));
    if (value) numbers.push_back(*value);
  }
  return numbers;
}

/// Whether numbers are class labels: whole and written so, 0 .. 999, or -1 and 1.
bool are_labels(const Table& table, std::size_t column, const std::vector<double>& numbers) {
  const auto written_whole = [&](const Row& row) {
    return row.cells[column].find_first_not_of("+-0123456789 \t") == std::string::npos;
  };
  return std::all_of(table.rows.begin(), table.rows.end(), written_whole) &&
         (std::all_of(numbers.begin(), numbers.end(),
                      [](double v) { return v >= 0 && v <= 999; }) ||
          std::all_of(numbers.begin(), numbers.end(), [](double v) { return std::abs(v) == 1; }));
}

/// Fills the classes of the first samples; the numbering is that of the whole table.
void set_classes(DataSet& data, const Table& table, std::size_t column,
                 const std::vector<double>& numbers, std::size_t kept) {
  using Label = std::pair<int, std::string>;
  const auto label = [&](std::size_t i) {
    if (numbers.empty()) return Label{0, table.rows[i].cells[column]};
    const int whole = static_cast<int>(numbers[i]);
    return Label{whole, std::to_string(whole)};
  };
  std::map<Label, int> classes;
  for (std::size_t i = 0; i < table.rows.size(); ++i) classes.emplace(label(i), 0);
  if (classes.size() < 2)
    throw file_problem(
        table.file,
        fmt::format("column {}: every target is {}; two classes are needed",
                    in_quotes(table.head[column]), in_quotes(classes.begin()->first.second)));
  for (auto& [key, value] : classes) {
    value = data.class_count++;
    data.class_names.push_back(key.second);
  }
  data.classes.resize(kept);
  for (std::size_t i = 0; i < kept; ++i) data.classes[i] = classes.at(label(i));
}

}  // namespace

DataSet Csv::make(const Request& request) const {
  if (path.empty()) throw Problem("data: path", "no file is named");
  const Table table(request.folder / path);
  const std::size_t last = table.head.size() - 1;
  const std::size_t target_column = target.empty() ? last : table.column(target, "target");
  std::vector<std::size_t> columns;
  for (const std::string& input : inputs) {
    columns.push_back(table.column(input, "inputs"));
    if (columns.back() == target_column)
      throw Problem("data: inputs", fmt::format("{} is the target too", in_quotes(input)));
    if (std::find(columns.begin(), columns.end() - 1, columns.back()) != columns.end() - 1)
      throw Problem("data: inputs", fmt::format("{} is named twice", in_quotes(input)));
  }
  if (inputs.empty())
    for (std::size_t i = 0; i <= last; ++i)
      if (i != target_column) columns.push_back(i);

  const std::size_t kept = request.keep(table.rows.size());
  DataSet data;
  data.shape = Shape::features(static_cast<int>(columns.size()));
  data.values.resize(static_cast<Eigen::Index>(columns.size()), static_cast<Eigen::Index>(kept));
  for (const std::size_t column : columns) data.input_names.push_back(table.head[column]);
  data.target_name = table.head[target_column];
  data.columns = table.head;
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    for (std::size_t f = 0; f < columns.size(); ++f) {
      const std::string& cell = table.rows[i].cells[columns[f]];
      const auto value = number(cell);
      if (!value)
        throw table.problem(table.rows[i], columns[f],
                            fmt::format("{} is not a number, as every cell of an input must be, "
                                        "such as 0.5 or 1e-3",
                                        cell.empty() ? "an empty cell" : in_quotes(cell)));
      if (i < kept)
        data.values(static_cast<Eigen::Index>(f), static_cast<Eigen::Index>(i)) = *value;
    }

  const std::vector<double> numbers = target_numbers(table, target_column);
  if (numbers.empty() || are_labels(table, target_column, numbers))
    set_classes(data, table, target_column, numbers, kept);
  else
    data.targets =
        Eigen::Map<const Eigen::RowVectorXd>(numbers.data(), static_cast<Eigen::Index>(kept));
  return data;
}

}  // namespace crease
