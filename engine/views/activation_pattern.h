#pragma once
#include "views/plane.h"
#include "views/pointed.h"
#include "views/view.h"

namespace crease {

/// What the columns of an activation pattern are.
enum class PatternColumns { samples, positions };
template <>
inline constexpr std::array<std::string_view, 2> names_of<PatternColumns>{"samples", "positions"};

/// Which hidden units are on (above zero) for which samples, or along the axis of a network with
/// one input; which never are, and which always.
struct ActivationPattern {
  static constexpr std::string_view name = "activation_pattern";
  static constexpr std::string_view title = "Activation pattern";
  static constexpr std::string_view needs = "hidden units, and data or 1 input";
  PatternColumns columns = PatternColumns::samples;
  int most_columns = 160;

  static void fields(auto& self, auto&& visit) {
    visit(
        Field{.name = "columns", .help = "units by samples, or by positions along a single input"},
        self.columns);
    visit(Field{.name = "most_columns",
                .help = "how many samples or positions are drawn",
                .least = 2,
                .most = 4096,
                .from = 20,
                .to = 500},
          self.most_columns);
  }

  struct LayerStates {
    std::size_t node = 0;
    std::string id, label;  ///< "h1", "layer 1"
    std::size_t units = 0;  ///< or channels
    std::vector<float> on;  ///< unit after unit, a share (of a channel's places) for each column
    std::vector<float> always;  ///< share of all samples (and places) for which a unit is on
    std::size_t dead() const;
    std::size_t always_on() const;
  };
  struct Answer {
    std::vector<LayerStates> layers;
    std::vector<std::size_t> samples;  ///< of the columns; empty: positions
    std::vector<double> positions;
    std::size_t looked_at = 0;  ///< samples (or positions) that were counted
    std::size_t distinct = 0;   ///< patterns among them
    std::size_t drawn() const { return layers.empty() ? 0 : layers[0].on.size() / layers[0].units; }
    /// What lies at a column's left and right end on the axis of the picture.
    double edge(std::size_t column) const;
  };

  std::string refuses(const Snapshot& snapshot) const;
  Answer compute(const Snapshot& snapshot, const Frame& frame, const Cancelled& cancelled) const;
  Figure draw(const Snapshot& snapshot, const Answer& answer, const Theme& theme) const;
  /// The sample (or position) that was chosen, here or in another picture, and by how many bits it
  /// differs from the one under the pointer.
  Emphasis emphasis(const Snapshot& snapshot, const Answer& answer, const Pointed& pointed,
                    const Theme& theme) const;
  Chosen chosen_at(const Snapshot& snapshot, const Answer& answer, Point at) const;
  bool operator==(const ActivationPattern&) const = default;
};

}  // namespace crease
