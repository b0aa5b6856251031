#include "net/transplant.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>

namespace crease {

namespace {

/// The unit or channel that a channel of a node carries: the node that made it (a layer with
/// weights, a sum, or the data), its number there, and how many values it has.
struct Channel {
  std::string maker;
  int number = 0;
  std::size_t places = 1;
};
using Origin = std::vector<Channel>;

Origin made_by(const std::string& id, const Shape& shape) {
  Origin origin;
  for (int c = 0; c < shape.channels; ++c)
    origin.push_back({id, c, shape.size() / static_cast<std::size_t>(shape.channels)});
  return origin;
}

bool keeps_channels(const PlanNode& node) {
  return std::visit(
      []<class L>(const L&) {
        return requires { L::keeps_channels; };
      },
      node.layer);
}

Origin origin_of(const Plan& plan, int index) {
  if (index < 0) return made_by("input", plan.input);
  const PlanNode& node = plan.nodes[static_cast<std::size_t>(index)];
  const bool joins = std::holds_alternative<Concat>(node.layer);
  const bool makes = !node.segments.empty() || (node.inputs.size() > 1 && !joins);
  if (makes && !keeps_channels(node)) return made_by(node.id, node.shape);
  Origin origin;
  std::size_t values = 0;
  for (const int input : node.inputs)
    for (const Channel& channel : origin_of(plan, input)) {
      origin.push_back(channel);
      values += channel.places;
    }
  // Pooling and the like keep the channels and change the places; flatten keeps both.
  if (values != node.shape.size())
    for (Channel& channel : origin) channel.places = node.shape.size() / origin.size();
  return origin;
}

/// The old number of each of the new channels; -1 for a new one. Where a channel comes twice (a
/// skip into a concat), the first is matched with the first and the second with the second.
struct Match {
  std::vector<int> number;
  bool any = false;  ///< of those that came from the same maker
};
Match match(const Origin& before, const Origin& after) {
  using Key = std::tuple<std::string, int, int>;
  const auto keys = [](const Origin& origin) {
    std::map<std::pair<std::string, int>, int> seen;
    std::vector<Key> list;
    for (const Channel& channel : origin)
      list.emplace_back(channel.maker, channel.number, seen[{channel.maker, channel.number}]++);
    return list;
  };
  std::map<Key, int> numbers;
  for (const Key& key : keys(before)) numbers.emplace(key, static_cast<int>(numbers.size()));
  std::vector<int> matched;
  bool any = false;
  for (const Key& key : keys(after)) {
    const auto found = numbers.find(key);
    matched.push_back(found == numbers.end() ? -1 : found->second);
    any = any || found != numbers.end();
  }
  // A layer was put in between: nothing matches, and a unit takes the place of the unit of its
  // number.
  if (!any)
    for (std::size_t c = 0; c < std::min(before.size(), after.size()); ++c)
      matched[c] = static_cast<int>(c);
  return {matched, any};
}

class Planner {
 public:
  Planner(const Plan& before, const Plan& after, const std::vector<RemovedUnit>& removed)
      : before_(before), after_(after), removed_(removed) {
    result_.source.assign(after.length, Transplant::zero);
    carried_.assign(after.segments.size(), false);
  }

  Transplant run() {
    for (std::size_t i = 0; i < after_.nodes.size(); ++i) {
      const PlanNode& node = after_.nodes[i];
      const int old = before_.index_of(node.id);
      for (std::size_t b = 0; b < node.segments.size(); ++b) {
        if (carried_[node.segments[b]]) continue;  // shared: its owner stands before
        carried_[node.segments[b]] = true;
        carry(node, old < 0 ? nullptr : &before_.nodes[static_cast<std::size_t>(old)], b);
      }
    }
    return std::move(result_);
  }

 private:
  void carry(const PlanNode& node, const PlanNode* old, std::size_t block) {
    const Segment& to = after_.segments[node.segments[block]];
    const Segment* from =
        old && block < old->segments.size() && old->layer.index() == node.layer.index()
            ? &before_.segments[old->segments[block]]
            : nullptr;
    std::ptrdiff_t* out = result_.source.data() + to.offset;
    std::fill_n(out, to.size, Transplant::fresh);
    if (!old && stands_between(node)) return begin_as_identity(node, to, out);
    if (!from || from->shape.size() != to.shape.size()) return;
    if (to.size == 1 && from->size == 1) return take(to, out[0], from->offset);
    if (keeps_channels(node)) return carry_channels(node, *old, to, *from, out);
    const Table now(node, to), then(*old, *from);
    if (now.inputs_first != then.inputs_first || now.cells != then.cells) return;
    carry_table(node, *old, to, *from, out);
  }

  /// Has it been put between two nodes that were neighbours before, and does it keep their shape?
  bool stands_between(const PlanNode& node) const {
    const auto* conv = std::get_if<Conv2d>(&node.layer);
    if (node.inputs.size() != 1 || !(conv || std::holds_alternative<Dense>(node.layer)) ||
        (conv && conv->groups != 1))
      return false;
    const int source = node.inputs[0];
    if (source < 0 || after_.nodes[static_cast<std::size_t>(source)].shape != node.shape)
      return false;
    if (conv && !cell_on_place(node)) return false;
    const int self = after_.index_of(node.id);
    const std::string& before = after_.nodes[static_cast<std::size_t>(source)].id;
    return std::any_of(after_.nodes.begin(), after_.nodes.end(), [&](const PlanNode& reader) {
      const int old = before_.index_of(reader.id);
      if (old < 0 || std::count(reader.inputs.begin(), reader.inputs.end(), self) == 0)
        return false;
      const auto& read = before_.nodes[static_cast<std::size_t>(old)].inputs;
      return std::count(read.begin(), read.end(), before_.index_of(before)) > 0;
    });
  }

  /// The cell of a convolution's filter that lies on the very place which it computes, where one
  /// does: of an even kernel under "same" padding it is the one before the middle.
  std::optional<std::size_t> cell_on_place(const PlanNode& node) const {
    const auto& conv = std::get<Conv2d>(node.layer);
    const Window window =
        conv.window_on(after_.nodes[static_cast<std::size_t>(node.inputs[0])].shape);
    if (window.rows.before % conv.dilation != 0 || window.columns.before % conv.dilation != 0)
      return std::nullopt;
    return static_cast<std::size_t>(window.rows.before / conv.dilation * conv.kernel.w +
                                    window.columns.before / conv.dilation);
  }

  void begin_as_identity(const PlanNode& node, const Segment& to, std::ptrdiff_t* out) const {
    std::fill_n(out, to.size, Transplant::zero);
    if (to.is_bias) return;
    const Table table(node, to);
    const std::size_t cells = std::max<std::size_t>(1, table.cells);
    const std::size_t middle = table.cells > 0 ? cell_on_place(node).value_or(0) : 0;
    for (std::size_t unit = 0; unit < table.units; ++unit)
      out[table.index(0, unit, unit * cells) + middle] = Transplant::one;
  }

  /// The old numbers of a node's units that are still there, in order.
  std::vector<std::size_t> remaining(const std::string& node, std::size_t units) const {
    std::vector<std::size_t> numbers(units);
    std::iota(numbers.begin(), numbers.end(), std::size_t{0});
    for (const RemovedUnit& gone : removed_)
      if (gone.node == node && gone.unit >= 0 &&
          static_cast<std::size_t>(gone.unit) < numbers.size())
        numbers.erase(numbers.begin() + gone.unit);
    return numbers;
  }
  /// Gives old channels the numbers they have now; -1 to those that are gone.
  void renumber(Origin& then) const {
    if (removed_.empty()) return;
    for (Channel& channel : then) {
      const int old = before_.index_of(channel.maker);
      if (old < 0) continue;
      const auto& shape = before_.nodes[static_cast<std::size_t>(old)].shape;
      const auto left = remaining(channel.maker, static_cast<std::size_t>(shape.channels));
      const auto at = std::find(left.begin(), left.end(), static_cast<std::size_t>(channel.number));
      channel.number = at == left.end() ? -1 : static_cast<int>(at - left.begin());
    }
  }

  void take(const Segment& segment, std::ptrdiff_t& to, std::size_t from) {
    to = static_cast<std::ptrdiff_t>(from);
    if (!segment.is_statistic) ++result_.kept;
  }

  /// Numbers that belong to the channels a node passes on: normalisations.
  void carry_channels(const PlanNode& node, const PlanNode& old, const Segment& to,
                      const Segment& from, std::ptrdiff_t* out) {
    Origin now = origin_of(after_, node.inputs[0]);
    Origin then = origin_of(before_, old.inputs[0]);
    renumber(then);
    const std::size_t places = to.size / now.size();
    if (from.size / then.size() != places) return;
    const std::vector<int> matched = match(then, now).number;
    for (std::size_t c = 0; c < now.size(); ++c)
      for (std::size_t place = 0; matched[c] >= 0 && place < places; ++place)
        take(to, out[c * places + place],
             from.offset + static_cast<std::size_t>(matched[c]) * places + place);
  }

  /// A tensor of weights or biases as pieces (of a maxout), units, and what a unit reads: input
  /// channels with `cells` numbers each (of a filter; 0: as many as the channel has places).
  struct Table {
    std::size_t pieces = 1, units = 1, row = 1, cells = 0;
    bool inputs_first = false;  ///< a transposed convolution: [in, out, kh, kw]

    Table(const PlanNode& node, const Segment& segment) {
      const auto& shape = segment.shape;
      const bool split = std::holds_alternative<Maxout>(node.layer);
      inputs_first = shape.size() == 4 && std::holds_alternative<ConvTranspose2d>(node.layer);
      if (split) pieces = shape[0];
      units = shape[split || inputs_first ? 1 : 0];
      row = segment.size / pieces / units;
      if (shape.size() == 4) cells = shape[2] * shape[3];
    }
    /// Where the numbers of an input channel, which begin at `start` in a row, begin.
    std::size_t index(std::size_t piece, std::size_t unit, std::size_t start) const {
      return inputs_first ? start * units + unit * cells : (piece * units + unit) * row + start;
    }
  };

  void carry_table(const PlanNode& node, const PlanNode& old, const Segment& to,
                   const Segment& from, std::ptrdiff_t* out) {
    const Table table(node, to), old_table(old, from);
    const bool kernel_kept = to.shape.size() != 4 || from.shape.back() == to.shape.back();
    if (!kernel_kept) return;  // the same numbers would mean something else
    Origin now, then;
    if (to.is_bias) {
      now = then = made_by("bias", Shape::features(1));
    } else {
      now = origin_of(after_, node.inputs[0]);
      then = origin_of(before_, old.inputs[0]);
      renumber(then);
    }
    if (table.cells > 0) {
      // Grouped filters see a share of the channels: then they are matched by number.
      if (table.row != now.size() * table.cells || old_table.row != then.size() * table.cells) {
        now = made_by("group", Shape::features(static_cast<int>(table.row / table.cells)));
        then = made_by("group", Shape::features(static_cast<int>(old_table.row / table.cells)));
      }
      for (Channel& channel : now) channel.places = table.cells;
      for (Channel& channel : then) channel.places = table.cells;
    }
    std::vector<std::size_t> old_start;
    std::size_t columns = 0;
    for (const Channel& channel : then) {
      old_start.push_back(columns);
      columns += channel.places;
    }
    const auto [matched, any] = match(then, now);
    const auto rows = remaining(node.id, old_table.units);
    for (std::size_t piece = 0; piece < std::min(table.pieces, old_table.pieces); ++piece)
      for (std::size_t unit = 0; unit < std::min(table.units, rows.size()); ++unit) {
        std::size_t start = 0;
        for (std::size_t c = 0; c < now.size(); start += now[c].places, ++c) {
          std::ptrdiff_t* target = out + table.index(piece, unit, start);
          if (matched[c] < 0) {  // where none matches there is no function to keep
            std::fill_n(target, now[c].places, any ? Transplant::zero : Transplant::fresh);
            continue;
          }
          const auto source = static_cast<std::size_t>(matched[c]);
          if (then[source].places != now[c].places) continue;  // another image size: fresh
          const std::size_t first =
              from.offset + old_table.index(piece, rows[unit], old_start[source]);
          for (std::size_t place = 0; place < now[c].places; ++place)
            take(to, target[place], first + place);
        }
      }
  }

  const Plan& before_;
  const Plan& after_;
  const std::vector<RemovedUnit>& removed_;
  Transplant result_;
  std::vector<bool> carried_;
};

}  // namespace

Transplant plan_transplant(const Plan& before, const Plan& after,
                           const std::vector<RemovedUnit>& removed) {
  return Planner(before, after, removed).run();
}

template <class T>
AlignedVector<T> carry_parameters(const Transplant& transplant, const AlignedVector<T>& before,
                                  const AlignedVector<T>& start) {
  AlignedVector<T> result(transplant.source.size(), T{0});
  for (std::size_t i = 0; i < result.size(); ++i) {
    const std::ptrdiff_t from = transplant.source[i];
    if (from >= 0)
      result[i] = before[static_cast<std::size_t>(from)];
    else if (from == Transplant::fresh)
      result[i] = start[i];
    else if (from == Transplant::one)
      result[i] = T{1};
  }
  return result;
}

template <class T>
AlignedVector<T> carry_moments(const Transplant& transplant, const AlignedVector<T>& before) {
  AlignedVector<T> result(transplant.source.size(), T{0});
  for (std::size_t i = 0; i < result.size(); ++i)
    if (const std::ptrdiff_t from = transplant.source[i]; from >= 0)
      result[i] = before[static_cast<std::size_t>(from)];
  return result;
}

std::string describe(const Transplant& transplant, const Plan& after) {
  std::vector<std::string> fresh;
  for (const Segment& segment : after.segments) {
    const auto* first = transplant.source.data() + segment.offset;
    if (std::none_of(first, first + segment.size, [](std::ptrdiff_t from) { return from >= 0; }))
      fresh.push_back(segment.name);
  }
  return fmt::format("kept {} of {} parameters{}", transplant.kept, after.parameter_count,
                     fresh.empty() ? "" : fmt::format("; new: {}", fmt::join(fresh, ", ")));
}

#define CREASE_INSTANTIATE(T)                                                            \
  template AlignedVector<T> carry_parameters(const Transplant&, const AlignedVector<T>&, \
                                             const AlignedVector<T>&);                   \
  template AlignedVector<T> carry_moments(const Transplant&, const AlignedVector<T>&);
CREASE_INSTANTIATE(float)
CREASE_INSTANTIATE(double)
#undef CREASE_INSTANTIATE

}  // namespace crease
