#include "probe/regions/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "probe/regions/reach.h"

namespace crease::regions {

Slice Slice::of_inputs(std::size_t inputs, const Domain& window) {
  if (inputs == 1) return {{0}, {1}, {}, window};
  if (inputs == 2) return {{0, 0}, {1, 0}, {0, 1}, window};
  throw Problem(fmt::format(
      "needs a network with 1 or 2 inputs, or a plane through them: this one has {} inputs",
      inputs));
}

std::size_t Program::units() const {
  std::size_t all = 0;
  for (const Fold& fold : folds) all += fold.units;
  return all;
}

namespace {

/// A sparse matrix, column by column.
struct Sparse {
  struct Entry {
    std::uint32_t row;
    double value;
  };
  std::vector<std::vector<Entry>> columns;
};

/// What a node computes: on the slice, and through each fold before it.
struct Value {
  bool known = false;
  Rows base;
  std::map<std::size_t, std::shared_ptr<const Sparse>> through;  ///< null: the fold itself

  std::size_t size() const { return base.count; }
};

class Compiler {
 public:
  Compiler(const Plan& plan, const double* parameters, Slice slice, int from)
      : plan_(plan), parameters_(parameters), values_(plan.nodes.size()) {
    program_.slice = std::move(slice);
    check_parameters();
    const std::size_t wanted =
        from < 0 ? plan.input.size() : plan.nodes[static_cast<std::size_t>(from)].shape.size();
    check_slice(wanted);
    const Value start = value_of_slice(wanted);
    if (from < 0)
      input_ = start;
    else
      values_[static_cast<std::size_t>(from)] = start;
    first_ = static_cast<std::size_t>(from + 1);
  }

  Program compile() {
    for (std::size_t i = first_; i < plan_.nodes.size(); ++i)
      if (is_wanted(i)) add_node(i);
    if (values_.back().known) outputs_.push_back(plan_.nodes.size() - 1);
    add_outputs();
    if (const double reach = reach_of(program_); !(reach <= most_reach))
      throw Problem("window", fmt::format("numbers of the network reach {:.0e} on it: regions are "
                                          "cut where they stay below {:.0e}",
                                          reach, most_reach));
    return std::move(program_);
  }

 private:
  void check_parameters() const {
    for (const PlanNode& node : plan_.nodes)
      for (const std::size_t i : node.segments) {
        const Segment& segment = plan_.segments[i];
        const double* values = parameters_ + segment.offset;
        if (std::any_of(values, values + segment.size, [](double v) { return !std::isfinite(v); }))
          throw Problem(fmt::format(
              "node \"{}\" has a weight that is not finite: there are no regions", node.id));
      }
  }

  void check_slice(std::size_t wanted) const {
    const Slice& slice = program_.slice;
    const auto check = [&](const char* name, const std::vector<double>& values) {
      if (values.size() != wanted)
        throw Problem(name,
                      fmt::format("has {} numbers, but the space has {}", values.size(), wanted));
      if (std::any_of(values.begin(), values.end(), [](double v) { return !std::isfinite(v); }))
        throw Problem(name, "must hold finite numbers");
    };
    check("origin", slice.origin);
    check("u", slice.u);
    if (!slice.is_line()) check("v", slice.v);
    const Domain& w = slice.window;
    const bool good = std::isfinite(w.x0) && std::isfinite(w.x1) && w.x0 < w.x1;
    if (!good || (!slice.is_line() && !(std::isfinite(w.y0) && std::isfinite(w.y1) && w.y0 < w.y1)))
      throw Problem("window", "must hold finite numbers, each end larger than its start");
    check_directions(slice);
  }

  /// The inputs as rows, in the window's own coordinates from -1 to 1.
  Value value_of_slice(std::size_t size) const {
    const Slice& slice = program_.slice;
    const Domain& w = slice.window;
    Value value;
    value.known = true;
    value.base = Rows(size);
    const double half_x = (w.x1 - w.x0) / 2, middle_x = (w.x0 + w.x1) / 2;
    const double half_y = (w.y1 - w.y0) / 2, middle_y = (w.y0 + w.y1) / 2;
    for (std::size_t i = 0; i < size; ++i) {
      value.base.column(0)[i] = half_x * slice.u[i];
      value.base.column(2)[i] = slice.origin[i] + middle_x * slice.u[i];
      if (slice.is_line()) continue;
      value.base.column(1)[i] = half_y * slice.v[i];
      value.base.column(2)[i] += middle_y * slice.v[i];
    }
    return value;
  }

  /// Dead ends fold nothing that is ever seen.
  bool is_wanted(std::size_t node) const {
    return plan_.nodes[node].reaches_output || node + 1 == plan_.nodes.size();
  }

  const Value& value_of(int node) const {
    return node < 0 ? input_ : values_[static_cast<std::size_t>(node)];
  }

  void add_node(std::size_t i) {
    const PlanNode& node = plan_.nodes[i];
    bool any = false, all = true;
    for (const int from : node.inputs) {
      any = any || value_of(from).known;
      all = all && value_of(from).known;
    }
    if (!all) {
      // Behind an obstacle nothing is known; what it reads besides is an output of our part.
      for (const int from : node.inputs)
        if (value_of(from).known) keep_as_output(from);
      if (program_.obstacle.node.empty() && any)
        throw Problem(fmt::format(
            "node \"{}\" also reads what lies before the space that was chosen", node.id));
      return;
    }
    const Parts parts = parts_of(plan_, i, parameters_);
    Value value = parts.is_linear_first ? linear(i) : value_of(node.inputs[0]);
    if (!parts.is_piecewise_linear) {
      if (program_.obstacle.node.empty())
        program_.obstacle = {node.id, parts.culprit, i + 1 == plan_.nodes.size()};
      if (parts.is_linear_first)
        add_output(std::move(value));
      else
        for (const int from : node.inputs) keep_as_output(from);
      return;
    }
    if (parts.chooses)
      value = fold(i, std::move(value), {}, choices_of(plan_, i));
    else if (!parts.bend.is_identity())
      value = fold(i, std::move(value), parts.bend, {});
    values_[i] = std::move(value);
  }

  Value linear(std::size_t i) {
    const PlanNode& node = plan_.nodes[i];
    LinearPart part(plan_, i, parameters_);
    Value value;
    value.known = true;
    value.base = Rows(part.rows());
    std::vector<AlignedVector<double>> x;
    std::vector<const double*> pointers;
    for (const int from : node.inputs) {
      x.emplace_back(value_of(from).size() * lanes, 0.0);
      pointers.push_back(x.back().data());
    }
    AlignedVector<double> y(part.rows() * lanes);
    const auto lane = [&](std::size_t input, std::size_t row, std::size_t s) -> double& {
      return x[input][row * lanes + s];
    };
    for (std::size_t k = 0; k < x.size(); ++k)
      for (std::size_t r = 0; r < value_of(node.inputs[k]).size(); ++r)
        for (int c = 0; c < 3; ++c)
          lane(k, r, static_cast<std::size_t>(c)) = value_of(node.inputs[k]).base.column(c)[r];
    part.run(pointers, y.data(), true);
    for (std::size_t r = 0; r < part.rows(); ++r)
      for (int c = 0; c < 2; ++c)
        value.base.column(c)[r] = y[r * lanes + static_cast<std::size_t>(c)];
    part.run(pointers, y.data(), false);
    for (std::size_t r = 0; r < part.rows(); ++r) value.base.column(2)[r] = y[r * lanes + 2];

    std::vector<std::size_t> folds;
    for (const int from : node.inputs)
      for (const auto& entry : value_of(from).through) folds.push_back(entry.first);
    std::sort(folds.begin(), folds.end());
    folds.erase(std::unique(folds.begin(), folds.end()), folds.end());
    for (const std::size_t f : folds) {
      auto matrix = std::make_shared<Sparse>();
      const std::size_t columns = program_.folds[f].units;
      matrix->columns.resize(columns);
      for (std::size_t first = 0; first < columns; first += lanes) {
        const std::size_t live = std::min<std::size_t>(lanes, columns - first);
        for (std::size_t k = 0; k < x.size(); ++k) {
          std::fill(x[k].begin(), x[k].end(), 0.0);
          const auto& through = value_of(node.inputs[k]).through;
          const auto found = through.find(f);
          if (found == through.end()) continue;
          for (std::size_t s = 0; s < live; ++s)
            if (!found->second)
              lane(k, first + s, s) = 1;
            else
              for (const auto& entry : found->second->columns[first + s])
                lane(k, entry.row, s) = entry.value;
        }
        part.run(pointers, y.data(), true);
        for (std::size_t s = 0; s < live; ++s)
          for (std::size_t r = 0; r < part.rows(); ++r)
            if (y[r * lanes + s] != 0)
              matrix->columns[first + s].push_back(
                  {static_cast<std::uint32_t>(r), y[r * lanes + s]});
      }
      value.through[f] = std::move(matrix);
    }
    return value;
  }

  Value fold(std::size_t i, const Value& before, Bend bend, Choices choices) {
    const std::size_t number = program_.folds.size();
    program_.folds.push_back({.node = plan_.nodes[i].id,
                              .number = i,
                              .units = choices.empty() ? before.size() : choices.size(),
                              .rows = before.size(),
                              .bend = std::move(bend),
                              .choices = std::move(choices),
                              .targets = {}});
    const Fold& made = program_.folds.back();
    if (made.bend.slopes.size() > 1)
      for (std::size_t k = 0; k < made.bend.thresholds.size(); ++k) {
        const double z = made.bend.thresholds[k];
        if (made.bend.slopes[k] * z + made.bend.offsets[k] !=
            made.bend.slopes[k + 1] * z + made.bend.offsets[k + 1])
          program_.is_continuous = false;
      }
    aim(number, before);
    Value value;
    value.known = true;
    value.base = Rows(made.units);
    value.through[number] = nullptr;
    return value;
  }

  /// Makes `value` the rows of fold (or outputs) number `into`.
  void aim(std::size_t into, const Value& value) {
    program_.start.push_back(value.base);
    for (const auto& [from, matrix] : value.through)
      program_.folds[from].targets.push_back(
          {into, weights(value.size(), program_.folds[from].units, matrix.get())});
  }

  static Weights weights(std::size_t rows, std::size_t columns, const Sparse* sparse) {
    Weights weights{.rows = rows, .columns = columns, .stride = round_up_to_eight(rows)};
    std::size_t entries = columns;
    if (sparse) {
      entries = 0;
      for (const auto& column : sparse->columns) entries += column.size();
    }
    weights.full = 4 * entries >= rows * columns || rows <= static_cast<std::size_t>(lanes);
    const auto each = [&](std::size_t column, const auto& take) {
      if (!sparse) return take(static_cast<std::uint32_t>(column), 1.0);
      for (const auto& entry : sparse->columns[column]) take(entry.row, entry.value);
    };
    if (weights.full) {
      weights.values.assign(columns * weights.stride, 0.0);
      for (std::size_t c = 0; c < columns; ++c)
        each(c, [&](std::uint32_t r, double v) { weights.values[c * weights.stride + r] = v; });
      return weights;
    }
    for (std::size_t c = 0; c < columns; ++c) {
      weights.starts.push_back(static_cast<std::uint32_t>(weights.at.size()));
      each(c, [&](std::uint32_t r, double v) {
        weights.at.push_back(r);
        weights.values.push_back(v);
      });
    }
    weights.starts.push_back(static_cast<std::uint32_t>(weights.at.size()));
    return weights;
  }

  void keep_as_output(int node) {
    if (node < 0) return add_output(input_);
    const auto number = static_cast<std::size_t>(node);
    if (std::find(outputs_.begin(), outputs_.end(), number) == outputs_.end())
      outputs_.push_back(number);
  }
  void add_output(Value value) { loose_outputs_.push_back(std::move(value)); }

  /// All outputs one below the other, as the rows behind the last fold.
  void add_outputs() {
    for (const std::size_t node : outputs_) loose_outputs_.push_back(values_[node]);
    Value all;
    std::size_t rows = 0;
    for (const Value& value : loose_outputs_) rows += value.size();
    all.base = Rows(rows);
    std::map<std::size_t, std::shared_ptr<Sparse>> through;
    std::size_t first = 0;
    for (const Value& value : loose_outputs_) {
      for (int c = 0; c < 3; ++c)
        std::copy_n(value.base.column(c), value.size(), all.base.column(c) + first);
      for (const auto& [fold, matrix] : value.through) {
        auto& to = through[fold];
        if (!to) {
          to = std::make_shared<Sparse>();
          to->columns.resize(program_.folds[fold].units);
        }
        for (std::size_t c = 0; c < to->columns.size(); ++c) {
          if (!matrix) {
            to->columns[c].push_back({static_cast<std::uint32_t>(first + c), 1.0});
            continue;
          }
          for (const auto& entry : matrix->columns[c])
            to->columns[c].push_back({static_cast<std::uint32_t>(first + entry.row), entry.value});
        }
      }
      first += value.size();
    }
    all.through.insert(through.begin(), through.end());
    aim(program_.folds.size(), all);
  }

  const Plan& plan_;
  const double* parameters_;
  Program program_;
  Value input_;
  std::vector<Value> values_;
  std::size_t first_ = 0;
  std::vector<std::size_t> outputs_;
  std::vector<Value> loose_outputs_;
};

}  // namespace

std::size_t Program::work() const {
  std::size_t numbers = 0;
  for (const Rows& rows : start) numbers += rows.stride;
  for (const Fold& fold : folds)
    for (const Fold::Target& target : fold.targets) numbers += target.weights.values.size();
  return numbers;
}

void keep_folds(Program& program, std::size_t count) {
  if (count >= program.folds.size()) return;
  program.folds.erase(program.folds.begin() + static_cast<std::ptrdiff_t>(count),
                      program.folds.end());
  program.start.resize(count + 1);
  for (Fold& fold : program.folds)
    std::erase_if(fold.targets,
                  [count](const Fold::Target& target) { return target.fold > count; });
}

Program compile_program(const Plan& plan, const double* parameters, Slice slice, int from) {
  return Compiler(plan, parameters, std::move(slice), from).compile();
}

}  // namespace crease::regions
