#include "views/region_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "figure/text.h"
#include "views/linear_regions.h"
#include "views/region_terms.h"
#include "views/region_words.h"
#include "views/words.h"

namespace crease {

using Answer = RegionCounts::Answer;

namespace {

decltype(Answer::folds) folds_of(const Plan& plan, const regions::Regions& found) {
  decltype(Answer::folds) folds;
  for (const regions::Fold& fold : found.program.folds)
    folds.push_back(
        {fold.node, std::vector<std::size_t>(
                        static_cast<std::size_t>(plan.nodes[fold.number].shape.channels), 0)});
  for (std::size_t i = regions::borders_of_window; i < found.cells.creases.size(); ++i) {
    const regions::Crease& crease = found.cells.creases[i];
    const Shape& shape = plan.nodes[found.program.folds[crease.fold].number].shape;
    ++folds[crease.fold]
          .second[crease.unit * static_cast<std::size_t>(shape.channels) / shape.size()];
  }
  return folds;
}

}  // namespace

std::string RegionCounts::refuses(const Snapshot& snapshot) const {
  if (snapshot.plan->input.size() == 1) {
    const std::string sentence = regions::refusal(*snapshot.plan);
    return sentence.empty() ? ""
                            : fmt::format("{} needs piecewise-linear units: {}", name, sentence);
  }
  std::string sentence = LinearRegions().refuses(snapshot);
  if (sentence.starts_with(LinearRegions::name))
    sentence.replace(0, LinearRegions::name.size(), name);
  return sentence;
}

Answer RegionCounts::compute(const Snapshot& snapshot, const Frame&,
                             const Cancelled& cancelled) const {
  Answer answer;
  answer.inputs = snapshot.plan->input.size();
  answer.parameters = snapshot.plan->parameter_count;
  answer.bounds = regions::bounds_of(*snapshot.plan);
  const auto note = [&](const regions::Regions& found, bool is_costly) {
    answer.now = {snapshot.step, found.cells.at_least, found.joined.regions,
                  found.cells.is_complete};
    answer.fact = fact_on(found, is_costly);
    answer.folds = folds_of(*snapshot.plan, found);
  };
  const bool is_finite = std::all_of(snapshot.parameters.begin(), snapshot.parameters.end(),
                                     [](float w) { return std::isfinite(w); });
  if (!is_finite) return answer;
  if (answer.inputs == 1) {
    const AlignedVector<double> parameters(snapshot.parameters.begin(), snapshot.parameters.end());
    note(regions::analyse(*snapshot.plan, parameters.data(),
                          home_slice(1, snapshot.data.get()).slice,
                          {.most_cells = static_cast<std::size_t>(most), .cancelled = cancelled}),
         false);
  } else {
    LinearRegions view;
    view.most = most;
    view.boundary = false;
    const LinearRegions::Answer made = view.compute(snapshot, {}, cancelled);
    note(*made.found, made.is_costly);
  }
  answer.history = {answer.now};
  return answer;
}

Answer RegionCounts::follow(Answer now, const Answer& before) {
  const bool is_same_run = before.parameters == now.parameters && before.inputs == now.inputs &&
                           before.now.step <= now.now.step;
  if (!is_same_run || now.history.empty()) return now;
  constexpr std::size_t most_counts = 1000;
  std::vector<Answer::Count> history = before.history;
  if (!history.empty() && history.back().step == now.now.step) history.pop_back();
  history.push_back(now.now);
  if (history.size() > most_counts) {
    for (std::size_t i = 0; 2 * i < history.size(); ++i) history[i] = history[2 * i];
    history.resize(history.size() / 2);
  }
  now.history = std::move(history);
  return now;
}

namespace {

class Drawing {
 public:
  /// Of the panel's height, how near to a mark it is explained.
  static constexpr double near_share = 0.06;

  Drawing(const RegionCounts& view, const Answer& answer, const Theme& theme)
      : view_(view), answer_(answer), theme_(theme) {}

  Figure figure() {
    figure_.name = std::string(RegionCounts::title);
    figure_.fact = answer_.fact;
    add_comparison();
    if (answer_.history.size() > 1) add_history();
    figure_.table = table();
    return std::move(figure_);
  }

 private:
  /// Regions; where not all were cut, the patterns that there are at least.
  static std::size_t shown(const Answer::Count& count) {
    return count.is_complete ? count.regions : count.patterns;
  }
  std::string found_text() const {
    return (answer_.now.is_complete ? "" : "\u2265 ") + count_text(shown(answer_.now));
  }
  double log_found() const {
    return std::log10(std::max<double>(1, static_cast<double>(shown(answer_.now))));
  }

  /// The largest numbers of regions against parameters, a line for each depth.
  void add_comparison() {
    Panel panel;
    const double own = static_cast<double>(answer_.parameters);
    const double most_parameters = std::max(1e3, 10 * own);
    const auto n0 = static_cast<double>(answer_.inputs);
    double top = std::max(1.0, log_found());
    if (answer_.bounds) top = std::max(top, answer_.bounds->serra18_upper.log10());
    for (int depth = 1; depth <= view_.depths; ++depth) {
      LinesMark mark{.key = fmt::format("depth {}", depth),
                     .paths = {{}},
                     .stroke = {},
                     .label = depth == 1 ? "1 hidden layer" : fmt::format("{}", depth)};
      const double share =
          view_.depths > 1 ? static_cast<double>(depth - 1) / (view_.depths - 1) : 0;
      mark.stroke = {theme_.depth.at(share), 1.6, {}};
      double parameters = 0;
      for (std::size_t times = 1; parameters < most_parameters; times = times + 1 + times / 12) {
        const double width = n0 * static_cast<double>(times);
        parameters = width * (n0 + 1) + (depth - 1) * width * (width + 1) + width + 1;
        if (parameters > most_parameters) break;
        const double value = regions::log10_of_udl_formula(answer_.inputs, answer_.inputs * times,
                                                           static_cast<std::size_t>(depth));
        mark.paths[0].push_back({parameters, value});
      }
      if (mark.paths[0].size() < 2) continue;
      panel.marks.push_back(std::move(mark));
    }
    // The lines go on upwards; what is known of this network sets the height.
    double highest = 0;
    for (const Mark& mark : panel.marks)
      highest = std::max(highest, std::get<LinesMark>(mark).paths[0].back().y);
    top = std::max(1.15 * top, std::min(highest, 2.5 * top));
    panel.x = {.label = "parameters",
               .from = std::min(std::max(2.0, n0 + 2), 0.8 * own),
               .to = most_parameters,
               .scale = Scale::logarithmic};
    panel.y = {.label = "$\\log_{10}$ regions", .from = 0, .to = 1.04 * highest};
    if (highest > 4 * top) panel.y.to = 4 * top;
    panel.y.to = std::max(panel.y.to, 1.06 * top);
    if (!panel.marks.empty()) panel.title = "Deck's formula by number of hidden layers";
    panel.share = 1.6;
    add_points(panel, own);
    figure_.panels.push_back(std::move(panel));
  }

  static std::string power_of_ten(double exponent) {
    if (exponent < 6) return number_text(std::pow(10, exponent));
    const double whole = std::floor(exponent);
    return fmt::format("${:.1f}\\times 10^{{{:.0f}}}$", std::pow(10, exponent - whole), whole);
  }
  static std::string text_of(const RegionFigure& figure) {
    if (figure.log10 >= 9) return power_of_ten(figure.log10);
    if (figure.log10 < 0) return number_text(std::pow(10, figure.log10));  // typical of one unit
    return count_text(static_cast<std::size_t>(std::llround(std::pow(10, figure.log10))));
  }

  /// What is known of this network, one above the other, each with its name and number in the
  /// legend.
  void add_points(Panel& panel, double own) {
    struct Entry {
      RegionTerm term;
      double value;
      std::string text;
      Marker marker;
      Colour fill;
      bool hollow;
    };
    std::vector<Entry> entries;
    const auto marker_of = [](std::string_view name) {
      if (name == region_terms::upper_2018.name) return Marker::triangle_down;
      if (name == region_terms::lower_2018.name) return Marker::triangle;
      return name == region_terms::gauge.name ? Marker::diamond : Marker::square;
    };
    if (answer_.bounds)
      for (const RegionFigure& figure : figures_of(*answer_.bounds)) {
        if (!figure.is_best) continue;
        const Marker marker = marker_of(figure.term.name);
        entries.push_back({figure.term, figure.log10, text_of(figure), marker, theme_.ink2,
                           marker == Marker::diamond || marker == Marker::square});
      }
    const RegionTerm& own_term =
        answer_.now.is_complete ? region_terms::regions : region_terms::patterns;
    entries.push_back({own_term, log_found(), found_text(), Marker::disc, theme_.accent, false});
    // In the legend from the largest number to the smallest, as the marks stand above each other.
    std::sort(entries.begin(), entries.end(),
              [](const Entry& x, const Entry& y) { return x.value > y.value; });
    PointsMark last;
    for (const Entry& entry : entries) {
      const bool is_own = entry.marker == Marker::disc;
      const std::string words = plain(is_own ? where() : std::string(entry.term.name));
      PointsMark mark{.key = words,
                      .points = {{own, entry.value}},
                      .marker = entry.marker,
                      // Numbers close together: what is open stays in sight around what is not.
                      .radius = is_own         ? 3.2
                                : entry.hollow ? 5.5
                                               : 4,
                      .fill = entry.fill,
                      .hollow = entry.hollow,
                      .edge = {theme_.picture, 0.9, {}}};
      figure_.legend.push_back({.key = words,
                                .label = words + " " + entry.text,
                                .marker = entry.marker,
                                .fill = entry.fill,
                                .hollow = entry.hollow,
                                .stroke = mark.edge,
                                .told = told(entry.term, entry.text)});
      if (is_own)
        last = std::move(mark);
      else
        panel.marks.push_back(std::move(mark));
    }
    panel.marks.push_back(std::move(last));  // on top of the others
    const double apart = near_share * panel.y.to;
    std::vector<std::pair<std::string, std::vector<Point>>> curves;
    for (const Mark& mark : panel.marks)
      if (const auto* curve = std::get_if<LinesMark>(&mark))
        curves.emplace_back(curve->key, curve->paths[0]);
    panel.readout = [entries, own, apart, curves](Point at) -> std::vector<Reading> {
      const Entry* nearest = nullptr;
      if (std::abs(std::log(at.x / own)) < 1)
        for (const Entry& entry : entries)
          if (std::abs(entry.value - at.y) < apart &&
              (!nearest || std::abs(entry.value - at.y) < std::abs(nearest->value - at.y)))
            nearest = &entry;
      return nearest ? told(nearest->term, nearest->text) : on_curve(curves, at, apart);
    };
  }

  static std::vector<Reading> told(const RegionTerm& term, const std::string& value) {
    std::vector<Reading> readings{{plain(std::string(term.name)), value}};
    for (const Reading& line : explanation_of(term)) readings.push_back(line);
    return readings;
  }

  /// What the formula gives where the pointer is on one of its curves; elsewhere there is nothing
  /// to tell.
  static std::vector<Reading> on_curve(
      const std::vector<std::pair<std::string, std::vector<Point>>>& curves, Point at,
      double apart) {
    double nearest = apart / 2;
    std::vector<Reading> readings;
    for (const auto& [name, path] : curves) {
      const auto point =
          std::find_if(path.begin(), path.end(), [&](const Point& p) { return p.x >= at.x; });
      if (point == path.end() || std::abs(point->y - at.y) > nearest) continue;
      nearest = std::abs(point->y - at.y);
      readings = {{"by the formula", name},
                  {"parameters", count_text(static_cast<std::size_t>(std::round(point->x)))},
                  {"regions", power_of_ten(point->y)}};
    }
    return readings;
  }

  std::string where() const {
    const std::string what = answer_.now.is_complete ? "" : "patterns ";
    return what + (answer_.inputs > 2 ? "here, on the plane:" : "here, where the data lie:");
  }

  void add_history() {
    Panel panel;
    panel.title = "Over training";
    LinesMark joined{.key = "", .paths = {{}}, .stroke = {theme_.ink, 1.8, {}}, .label = "regions"};
    LinesMark patterns{
        .key = "", .paths = {{}}, .stroke = {theme_.ink2, 1.4, {4, 3}}, .label = "patterns"};
    double top = 1;
    bool differ = false;
    for (const Answer::Count& count : answer_.history) {
      const auto step = static_cast<double>(count.step);
      // Where not all were cut nobody knows the regions: their line stops.
      if (count.is_complete)
        joined.paths.back().push_back({step, static_cast<double>(count.regions)});
      else if (!joined.paths.back().empty())
        joined.paths.emplace_back();
      patterns.paths[0].push_back({step, static_cast<double>(count.patterns)});
      top = std::max(top, static_cast<double>(count.patterns));
      differ = differ || !count.is_complete || count.patterns != count.regions;
    }
    if (joined.paths.back().empty()) joined.paths.pop_back();
    if (!answer_.now.is_complete) patterns.label = "patterns, at least";
    panel.x = {.label = "step",
               .from = static_cast<double>(answer_.history.front().step),
               .to = static_cast<double>(answer_.history.back().step)};
    panel.y = {.label = "", .from = 0, .to = 1.1 * top};
    if (differ) panel.marks.push_back(std::move(patterns));
    if (!joined.paths.empty()) panel.marks.push_back(std::move(joined));
    figure_.panels.push_back(std::move(panel));
  }

  std::function<Table()> table() const {
    return [answer = answer_] {
      Table table{{"what", "value", "meaning", "source"}, {}};
      const auto add = [&](const RegionTerm& term, const std::string& value) {
        table.rows.push_back(
            {std::string(term.name), value, std::string(term.meaning), std::string(term.source)});
      };
      add(region_terms::parameters, fmt::format("{}", answer.parameters));
      add(region_terms::regions,
          answer.now.is_complete ? fmt::format("{}", answer.now.regions) : "");
      add(region_terms::patterns,
          fmt::format("{}{}", answer.now.is_complete ? "" : ">= ", answer.now.patterns));
      if (answer.bounds)
        for (const RegionFigure& figure : figures_of(*answer.bounds))
          add(figure.term, figure.value);
      for (const Answer::Count& count : answer.history)
        table.rows.push_back({fmt::format("{} at step {}",
                                          count.is_complete ? region_terms::regions.name
                                                            : region_terms::patterns.name,
                                          count.step),
                              fmt::format("{}{}", count.is_complete ? "" : ">= ", shown(count)), "",
                              ""});
      return table;
    };
  }

  const RegionCounts& view_;
  const Answer& answer_;
  const Theme& theme_;
  Figure figure_;
};

}  // namespace

Figure RegionCounts::draw(const Snapshot&, const Answer& answer, const Theme& theme) const {
  if (answer.history.empty()) return no_regions(std::string(title));
  return Drawing(*this, answer, theme).figure();
}

Emphasis RegionCounts::emphasis(const Snapshot& snapshot, const Answer& answer,
                                const Pointed& pointed, const Theme& theme) const {
  Emphasis made;
  for (const auto& [node, units] : answer.folds) {
    if (node != pointed.node || pointed.unit < 0) continue;
    const auto unit = static_cast<std::size_t>(pointed.unit);
    if (unit >= units.size()) continue;
    const std::size_t all = std::accumulate(units.begin(), units.end(), std::size_t{0});
    made.explain(fmt::format("{}, unit {}: {} of the layer's {} {}",
                             layer_title(*snapshot.plan, node), unit + 1, count_text(units[unit]),
                             count_text(all), answer.inputs == 1 ? "joints" : "pieces of folds"),
                 {theme.accent, 2, {}});
  }
  return made;
}

}  // namespace crease
