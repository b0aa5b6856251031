#include "views/views.h"

#include <fmt/format.h>

#include <concepts>
#include <cstdlib>

#include "views/hidden.h"

namespace crease {

std::string_view title_of(const View& view) {
  return std::visit([](const auto& v) { return v.title; }, view);
}

Size usual_size(const View& view) {
  return std::visit(
      []<class V>(const V&) {
        if constexpr (requires { V::usual_size; }) return V::usual_size;
        return Size{360, 300};
      },
      view);
}
std::string_view needs_of(const View& view) {
  return std::visit([](const auto& v) { return v.needs; }, view);
}

std::string refuses(const View& view, const Snapshot& snapshot) {
  return std::visit([&](const auto& v) { return v.refuses(snapshot); }, view);
}

std::any compute(const View& view, const Snapshot& snapshot, const Frame& frame,
                 const Cancelled& cancelled) {
  return std::visit([&](const auto& v) { return std::any(v.compute(snapshot, frame, cancelled)); },
                    view);
}

std::any follow(const View& view, std::any now, const std::any& before) {
  return std::visit(
      [&]<class V>(const V&) -> std::any {
        using Answer = typename V::Answer;
        if constexpr (requires(Answer a) { V::follow(a, a); }) {
          const Answer* then = std::any_cast<Answer>(&before);
          Answer* fresh = std::any_cast<Answer>(&now);
          if (then && fresh) return V::follow(std::move(*fresh), *then);
        }
        return std::move(now);
      },
      view);
}

Emphasis emphasis(const View& view, const Snapshot& snapshot, const std::any& answer,
                  const Pointed& pointed, const Theme& theme) {
  return std::visit(
      [&]<class V>(const V& own) -> Emphasis {
        if constexpr (requires { &V::emphasis; })
          if (const auto* found = std::any_cast<typename V::Answer>(&answer))
            return own.emphasis(snapshot, *found, pointed, theme);
        return {};
      },
      view);
}

namespace {

template <class V>
concept OfASample = requires(V view) {
  { view.sample } -> std::same_as<int&>;
  { view.part } -> std::same_as<Part&>;
};

}  // namespace

std::optional<ChosenSample> sample_of(const View& view) {
  return std::visit(
      []<class V>(const V& own) -> std::optional<ChosenSample> {
        if constexpr (OfASample<V>) return ChosenSample{own.part, own.sample};
        return {};
      },
      view);
}

void show_sample(View& view, const ChosenSample& sample) {
  std::visit(
      [&]<class V>(V& own) {
        if constexpr (OfASample<V>) {
          own.part = sample.part;
          own.sample = sample.number;
        }
      },
      view);
}

std::optional<ChosenSample> sample_at(const View& view, const std::string& hot) {
  const auto* sheet = std::get_if<Images>(&view);
  if (!sheet || !hot.starts_with(Images::place)) return {};
  const int number = std::atoi(hot.c_str() + Images::place.size());
  return number > 0 ? std::optional(ChosenSample{sheet->part, number}) : std::nullopt;
}

std::string place_of(const View& view, const ChosenSample& sample) {
  const auto* sheet = std::get_if<Images>(&view);
  if (!sheet || sheet->part != sample.part) return "";
  return fmt::format("{}{}", Images::place, sample.number);
}

Chosen chosen_at(const View& view, const Snapshot& snapshot, const std::any& answer, Point at) {
  return std::visit(
      [&]<class V>(const V& own) -> Chosen {
        if constexpr (requires { &V::chosen_at; }) {
          const auto* found = std::any_cast<typename V::Answer>(&answer);
          return found ? own.chosen_at(snapshot, *found, at) : Chosen{};
        } else if constexpr (requires { &V::emphasis; }) {
          return {.place = at, .sample = {}};
        }
        return {};
      },
      view);
}

void Emphasis::explain(std::string label, const Stroke& stroke) {
  notes.push_back({.key = "pointed",
                   .label = std::move(label),
                   .marker = {},
                   .fill = {},
                   .hollow = false,
                   .stroke = stroke});
}

void Emphasis::add_to(Figure& figure) const {
  if (figure.panels.empty()) return;
  const std::size_t panels = everywhere ? figure.panels.size() : 1;
  for (std::size_t i = 0; i < panels; ++i) {
    Panel& panel = figure.panels[i];
    panel.marks.insert(panel.marks.end(), marks.begin(), marks.end());
    if (!readings) continue;
    panel.readout = [before = panel.readout, more = readings](Point at) {
      std::vector<Reading> all = before ? before(at) : std::vector<Reading>{};
      for (Reading& reading : more(at)) all.push_back(std::move(reading));
      return all;
    };
  }
  auto& first = figure.panels.front().notes;
  first.insert(first.end(), notes.begin(), notes.end());
}

Figure draw(const View& view, const Snapshot& snapshot, const std::any& answer,
            const Theme& theme) {
  return std::visit(
      [&]<class V>(const V& v) {
        return v.draw(snapshot, std::any_cast<const typename V::Answer&>(answer), theme);
      },
      view);
}

View view_named(std::string_view name) {
  View view;
  if (!select(view, name))
    throw Problem(
        fmt::format("no view is called \"{}\": allowed are {}", name, allowed_names<View>()));
  return view;
}

Json settings_of(const View& view) {
  return std::visit([](const auto& v) { return json::write(v, json::Writing{}); }, view);
}

void set_settings(View& view, const Json& settings, const std::string& where,
                  std::vector<std::string>& warnings) {
  json::Reading reading;
  const json::Place place{&reading, where, {}};
  std::visit([&](auto& v) { json::read(settings, v, Field{}, place); }, view);
  warnings.insert(warnings.end(), reading.warnings.begin(), reading.warnings.end());
}

std::set<std::string> idle_settings(const View& view, const Snapshot& snapshot) {
  std::set<std::string> idle;
  if (!snapshot.plan) return idle;
  if (snapshot.plan->output_shape().size() == 1) idle.insert("output");
  if (snapshot.data && snapshot.data->test.empty()) idle.insert({"show_test", "show_train"});
  if (!snapshot.data) idle.insert("from_layer");
  for (const auto& [name, most] : limits_of_settings(snapshot))
    if (most < 1) idle.insert(name);
  if (std::holds_alternative<DecisionBoundary>(view) && snapshot.data) {
    const bool decides = meaning_of(snapshot).decides();
    idle.insert(decides ? "output" : "discretise");
  }
  return idle;
}

std::map<std::string, double> limits_of_settings(const Snapshot& snapshot) {
  if (!snapshot.plan) return {};
  const auto hidden = static_cast<double>(hidden_nodes(*snapshot.plan).size());
  return {{"layers", static_cast<double>(count_folds(*snapshot.plan))},
          {"from_layer", hidden},
          {"output", static_cast<double>(snapshot.plan->output_shape().size())}};
}

void set_settings(View& view, const Document& document, std::vector<std::string>& warnings) {
  const Json kept = parse_json(document.view);
  const std::string name(name_of(view));
  if (!kept.is_object()) return;
  if (kept.contains(name)) return set_settings(view, kept.at(name), "view." + name, warnings);
  if (!kept.contains("tiles") || !kept.at("tiles").is_array()) return;
  for (const Json& tile : kept.at("tiles")) {
    if (!tile.is_object() || tile.value("view", Json()) != name || !tile.contains("settings"))
      continue;
    return set_settings(view, tile.at("settings"), "view.tiles", warnings);
  }
}

}  // namespace crease
