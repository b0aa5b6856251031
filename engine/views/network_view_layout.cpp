#include "views/network_view_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "figure/text.h"
#include "views/network_view_measure.h"

namespace crease::network_picture {

namespace {

constexpr double margin = 20, header_gap = 8, largest_gap = 240, arc_step = 22;

/// How much is left out where there is little room: 0 header in one line, 1 in two, 2 short, 3 its
/// number alone, 4 none.
struct Attempt {
  int mode;
  double scale;
};
constexpr Attempt attempts[] = {{0, 1},  {1, 1},   {1, .85}, {2, 1},  {2, .85}, {2, .7},
                                {3, .7}, {3, .55}, {3, .4},  {4, .4}, {4, .25}, {4, .1}};

struct Header {
  std::string title, detail;
  double width = 0, height = 0;
  double controls = 0;
};

int arc_levels(const Model& model) {
  int levels = 0;
  for (const Arc& arc : arcs_of(model)) levels = std::max(levels, arc.level + 1);
  return levels;
}

class Placer {
 public:
  Placer(const Model& model, const std::vector<std::vector<float>>& importance, Size size,
         const Options& options)
      : model_(model), importance_(importance), size_(size), options_(options) {
    levels_ = arc_levels(model);
    columns_.resize(static_cast<std::size_t>(model.columns));
    for (std::size_t b = 0; b < model.blocks.size(); ++b)
      columns_[static_cast<std::size_t>(model.blocks[b].column)].push_back(b);
  }

  Layout run() {
    const std::size_t first = model_.has_images ? 1 : 0;
    // A tall picture, such as a page of a lecture, has larger units.
    constexpr double usual_height = 400, most_growth = 2.2;
    const double growth = std::clamp(size_.height / usual_height, 1.0, most_growth);
    for (const double larger : {growth, std::sqrt(growth)})
      if (larger > 1 && measure({attempts[first].mode, larger})) return place();
    for (std::size_t i = first; i < std::size(attempts); ++i)
      if (measure(attempts[i]) || i + 1 == std::size(attempts)) break;
    return place();
  }

 private:
  struct Column {
    double left = 0, right = 0;              // beside its middle, header included
    double units_left = 0, units_right = 0;  // without the header
  };

  Header header_of(const Block& block) const {
    Header header;
    const auto title_width = [](const std::string& text) {
      return text_width(text, Face::semibold, title_text);
    };
    const auto detail_width = [](const std::string& text) {
      return text_width(text, Face::regular, detail_text);
    };
    const bool resizable = options_.controls && !block.is_output && block.resizable;
    header.controls = resizable && mode_ <= 2 ? 2 * control_size : 0;
    if (mode_ <= 1) {
      header.title = block.title;
      header.detail = block.detail;
    } else if (mode_ <= 3) {
      header.title = block.is_input ? "in" : block.is_output ? "out" : block.brief;
      if (mode_ == 2 && detail_width(block.detail) <= 44) header.detail = block.detail;
    }
    if (mode_ == 0) {
      header.width = title_width(header.title) + header_gap + detail_width(header.detail) +
                     (header.controls > 0 ? 4 + header.controls : 0);
    } else if (mode_ == 1) {
      const double below =
          detail_width(header.detail) + (header.controls > 0 ? 4 + header.controls : 0);
      header.width = std::max(title_width(header.title), below);
    } else {
      header.width =
          std::max({title_width(header.title), detail_width(header.detail), header.controls});
    }
    return header;
  }

  /// Whether everything has enough room, and if so where the columns stand.
  bool measure(const Attempt& attempt) {
    mode_ = attempt.mode;
    scale_ = attempt.scale;
    top_ = mode_ == 0   ? 50
           : mode_ == 1 ? (options_.controls ? 71 : 66)
           : mode_ == 2 ? (options_.controls ? 72 : 56)
           : mode_ == 3 ? 40
                        : 12;
    if (levels_ > 0) top_ += 8 + arc_step * levels_;
    const double room = std::max(20.0, size_.height - 10 - top_);
    headers_.clear();
    measures_.clear();
    for (const Block& block : model_.blocks) headers_.push_back(header_of(block));
    measures_.resize(model_.blocks.size());
    std::vector<Column> columns(columns_.size());
    double total = 0, widest = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      Column& column = columns[c];
      for (const std::size_t b : columns_[c]) {
        const Block& block = model_.blocks[b];
        const double share =
            room / static_cast<double>(columns_[c].size()) - (columns_[c].size() > 1 ? 26 : 0);
        measures_[b] =
            measure_units(block, scale_, std::max(20.0, share), options_.opened.contains(block.id));
        const Measure& m = measures_[b];
        column.units_left = std::max(column.units_left, m.inner() / 2 + m.left);
        column.units_right = std::max(column.units_right, m.inner() / 2 + m.right);
        column.left = std::max({column.left, column.units_left, headers_[b].width / 2});
        column.right = std::max({column.right, column.units_right, headers_[b].width / 2});
        if (!block.is_input && !block.is_output) widest = std::max(widest, m.width);
      }
      total += column.left + column.right;
    }
    const double gaps = static_cast<double>(std::max<std::size_t>(1, columns.size() - 1));
    const double slack = size_.width - 2 * margin - total;
    const double gap = std::min(slack / gaps, largest_gap);
    middles_.clear();
    double x = columns.size() == 1 ? size_.width / 2 - columns[0].left
                                   : (size_.width - total - gap * gaps) / 2;
    free_ = size_.width;
    double before = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      middles_.push_back(x + columns[c].left);
      if (c > 0) free_ = std::min(free_, middles_[c] - columns[c].units_left - before);
      before = middles_[c] + columns[c].units_right;
      x += columns[c].left + columns[c].right + gap;
    }
    const double between_headers = mode_ == 0   ? (options_.controls ? 44 : 28)
                                   : mode_ <= 2 ? (options_.controls ? 26 : 12)
                                   : mode_ == 3 ? 6
                                                : 0;
    return gap >= between_headers && free_ >= (mode_ == 0   ? 64
                                               : mode_ <= 2 ? std::max(30.0, 0.9 * widest)
                                                            : widest);
  }

  Layout place() {
    Layout layout;
    layout.rail = mode_ == 0 ? 26 : mode_ == 1 ? 22 : mode_ <= 3 ? 22 : 0;
    layout.top = top_;
    layout.bottom = size_.height - 10;
    layout.arcs = top_ - 16;
    layout.arc_step = arc_step;
    layout.free = free_;
    layout.places.resize(model_.blocks.size());
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const auto count = static_cast<double>(columns_[c].size());
      const double band = (layout.bottom - layout.top) / count;
      for (std::size_t i = 0; i < columns_[c].size(); ++i) {
        const std::size_t b = columns_[c][i];
        const double from = layout.top + band * static_cast<double>(i);
        const bool stacked = columns_[c].size() > 1;
        Place& place = layout.places[b];
        place_header(b, middles_[c], stacked ? from + 12 : layout.rail, place, stacked);
        place_units(b, middles_[c], from + (stacked ? 26 : 0), from + band, place);
      }
      if (c + 1 == columns_.size()) continue;
      std::size_t source = columns_[c].front();
      for (const Block& block : model_.blocks)
        if (block.column == static_cast<int>(c) + 1)
          for (const Link& link : block.links)
            if (model_.blocks[link.from].column == static_cast<int>(c)) source = link.from;
      layout.gaps.push_back({source, {0, layout.rail}});
    }
    for (std::size_t c = 0; c + 1 < columns_.size(); ++c) {
      double right = middles_[c], left = middles_[c + 1];
      for (const std::size_t b : columns_[c])
        right = std::max(right, middles_[c] + headers_[b].width / 2);
      for (const std::size_t b : columns_[c + 1])
        left = std::min(left, middles_[c + 1] - headers_[b].width / 2);
      layout.gaps[c].at.x = (left + right) / 2;
    }
    return layout;
  }

  void place_header(std::size_t b, double middle, double rail, Place& place, bool stacked) const {
    const Header& header = headers_[b];
    place.title = header.title;
    place.detail = header.detail;
    place.one_line = mode_ == 0 || (stacked && mode_ <= 1);
    if (header.title.empty()) return;
    double width = header.width;
    if (stacked && mode_ == 1) {  // there is no second line between two blocks
      place.detail.clear();
      width = text_width(header.title, Face::semibold, title_text) +
              (header.controls > 0 ? 4 + header.controls : 0);
    }
    const bool second = !place.one_line && (!place.detail.empty() || header.controls > 0);
    place.header = {middle - width / 2, rail - 12, width, second ? 42.0 : 24.0};
    if (header.controls == 0) return;
    if (place.one_line) {
      place.controls = {place.header.right() - header.controls, rail - control_size / 2,
                        header.controls, control_size};
      return;
    }
    const double detail = text_width(place.detail, Face::regular, detail_text);
    const bool beside = mode_ == 1;
    const double line = beside && detail > 0 ? detail + 4 + header.controls : header.controls;
    place.controls = {middle + line / 2 - header.controls,
                      rail + (mode_ == 2 && detail > 0 ? 24.0 : 6.0), header.controls,
                      control_size};
    place.header.height = place.controls.bottom() - place.header.y;
  }

  /// The units that are shown, by number: all, or the most important.
  std::vector<int> chosen(std::size_t b, int count) const {
    const Block& block = model_.blocks[b];
    std::vector<int> units(static_cast<std::size_t>(drawn_units(block)));
    std::iota(units.begin(), units.end(), 0);
    if (count >= static_cast<int>(units.size())) return units;
    const auto& weight = importance_[b];
    std::stable_sort(units.begin(), units.end(), [&](int i, int j) {
      return weight[static_cast<std::size_t>(i)] > weight[static_cast<std::size_t>(j)];
    });
    units.resize(static_cast<std::size_t>(count));
    std::sort(units.begin(), units.end());
    return units;
  }

  void place_units(std::size_t b, double middle, double from, double to, Place& place) const {
    const Block& block = model_.blocks[b];
    const Measure& m = measures_[b];
    place.is_grid = m.is_grid;
    place.label_room = block.look == Look::bars || block.is_input ? m.left : m.right;
    const auto units = chosen(b, m.shown);
    const int rows = (static_cast<int>(units.size()) + m.columns - 1) / m.columns;
    const double height = (rows - 1) * m.pitch + m.height;
    const double words = m.shown < drawn_units(block) || m.is_grid ? 24 : 0;
    double y = (from + to) / 2 - (height + words + (block.is_output ? 0 : m.below)) / 2;
    // The output stands in the middle whatever is written under it, if there is room.
    if (block.is_output) y = std::min(y, to - height - m.below);
    y = std::max(y, from);
    const double x = middle - m.inner() / 2;
    for (std::size_t i = 0; i < units.size(); ++i) {
      const int row = static_cast<int>(i) % rows, column = static_cast<int>(i) / rows;
      Spot spot;
      spot.unit = units[i];
      spot.at = {x + column * m.column_pitch, y + row * m.pitch, m.width, m.height};
      if (m.kernel > 0)
        spot.kernel = {spot.at.x - m.kernel - 5, spot.at.centre().y - m.kernel / 2, m.kernel,
                       m.kernel};
      place.spots.push_back(spot);
    }
    place.box = {x, y, m.inner(), height};
    place.more = drawn_units(block) - static_cast<int>(units.size());
    if (place.more > 0 || m.is_grid) place.more_at = {middle - 40, y + height + 4, 80, 20};
  }

  const Model& model_;
  const std::vector<std::vector<float>>& importance_;
  Size size_;
  const Options& options_;
  int levels_ = 0;  // of arcs above each other
  std::vector<std::vector<std::size_t>> columns_;
  std::vector<Header> headers_;
  std::vector<Measure> measures_;
  std::vector<double> middles_;
  int mode_ = 0;
  double scale_ = 1, top_ = 0, free_ = 0;
};

}  // namespace

std::vector<Arc> arcs_of(const Model& model) {
  std::vector<Arc> arcs;
  for (std::size_t b = 0; b < model.blocks.size(); ++b)
    for (const Link& link : model.blocks[b].links)
      if (link.skips && model.blocks[b].links.size() > 1) arcs.push_back({link.from, b, 0});
  const auto start = [&](const Arc& arc) { return model.blocks[arc.from].column; };
  const auto end = [&](const Arc& arc) { return model.blocks[arc.to].column; };
  std::stable_sort(arcs.begin(), arcs.end(), [&](const Arc& a, const Arc& b) {
    return end(a) - start(a) < end(b) - start(b);
  });
  for (std::size_t i = 0; i < arcs.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (start(arcs[i]) < end(arcs[j]) && start(arcs[j]) < end(arcs[i]))
        arcs[i].level = std::max(arcs[i].level, std::min(arcs[j].level + 1, most_arc_levels - 1));
  return arcs;
}

Layout lay_out(const Model& model, const std::vector<std::vector<float>>& importance, Size size,
               const Options& options) {
  return Placer(model, importance, size, options).run();
}

}  // namespace crease::network_picture
