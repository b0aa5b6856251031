#include "net/transplant.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace crease {

namespace {

/// The unit or channel that a channel of a node carries: the node that made it (a layer with
/// weights, a join that mixes, or the data) and its number there. `places` values each.
struct Channel {
  std::string maker;
  int number = 0;
  auto operator<=>(const Channel&) const = default;
};
struct Origin {
  std::vector<Channel> channels;
  std::size_t places = 1;
};

Origin of_maker(const std::string& id, const Shape& shape) {
  Origin origin{.channels = {}, .places = shape.size() / static_cast<std::size_t>(shape.channels)};
  for (int c = 0; c < shape.channels; ++c) origin.channels.push_back({id, c});
  return origin;
}

Origin origin_of(const Plan& plan, int index) {
  if (index < 0) return of_maker("input", plan.input);
  const PlanNode& node = plan.nodes[static_cast<std::size_t>(index)];
  if (!node.segments.empty()) return of_maker(node.id, node.shape);
  Origin origin = origin_of(plan, node.inputs[0]);
  if (std::holds_alternative<Concat>(node.layer))
    for (std::size_t i = 1; i < node.inputs.size(); ++i) {
      const Origin more = origin_of(plan, node.inputs[i]);
      origin.channels.insert(origin.channels.end(), more.channels.begin(), more.channels.end());
    }
  // Pooling and the like keep the channels and change the places; flatten keeps both.
  origin.places = node.shape.size() / origin.channels.size();
  return origin;
}

/// The old number of each of the new input channels; -1 for a new one.
std::vector<int> match(const Origin& before, const Origin& after) {
  std::map<Channel, int> numbers;
  for (std::size_t c = 0; c < before.channels.size(); ++c)
    numbers.emplace(before.channels[c], static_cast<int>(c));
  std::vector<int> matched;
  for (const Channel& channel : after.channels) {
    const auto found = numbers.find(channel);
    matched.push_back(found == numbers.end() ? -1 : found->second);
  }
  return matched;
}

class Planner {
 public:
  Planner(const Plan& before, const Plan& after) : before_(before), after_(after) {
    result_.source.assign(after.length, Transplant::zero);
  }

  Transplant run() {
    for (std::size_t i = 0; i < after_.nodes.size(); ++i) {
      const PlanNode& node = after_.nodes[i];
      const int old = before_.index_of(node.id);
      for (std::size_t b = 0; b < node.segments.size(); ++b)
        carry(node, old < 0 ? nullptr : &before_.nodes[static_cast<std::size_t>(old)], b);
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
    if (!from || from->shape.size() != to.shape.size()) return;
    if (to.shape.size() == 1) {
      for (std::size_t i = 0; i < std::min(to.size, from->size); ++i)
        take(out[i], static_cast<std::ptrdiff_t>(from->offset + i));
      return;
    }
    carry_matrix(node, *old, to, *from, out);
  }

  void take(std::ptrdiff_t& to, std::ptrdiff_t from) {
    to = from;
    ++result_.kept;
  }

  /// A row is a unit; its columns are (input channel, place) for a dense layer and (channel, row,
  /// column of the kernel) for a convolution.
  void carry_matrix(const PlanNode& node, const PlanNode& old, const Segment& to,
                    const Segment& from, std::ptrdiff_t* out) {
    const Origin now = origin_of(after_, node.inputs[0]);
    const Origin then = origin_of(before_, old.inputs[0]);
    const std::size_t rows = std::min(to.shape[0], from.shape[0]);
    const std::size_t columns = to.size / to.shape[0], old_columns = from.size / from.shape[0];
    const bool dense = to.shape.size() == 2;
    // Grouped filters see a share of the channels: then they are matched by number.
    const bool by_origin =
        dense || (to.shape[1] == now.channels.size() && from.shape[1] == then.channels.size());
    const std::size_t channels = dense ? now.channels.size() : to.shape[1];
    const std::size_t old_channels = dense ? then.channels.size() : from.shape[1];
    const std::size_t cells = columns / channels, old_cells = old_columns / old_channels;
    // Another kernel or another image size: the same numbers would mean something else.
    if (cells != old_cells) return;
    std::vector<int> matched = match(then, now);
    if (!by_origin) {
      matched.assign(channels, -1);
      for (std::size_t c = 0; c < std::min(channels, old_channels); ++c)
        matched[c] = static_cast<int>(c);
    }
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t c = 0; c < channels; ++c)
        for (std::size_t cell = 0; cell < cells; ++cell) {
          std::ptrdiff_t& target = out[row * columns + c * cells + cell];
          if (matched[c] < 0)
            target = Transplant::zero;
          else
            take(target,
                 static_cast<std::ptrdiff_t>(from.offset + row * old_columns +
                                             static_cast<std::size_t>(matched[c]) * cells + cell));
        }
  }

  const Plan& before_;
  const Plan& after_;
  Transplant result_;
};

}  // namespace

Transplant plan_transplant(const Plan& before, const Plan& after) {
  return Planner(before, after).run();
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
  }
  return result;
}

template <class T>
AlignedVector<T> carry_moments(const Transplant& transplant, const AlignedVector<T>& before) {
  return carry_parameters(transplant, before, AlignedVector<T>(transplant.source.size(), T{0}));
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
