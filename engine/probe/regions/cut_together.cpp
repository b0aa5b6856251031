// Cutting a plane on several threads: each cell of the first fold is cut on its own, and what comes
// out is put together in the order, and with the numbers, that one thread would have given it.
#include <atomic>
#include <memory>

#include "core/tasks.h"
#include "probe/regions/plane_cutter.h"

namespace crease::regions {

void PlaneCutter::note_seed(const Cell& cell) {
  over_ =
      over_ || seeds_->size() >= limits_.most_cells || (seeds_->size() % 256 == 0 && ask_clock());
  if (over_) return;  // seeds are of no use then
  Seed seed;
  seed.corners.assign(corners_of(cell), corners_of(cell) + eights_of(cell.count));
  seed.count = cell.count;
  seed.hash = cell.hash;
  seed.depth = cell.depth;
  seed.creases = cells_.creases.size();
  if (program_.folds[0].chooses())
    seed.decided.assign(levels_[0].winners.begin(), levels_[0].winners.end());
  else
    for (const Level::Word& word : levels_[0].words) seed.decided.push_back(word.decided);
  seeds_->push_back(std::move(seed));
}

std::vector<PlaneCutter::Seed> PlaneCutter::seeds(Cells& start) {
  std::vector<Seed> found;
  begin(limits_.most_cells);
  seeds_ = &found;
  Cell all = window();
  enter(0, all);
  seeds_ = nullptr;
  start = std::move(cells_);
  return found;
}

void PlaneCutter::begin_part(std::size_t creases) {
  begin(0);
  cells_.creases.resize(creases);
  Cell all = window();
  // As it was when the seeds were made, where it was counted what is ambiguous.
  open(0, stack_.data(), all.count, all.hash);
  cells_.ambiguous = 0;
}

bool PlaneCutter::cut_seed(const Seed& seed, std::size_t most) {
  most_ = cells_.size() + most;
  if (program_.folds[0].chooses())
    levels_[0].winners.assign(seed.decided.begin(), seed.decided.end());
  else
    for (std::size_t w = 0; w < seed.decided.size(); ++w)
      levels_[0].words[w].decided = seed.decided[w];
  top_ = 0;
  reserve(seed.corners.size());
  std::copy(seed.corners.begin(), seed.corners.end(), stack_.begin());
  top_ = seed.corners.size();
  Cell cell{.count = seed.count, .hash = seed.hash, .depth = seed.depth};
  finish(0, cell);
  return !over_;
}

namespace {

using Seed = PlaneCutter::Seed;

/// What came out of some seeds, one after the other.
struct Part {
  Cells cells;
  std::vector<std::size_t> cells_after, creases_after;  ///< each seed
};

/// What all threads look at.
struct Shared {
  std::atomic<std::size_t> found{0};
  std::atomic<bool> is_over{false}, is_out_of_time{false};
};

/// Cuts seeds `from` to `to`; stops earlier once there are `enough` cells. Gives back how far it
/// came.
std::size_t cut_some(PlaneCutter& cutter, const std::vector<Seed>& seeds, std::size_t from,
                     std::size_t to, std::size_t creases, std::size_t most, std::size_t enough,
                     Shared& shared, Part& part) {
  cutter.begin_part(creases);
  std::size_t i = from;
  for (; i < to && !shared.is_over && cutter.part().size() < enough; ++i) {
    const std::size_t had = cutter.part().size(), found = shared.found;
    const bool is_whole = cutter.cut_seed(seeds[i], most > found ? most - found : 0);
    part.cells_after.push_back(cutter.part().size());
    part.creases_after.push_back(cutter.part().creases.size());
    if (!is_whole) shared.is_out_of_time = shared.is_out_of_time || cutter.is_out_of_time();
    if ((shared.found += cutter.part().size() - had) > most || !is_whole) shared.is_over = true;
  }
  part.cells = cutter.take_part();
  return i;
}

/// Appends parts to the cells that began with the first fold's creases.
class Gatherer {
 public:
  Gatherer(const std::vector<Seed>& seeds, Cells start)
      : seeds_(seeds), first_(std::move(start.creases)), number_(first_.size(), 0) {
    all_.outputs = start.outputs;
    all_.starts = {0};
    all_.after.assign(start.after.size(), 0);
    all_.ambiguous = start.ambiguous;
    take_creases(borders_of_window);
  }

  void add(const Part& part) {
    const Cells& from = part.cells;
    std::size_t cell = 0, crease = first_.size();
    for (std::size_t k = 0; k < part.cells_after.size(); ++k, ++seed_) {
      take_creases(seeds_[seed_].creases);
      const std::size_t shift = all_.creases.size() - crease;
      for (; crease < part.creases_after[k]; ++crease) all_.creases.push_back(from.creases[crease]);
      for (; cell < part.cells_after[k]; ++cell)
        for (std::uint32_t i = from.starts[cell]; i < from.starts[cell + 1]; ++i) {
          const std::uint32_t edge = from.edges[i], its = edge / 2;
          const std::size_t now = its < first_.size() ? number_[its] : its + shift;
          all_.edges.push_back(static_cast<std::uint32_t>(2 * now + edge % 2));
        }
    }
    const auto corners = static_cast<std::uint32_t>(all_.corners.size());
    for (std::size_t i = 1; i < from.starts.size(); ++i)
      all_.starts.push_back(corners + from.starts[i]);
    append(all_.corners, from.corners);
    append(all_.hashes, from.hashes);
    append(all_.areas, from.areas);
    append(all_.depths, from.depths);
    append(all_.whole, from.whole);
    append(all_.maps, from.maps);
    for (std::size_t f = 0; f < all_.after.size(); ++f) all_.after[f] += from.after[f];
    all_.is_complete = all_.is_complete && from.is_complete;
    all_.ambiguous += from.ambiguous;
  }

  Cells take(bool is_complete) {
    all_.is_complete = all_.is_complete && is_complete;
    take_creases(first_.size());
    // In order, so that the sum is one thread's to the bit.
    for (const double area : all_.areas) all_.area += area;
    return std::move(all_);
  }

 private:
  template <class Numbers>
  static void append(Numbers& to, const Numbers& from) {
    to.insert(to.end(), from.begin(), from.end());
  }
  /// The first fold's creases up to a number, which are next in one thread's order.
  void take_creases(std::size_t past) {
    for (; taken_ < past; ++taken_) {
      number_[taken_] = all_.creases.size();
      all_.creases.push_back(first_[taken_]);
    }
  }

  const std::vector<Seed>& seeds_;
  std::vector<Crease> first_;
  std::vector<std::size_t> number_;  // of the first fold's creases, among all
  std::size_t taken_ = 0, seed_ = 0;
  Cells all_;
};

}  // namespace

Cells cut_plane_together(const Program& program, const Limits& limits) {
  // Fewer cells are cut before another thread has woken up.
  constexpr std::size_t worth_a_thread = 2048, parts_per_thread = 8;
  PlaneCutter cutter(program, limits);
  Cells start;
  const std::vector<Seed> seeds = cutter.seeds(start);
  if (cutter.is_past_limits() && !limits.cancelled())
    return cutter.coarser(seeds.size(), cutter.is_out_of_time());
  const std::size_t creases = start.creases.size(), most = limits.most_cells;
  Shared shared;
  std::vector<Part> parts(1);
  const std::size_t begun =
      cut_some(cutter, seeds, 0, seeds.size(), creases, most, worth_a_thread, shared, parts[0]);
  if (const std::size_t left = seeds.size() - begun; left > 0 && !shared.is_over) {
    const std::size_t count =
        std::min(left, parts_per_thread * static_cast<std::size_t>(limits.threads));
    parts.resize(1 + count);
    Tasks tasks(limits.threads);
    std::vector<std::unique_ptr<PlaneCutter>> cutters(static_cast<std::size_t>(limits.threads));
    tasks.run(static_cast<int>(count), [&](int number, int worker) {
      auto& own = cutters[static_cast<std::size_t>(worker)];
      if (!own) own = std::make_unique<PlaneCutter>(program, limits);
      const auto i = static_cast<std::size_t>(number);
      cut_some(*own, seeds, begun + left * i / count, begun + left * (i + 1) / count, creases, most,
               std::numeric_limits<std::size_t>::max(), shared, parts[1 + i]);
    });
  }
  if (shared.is_over && !limits.cancelled())
    return cutter.coarser(shared.found, shared.is_out_of_time);
  Gatherer gatherer(seeds, std::move(start));
  for (const Part& part : parts) gatherer.add(part);
  return gatherer.take(!shared.is_over);
}

}  // namespace crease::regions
