#include "views/region_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figure/text.h"
#include "views/linear_regions.h"
#include "views/region_words.h"
#include "views/words.h"

namespace crease {

using Answer = RegionCounts::Answer;

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
  const auto note = [&](const regions::Regions& found) {
    answer.now = {snapshot.step, found.cells.at_least, found.joined.regions};
    answer.fact = fact_on(found);
    answer.is_line = found.cells.is_line;
  };
  const bool is_finite = std::all_of(snapshot.parameters.begin(), snapshot.parameters.end(),
                                     [](float w) { return std::isfinite(w); });
  if (!is_finite) return answer;
  if (answer.inputs == 1) {
    const AlignedVector<double> parameters(snapshot.parameters.begin(), snapshot.parameters.end());
    note(regions::analyse(*snapshot.plan, parameters.data(),
                          home_slice(1, snapshot.data.get()).slice,
                          {.most_cells = static_cast<std::size_t>(most), .cancelled = cancelled}));
  } else {
    LinearRegions view;
    view.most = most;
    view.boundary = false;
    note(*view.compute(snapshot, {}, cancelled).found);
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
  double log_found() const {
    return std::log10(std::max<double>(1, static_cast<double>(answer_.now.regions)));
  }

  /// The largest numbers of regions against parameters, a line for each depth.
  void add_comparison() {
    Panel panel;
    const double own = static_cast<double>(answer_.parameters);
    const double most_parameters = std::max(1e4, 3 * own);
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
               .from = std::max(2.0, n0 + 2),
               .to = most_parameters,
               .scale = Scale::logarithmic};
    panel.y = {.label = "$\\log_{10}$ regions", .from = 0, .to = 1.04 * highest};
    if (highest > 4 * top) panel.y.to = 4 * top;
    panel.share = 1.6;
    add_points(panel, own);
    panel.readout = [](Point at) -> std::vector<Reading> {
      return {{"parameters", number_text(at.x)}, {"regions", power_of_ten(at.y)}};
    };
    figure_.panels.push_back(std::move(panel));
  }

  static std::string power_of_ten(double exponent) {
    if (exponent < 6) return number_text(std::pow(10, exponent));
    const double whole = std::floor(exponent);
    return fmt::format("${:.1f}\\cdot 10^{{{:.0f}}}$", std::pow(10, exponent - whole), whole);
  }
  static std::string text_of(const regions::WholeNumber& number) {
    const double exponent = number.log10();
    if (exponent >= 9) return power_of_ten(exponent);
    return count_text(std::stoul(number.text()));
  }

  /// What is known of this network, one above the other, each with its name in the legend.
  void add_points(Panel& panel, double own) {
    const auto add = [&](const std::string& label, double value, Marker marker, Colour fill,
                         bool hollow) {
      panel.marks.push_back(PointsMark{.key = label,
                                       .points = {{own, value}},
                                       .marker = marker,
                                       .radius = 4,
                                       .fill = fill,
                                       .hollow = hollow,
                                       .edge = {theme_.picture, 0.9, {}}});
      figure_.legend.push_back({.key = label,
                                .label = label,
                                .marker = marker,
                                .fill = fill,
                                .hollow = hollow,
                                .stroke = {theme_.picture, 0.9, {}}});
    };
    if (answer_.bounds) {
      const regions::Bounds& b = *answer_.bounds;
      add("at most: " + text_of(b.serra18_upper) + " (Serra 2018)", b.serra18_upper.log10(),
          Marker::triangle_down, theme_.ink2, false);
      const auto& lower = b.serra18_lower ? b.serra18_lower : b.montufar14_lower;
      if (lower)
        add("some reach: " + text_of(*lower) +
                (b.serra18_lower ? " (Serra 2018)" : " (Mont\u00fafar 2014)"),
            lower->log10(), Marker::triangle, theme_.ink2, false);
      if (b.hanin_rolnick)
        add("typical order: " + power_of_ten(std::log10(*b.hanin_rolnick)) + " (Hanin, Rolnick)",
            std::log10(*b.hanin_rolnick), Marker::diamond, theme_.ink2, true);
      if (b.hidden.size() > 1)
        add("first layer alone: " + text_of(b.zaslavsky) + " (Zaslavsky)", b.zaslavsky.log10(),
            Marker::square, theme_.ink2, true);
    }
    add("this network: " + count_text(answer_.now.regions) +
            (answer_.is_line      ? " in view"
             : answer_.inputs > 2 ? " on the plane"
                                  : " in view"),
        log_found(), Marker::disc, theme_.accent, false);
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
      joined.paths[0].push_back({step, static_cast<double>(count.regions)});
      patterns.paths[0].push_back({step, static_cast<double>(count.patterns)});
      top = std::max(top, static_cast<double>(count.patterns));
      differ = differ || count.patterns != count.regions;
    }
    panel.x = {.label = "step",
               .from = static_cast<double>(answer_.history.front().step),
               .to = static_cast<double>(answer_.history.back().step)};
    panel.y = {.label = "", .from = 0, .to = 1.1 * top};
    if (differ) panel.marks.push_back(std::move(patterns));
    panel.marks.push_back(std::move(joined));
    figure_.panels.push_back(std::move(panel));
  }

  std::function<Table()> table() const {
    return [answer = answer_] {
      Table table{{"what", "value"}, {}};
      const auto add = [&](const std::string& what, const std::string& value) {
        table.rows.push_back({what, value});
      };
      add("parameters", fmt::format("{}", answer.parameters));
      add("regions", fmt::format("{}", answer.now.regions));
      add("patterns", fmt::format("{}", answer.now.patterns));
      if (answer.bounds) {
        const regions::Bounds& b = *answer.bounds;
        add("first layer, Zaslavsky 1975", b.zaslavsky.text());
        if (b.montufar14_lower)
          add("lower bound on the maximum, Montufar 2014", b.montufar14_lower->text());
        if (b.serra18_lower) add("lower bound on the maximum, Serra 2018", b.serra18_lower->text());
        if (b.udl_formula) add("Understanding Deep Learning, chapter 4", b.udl_formula->text());
        add("upper bound, Montufar 2017", b.montufar17_upper.text());
        add("upper bound, Serra 2018", b.serra18_upper.text());
        if (b.hanin_rolnick) add("gauge, Hanin and Rolnick 2019", cell(*b.hanin_rolnick));
      }
      for (const Answer::Count& count : answer.history)
        add(fmt::format("regions at step {}", count.step), fmt::format("{}", count.regions));
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

}  // namespace crease
