#include "probe/regions/merge.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace crease::regions {

namespace {

/// The part of a crease that one cell touches, from end to end along the crease.
struct Piece {
  std::uint32_t cell;
  double from, to;
};

/// Half-edges in the order of their numbers: counting sort.
class HalfEdges {
 public:
  explicit HalfEdges(const Cells& cells) : cells_(cells) {
    first_.assign(2 * cells.creases.size() + 1, 0);
    for (const std::uint32_t edge : cells.edges) ++first_[edge + 1];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    order_.resize(cells.edges.size());
    cell_.resize(cells.edges.size());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (std::uint32_t cell = 0; cell < cells.size(); ++cell)
      for (std::uint32_t i = cells.starts[cell]; i < cells.starts[cell + 1]; ++i) {
        const std::uint32_t to = next[cells.edges[i]]++;
        order_[to] = i;
        cell_[to] = cell;
      }
  }
  std::size_t count(std::size_t edge) const { return first_[edge + 1] - first_[edge]; }
  std::uint32_t only_cell(std::size_t edge) const { return cell_[first_[edge]]; }

  /// Along the crease, by the coordinate in which it is longer.
  void pieces(std::size_t edge, bool by_x, std::vector<Piece>& to) const {
    to.clear();
    const auto place = [by_x](Point p) { return by_x ? p.x : p.y; };
    for (std::uint32_t k = first_[edge]; k < first_[edge + 1]; ++k) {
      const std::uint32_t i = order_[k], cell = cell_[k];
      const std::uint32_t next = i + 1 == cells_.starts[cell + 1] ? cells_.starts[cell] : i + 1;
      const double from = place(cells_.corners[i]), until = place(cells_.corners[next]);
      to.push_back({cell, std::min(from, until), std::max(from, until)});
    }
    std::sort(to.begin(), to.end(),
              [](const Piece& x, const Piece& y) { return x.from + x.to < y.from + y.to; });
  }

 private:
  const Cells& cells_;
  std::vector<std::uint32_t> first_, order_, cell_;
};

/// Where the sides differ (a step, or cells that were not cut to the end): a corner of either side
/// cuts the other.
void sweep(const std::vector<Piece>& before, const std::vector<Piece>& beyond, Arrangement& to) {
  constexpr double same = 1e-11;
  std::size_t i = 0, j = 0;
  while (i < before.size() && j < beyond.size()) {
    to.contacts.push_back({before[i].cell, beyond[j].cell});
    ++to.edges;
    const double end = before[i].to - beyond[j].to;
    if (end <= same) ++i;
    if (end >= -same) ++j;
  }
}

void arrange_line(const Cells& cells, Arrangement& found) {
  for (std::uint32_t i = 1; i < cells.size(); ++i) found.contacts.push_back({i - 1, i});
  found.vertices = cells.size() + 1;
  found.edges = cells.size();
}

class Union {
 public:
  explicit Union(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t root(std::uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::uint32_t i, std::uint32_t j) {
    i = root(i);
    j = root(j);
    // The smaller number stands for all, so that regions have the same numbers in every run.
    if (i < j)
      parent_[j] = i;
    else
      parent_[i] = j;
  }

 private:
  std::vector<std::uint32_t> parent_;
};

/// Whether what differs between the patterns of two cells can reach an output at all: only over
/// weights that are not zero and units that are not switched off on both sides.
bool has_active_path(const Program& program, const Pattern& one, const Pattern& other) {
  const std::size_t folds = program.folds.size();
  std::vector<std::vector<char>> differs;
  for (const Rows& rows : program.start) differs.emplace_back(rows.count, 0);
  for (std::size_t f = 0; f < folds; ++f) {
    const Fold& fold = program.folds[f];
    std::vector<std::uint32_t> given;
    for (std::uint32_t u = 0; u < fold.units; ++u) {
      bool changes = one[f][u] != other[f][u];
      for (const std::uint32_t state : {one[f][u], other[f][u]}) {
        const std::size_t row = fold.chooses() ? fold.choices[u][state] : u;
        const bool lets_through = fold.chooses() || fold.bend.slopes[state] != 0;
        changes = changes || (lets_through && differs[f][row] != 0);
      }
      if (changes) given.push_back(u);
    }
    for (const Fold::Target& target : fold.targets) {
      const Weights& w = target.weights;
      for (const std::uint32_t u : given) {
        if (w.full)
          for (std::size_t r = 0; r < w.rows; ++r)
            if (w.values[u * w.stride + r] != 0) differs[target.fold][r] = 1;
        if (!w.full)
          for (std::uint32_t i = w.starts[u]; i < w.starts[u + 1]; ++i)
            differs[target.fold][w.at[i]] = 1;
      }
    }
  }
  return std::find(differs[folds].begin(), differs[folds].end(), 1) != differs[folds].end();
}

}  // namespace

Arrangement arrange(const Cells& cells, bool is_continuous) {
  Arrangement found;
  if (cells.is_line) {
    arrange_line(cells, found);
    return found;
  }
  const HalfEdges half_edges(cells);
  std::vector<Piece> before, beyond;
  found.contacts.reserve(2 * cells.size());
  for (std::size_t border = 0; border < borders_of_window; ++border)
    found.edges += half_edges.count(2 * border);
  for (std::size_t crease = borders_of_window; crease < cells.creases.size(); ++crease) {
    const std::size_t n = half_edges.count(2 * crease), m = half_edges.count(2 * crease + 1);
    if (n == 1 && m == 1) {
      found.contacts.push_back(
          {half_edges.only_cell(2 * crease), half_edges.only_cell(2 * crease + 1)});
      ++found.edges;
      continue;
    }
    const Crease& line = cells.creases[crease];
    const bool by_x = std::abs(line.to.x - line.from.x) >= std::abs(line.to.y - line.from.y);
    half_edges.pieces(2 * crease, by_x, before);
    half_edges.pieces(2 * crease + 1, by_x, beyond);
    if (n != m || !is_continuous) {
      found.is_consistent = found.is_consistent && !is_continuous && n > 0 && m > 0;
      sweep(before, beyond, found);
      continue;
    }
    for (std::size_t i = 0; i < n; ++i) found.contacts.push_back({before[i].cell, beyond[i].cell});
    found.edges += n;
  }
  // The window's border joins everything, so Euler's formula holds: V - E + F = 1.
  found.vertices = 1 + found.edges - cells.size();
  return found;
}

Joined join(const Program& program, const Cells& cells, const Arrangement& arrangement) {
  Joined joined;
  Union regions(cells.size());
  double largest = 0;
  for (std::size_t i = 0; i < cells.maps.size(); ++i)
    if (i % 3 != 2) largest = std::max(largest, std::abs(cells.maps[i]));
  constexpr double same_share = 1e-9, doubtful_share = 1e-10;
  // A discontinuous network may jump between two maps of one gradient.
  const int compared = program.is_continuous ? 2 : 3;
  const auto length = [compared](double a, double b, double c) {
    return std::sqrt(a * a + b * b + (compared == 3 ? c * c : 0));
  };
  for (const Contact& contact : arrangement.contacts) {
    bool is_same = true, doubtful = true;
    for (std::size_t o = 0; o < cells.outputs && (is_same || doubtful); ++o) {
      const double *x = cells.map(contact.before, o), *y = cells.map(contact.beyond, o);
      const double jump = length(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
      if (jump == 0) continue;
      if (jump > same_share * (length(x[0], x[1], x[2]) + length(y[0], y[1], y[2])))
        is_same = false;
      if (jump > doubtful_share * largest) doubtful = false;
    }
    // Rounding may leave a jump of its own where none of what changes reaches an output.
    if (!is_same && doubtful)
      is_same = !has_active_path(program, pattern_at(program, cells.middle(contact.before)),
                                 pattern_at(program, cells.middle(contact.beyond)));
    if (is_same) regions.join(contact.before, contact.beyond);
  }
  joined.region_of.resize(cells.size());
  std::vector<std::uint32_t> first;
  for (std::uint32_t i = 0; i < cells.size(); ++i) {
    const std::uint32_t root = regions.root(i);
    if (root == i) {
      joined.region_of[i] = static_cast<std::uint32_t>(first.size());
      first.push_back(i);
    } else {
      joined.region_of[i] = joined.region_of[root];
    }
  }
  joined.regions = first.size();

  // Equal maps lie side by side once sorted by one number made of them.
  const std::size_t each = 3 * cells.outputs;
  struct Key {
    double value, size;
    std::uint32_t cell;
  };
  std::vector<Key> keys;
  keys.reserve(first.size());
  for (const std::uint32_t cell : first) {
    const double* map = cells.map(cell, 0);
    Key key{0, 0, cell};
    for (std::size_t i = 0; i < each; ++i) {
      key.value += map[i] * (1 + 0.6180339887498949 * static_cast<double>(i % 89));
      key.size += std::abs(map[i]) * (1 + 0.6180339887498949 * static_cast<double>(i % 89));
    }
    keys.push_back(key);
  }
  std::sort(keys.begin(), keys.end(), [](const Key& x, const Key& y) { return x.value < y.value; });
  Union maps(keys.size());
  for (std::uint32_t i = 0; i < keys.size(); ++i)
    for (std::uint32_t j = i + 1; j < keys.size(); ++j) {
      if (keys[j].value - keys[i].value > same_share * (keys[i].size + keys[j].size)) break;
      const double *x = cells.map(keys[i].cell, 0), *y = cells.map(keys[j].cell, 0);
      double jump = 0, size = 0;
      for (std::size_t k = 0; k < each; ++k) {
        jump += std::abs(x[k] - y[k]);
        size += std::abs(x[k]) + std::abs(y[k]);
      }
      if (jump > same_share * size) continue;
      maps.join(i, j);
      break;  // what else is equal is equal to j
    }
  for (std::uint32_t i = 0; i < keys.size(); ++i) joined.affine_maps += maps.root(i) == i ? 1 : 0;
  return joined;
}

}  // namespace crease::regions
