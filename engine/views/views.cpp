#include "views/views.h"

#include <fmt/format.h>

namespace crease {

std::string_view title_of(const View& view) {
  return std::visit([](const auto& v) { return v.title; }, view);
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
  figure.legend.insert(figure.legend.end(), legend.begin(), legend.end());
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

void set_settings(View& view, const Document& document, std::vector<std::string>& warnings) {
  const Json kept = parse_json(document.view);
  const std::string name(name_of(view));
  if (kept.is_object() && kept.contains(name))
    set_settings(view, kept.at(name), "view." + name, warnings);
}

}  // namespace crease
