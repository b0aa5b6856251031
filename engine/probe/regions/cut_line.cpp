// Cutting a window of a line: intervals, from left to right.
#include <algorithm>
#include <bit>
#include <optional>

#include "probe/regions/chain.h"
#include "probe/regions/rows.h"

namespace crease::regions {

namespace {

/// An interval that is being cut.
struct Span {
  double from = -1, to = 1;
  std::uint64_t hash = 0;
  std::uint16_t depth = 0;
};

class LineCutter : Chain {
 public:
  LineCutter(const Program& program, const Limits& limits) : Chain(program, limits) {
    cuts_.resize(levels_.size());
    sums_.resize(levels_.size());
    for (std::size_t f = 0; f < levels_.size(); ++f)
      sums_[f].resize(program.folds[f].targets.size());
  }

  Cells run() {
    begin(limits_.most_cells);
    enter(0, {});
    if (!over_ || levels_.size() < 2 || limits_.cancelled()) return std::move(cells_);
    return coarser();
  }

 private:
  /// A place where one test changes sign.
  struct Cut {
    double at;
    std::uint32_t word, bit;  // of the test
    bool rises;
  };
  /// What units give to one target: those that have bent, and from each cut on those that have not.
  struct Sums {
    AlignedVector<double> bent, unbent;
  };

  Cells coarser() {
    const std::size_t most =
        out_of_time_ ? std::max<std::size_t>(cells_.size() / 2, 64) : limits_.most_cells;
    const std::size_t found = cells_.size();
    begin(most);
    items_.emplace();
    enter(0, {});
    const auto items = std::move(*items_);
    items_.reset();
    cells_.after.assign(cells_.after.size(), 0);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::size_t left = most > cells_.size() ? most - cells_.size() : 0;
      most_ = cells_.size() + left / (items.size() - i);
      over_ = most_ <= cells_.size();
      Span span = items[i];
      span.hash = 0;
      enter(0, span);
    }
    cells_.is_complete = false;
    cells_.at_least = std::max(found, cells_.size());
    return std::move(cells_);
  }

  void enter(std::size_t fold, const Span& span) {
    if (items_ && fold == 1) return items_->push_back(span);
    if (fold == levels_.size()) return keep(span);
    const bool as_point = !coarse_ && !items_ && is_over();
    if (as_point) coarse_ = span;
    const Corners ends = ends_of(span);
    Span opened{span.from, span.to, span.hash, span.depth};
    open(fold, &ends, coarse_ ? 1 : 2, opened.hash);
    if (program_.folds[fold].chooses())
      choose(fold, 0, opened);
    else
      sweep(fold, opened);
  }

  /// What a fold is looked at: both ends, or the middle of what is not cut further.
  Corners ends_of(const Span& span) const {
    Corners ends;
    put_corner(&ends, 0, {.s = coarse_ ? (span.from + span.to) / 2 : span.from});
    if (!coarse_) put_corner(&ends, 1, {.s = span.to});
    fill_up(&ends, coarse_ ? 1 : 2);
    return ends;
  }

  void next(std::size_t fold, const Span& span) {
    give(fold);
    enter(fold + 1, span);
    undo(fold);
  }

  // Of units with one threshold a piece between two cuts has all that bent before it, and all that
  // bends behind it: two sums, of which one grows and one is taken from a list. (To take away what
  // was added would leave what rounding left.)

  bool is_summed(const Level& level, std::size_t cuts) const {
    constexpr std::size_t most = std::size_t{1} << 20;
    if (level.thresholds != 1) return false;
    for (const Fold::Target& target : program_.folds[level.fold].targets)
      if (!target.weights.full || (cuts + 1) * 3 * target.weights.stride > most) return false;
    return true;
  }
  void begin_sums(const Level& level, const std::vector<Cut>& cuts) {
    const auto& targets = program_.folds[level.fold].targets;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      auto& [bent, unbent] = sums_[level.fold][i];
      const std::size_t each = 3 * targets[i].weights.stride;
      bent = level.base[i];
      unbent.resize(std::max(unbent.size(), (cuts.size() + 1) * each));
      std::fill_n(unbent.data() + cuts.size() * each, each, 0.0);
      for (std::size_t c = cuts.size(); c-- > 0;)
        add_unit(targets[i].weights, level, cuts[c], !cuts[c].rises, unbent.data() + (c + 1) * each,
                 unbent.data() + c * each);
    }
  }
  void bend(const Level& level, const Cut& cut) {
    const auto& targets = program_.folds[level.fold].targets;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      double* bent = sums_[level.fold][i].bent.data();
      add_unit(targets[i].weights, level, cut, cut.rises, bent, bent);
    }
  }
  /// to = from + what the unit of a cut gives on one of its sides.
  void add_unit(const Weights& weights, const Level& level, const Cut& cut, bool on,
                const double* from, double* to) {
    const Piece& piece = level.pieces[on ? 1 : 0];
    const std::size_t unit = level.words[cut.word].first_unit + cut.bit, each = stride(level.fold);
    const double* z = rows(level.fold) + unit;
    const auto it = [&](const auto& go) {
      if (!piece.is_nothing())
        go(unit, piece.slope * z[0], 0.0, piece.slope * z[2 * each] + piece.offset);
    };
    add_given(weights, from, to, it, room_);
  }
  /// The piece that ends at cut number `c`.
  void next_summed(Level& level, std::size_t c, const Span& span) {
    const auto& targets = program_.folds[level.fold].targets;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const std::size_t each = 3 * targets[i].weights.stride;
      const double *bent = sums_[level.fold][i].bent.data(),
                   *unbent = sums_[level.fold][i].unbent.data() + c * each;
      double* to = level.full[i].data();
      for (std::size_t k = 0; k < each; k += width_of_eight)
        store_eight(to + k, load_eight(bent + k) + load_eight(unbent + k));
    }
    pass_on(level.fold, true);
    enter(level.fold + 1, span);
    undo(level.fold);
  }

  /// From left to right through the places where units bend.
  void sweep(std::size_t fold, Span& span) {
    Level& level = levels_[fold];
    auto& cuts = cuts_[fold];
    cuts.clear();
    for (std::uint32_t w = 0; w < level.words.size(); ++w) {
      Level::Word& word = level.words[w];
      word.decided = word.settled;
      for (std::uint64_t rest = word.crossing; rest != 0; rest &= rest - 1) {
        const auto bit = static_cast<std::uint32_t>(std::countr_zero(rest));
        const Line line = level.line(word, bit);
        cuts.push_back({std::clamp(-line.c / line.a, span.from, span.to), w, bit, line.a > 0});
        if (line.a < 0) cross(level, cuts.back(), span);  // it is on at the left
      }
    }
    if (cuts.empty()) return next(fold, span);
    std::sort(cuts.begin(), cuts.end(), [](const Cut& x, const Cut& y) { return x.at < y.at; });
    span.depth = static_cast<std::uint16_t>(fold + 1);
    const double end = span.to;
    const bool summed = is_summed(level, cuts.size());
    if (summed) begin_sums(level, cuts);
    const auto go = [&](std::size_t cut) {
      summed ? next_summed(level, cut, span) : next(fold, span);
    };
    for (std::size_t i = 0; i < cuts.size();) {
      span.to = cuts[i].at;
      go(i);
      // Units that bend at the same place change together.
      span.from = cuts[i].at;
      std::size_t last = i;
      do {
        cross(level, cuts[last], span);
        if (summed) bend(level, cuts[last]);
        if (++last == cuts.size()) break;
      } while (is_zero(fold, cuts[last], cuts[i].at));
      crease_ = new_crease(fold, level.words[cuts[i].word].first_unit + cuts[i].bit,
                           {cuts[i].at, 0}, {cuts[i].at, 0});
      i = last;
    }
    span.to = end;
    go(cuts.size());
  }

  static void cross(Level& level, const Cut& cut, Span& span) {
    const std::uint64_t bit = std::uint64_t{1} << cut.bit;
    level.words[cut.word].decided ^= bit;
    span.hash ^= level.words[cut.word].sum_of_keys(bit);
  }

  bool is_zero(std::size_t fold, const Cut& cut, double at) {
    const Line line = levels_[fold].line(levels_[fold].words[cut.word], cut.bit);
    const double value = line.at(at, 0);
    count_ambiguous(value, line.size);
    return std::abs(value) <= zero_share * line.size;
  }

  void choose(std::size_t fold, std::size_t number, const Span& span) {
    Level& level = levels_[fold];
    if (number == level.open.size()) return next(fold, span);
    const std::uint32_t unit = level.open[number];
    const auto& choices = program_.folds[fold].choices[unit];
    const double* z = rows(fold);
    const std::size_t each = stride(fold);
    const Corners ends = ends_of(span);
    std::vector<std::uint32_t> left;
    survivors(fold, unit, level.candidates[number], &ends, coarse_ ? 1 : 2, left);
    struct Part {
      double from, to;
      std::uint32_t winner;
    };
    std::vector<Part> parts;
    for (const std::uint32_t i : left) {
      Part part{span.from, span.to, i};
      bool wins = true;
      for (const std::uint32_t k : left) {
        if (k == i || coarse_) continue;
        const std::size_t x = choices[i], y = choices[k];
        const double a = z[x] - z[y], c = z[2 * each + x] - z[2 * each + y];
        const double zero = zero_share * (std::abs(z[x]) + std::abs(z[2 * each + x]) +
                                          std::abs(z[y]) + std::abs(z[2 * each + y]));
        const double from = a * part.from + c, to = a * part.to + c;
        if (from <= zero && to <= zero) wins = false;
        if (!wins) break;
        if (from < -zero) part.from = std::clamp(-c / a, part.from, part.to);
        if (to < -zero) part.to = std::clamp(-c / a, part.from, part.to);
      }
      if (wins) parts.push_back(part);
    }
    std::sort(parts.begin(), parts.end(),
              [](const Part& x, const Part& y) { return x.from < y.from; });
    for (std::size_t i = 0; i < parts.size(); ++i) {
      Span part = span;
      part.from = i == 0 ? span.from : parts[i].from;
      part.to = i + 1 == parts.size() ? span.to : parts[i + 1].from;
      if (parts.size() > 1) part.depth = static_cast<std::uint16_t>(fold + 1);
      part.hash ^= pattern_key(program_.folds[fold], unit, parts[i].winner);
      level.winners[number] = parts[i].winner;
      choose(fold, number + 1, part);
      if (i + 1 < parts.size())
        crease_ = new_crease(fold, unit, {parts[i + 1].from, 0}, {parts[i + 1].from, 0});
    }
  }

  void keep(const Span& span) {
    const Span& shown = coarse_ ? *coarse_ : span;
    make_room_for_one();
    cells_.corners.push_back({shown.from, 0});
    cells_.corners.push_back({shown.to, 0});
    // Behind the left end: the crease that made it.
    cells_.edges.push_back(cells_.size() == 0 ? 0 : 2 * crease_);
    cells_.edges.push_back(0);
    cells_.starts.push_back(static_cast<std::uint32_t>(cells_.corners.size()));
    note_cell(span.hash, span.depth, !coarse_, shown.to - shown.from);
    coarse_.reset();
  }

  std::vector<std::vector<Cut>> cuts_;
  std::vector<std::vector<Sums>> sums_;  // of each fold and target
  AlignedVector<double> room_;
  std::uint32_t crease_ = 0;
  std::optional<Span> coarse_;  // the interval that its middle stands for
  std::optional<std::vector<Span>> items_;
};

}  // namespace

Cells cut_line(const Program& program, const Limits& limits) {
  return LineCutter(program, limits).run();
}

}  // namespace crease::regions
