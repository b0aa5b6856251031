#include "panels/column_choice.h"

#include <algorithm>

#include "field_editor.h"
#include "widgets.h"

namespace crease::app {

namespace {

std::string target_of(const Csv& table, const std::vector<std::string>& columns) {
  return table.target.empty() ? columns.back() : table.target;
}

std::vector<std::string> inputs_of(const Csv& table, const std::vector<std::string>& columns) {
  if (!table.inputs.empty()) return table.inputs;
  std::vector<std::string> all = columns;
  std::erase(all, target_of(table, columns));
  return all;
}

bool choose_target(Gui& gui, const Field& field, Csv& table,
                   const std::vector<std::string>& columns) {
  const auto now = std::find(columns.begin(), columns.end(), target_of(table, columns));
  int chosen = static_cast<int>(now - columns.begin());
  const bool changed = combo(gui, "data.target", in_words(field.name), columns, chosen);
  tip(gui, editor::tip_of(field));
  if (!changed) return false;
  // The others stay what they are: the target before may be no number.
  table.inputs = inputs_of(table, columns);
  table.target = columns[static_cast<std::size_t>(chosen)];
  std::erase(table.inputs, table.target);
  return true;
}

bool choose_inputs(Gui& gui, const Field& field, Csv& table,
                   const std::vector<std::string>& columns) {
  const std::string target = target_of(table, columns);
  const std::vector<std::string> before = inputs_of(table, columns);
  words(gui, in_words(field.name), {.size = 12, .colour = gui.theme().ink2, .height = 24});
  std::vector<std::string> inputs;
  for (const std::string& column : columns) {
    if (column == target) continue;
    bool on = std::find(before.begin(), before.end(), column) != before.end();
    constexpr double box = 30;  // px, with what lies between it and its name
    const double room = ImGui::GetContentRegionAvail().x / gui.scale() - box;
    const std::string shown = shortened(column, {.size = measure::text}, room);
    check_box(gui, "data.inputs." + column, plain(shown), on);
    Tip about = editor::tip_of(field);
    if (shown != column) about.title = plain(column);
    tip(gui, about);
    if (on) inputs.push_back(column);
  }
  if (inputs == before || inputs.empty()) return false;
  const bool all = inputs.size() + 1 == columns.size();
  table.inputs = all ? std::vector<std::string>{} : std::move(inputs);
  return true;
}

}  // namespace

bool choose_columns(Gui& gui, Csv& table, const std::vector<std::string>& columns) {
  bool changed = false;
  Csv::fields(table, [&]<class V>(const Field& field, V& member) {
    if constexpr (std::is_same_v<V, std::vector<std::string>>) {
      changed = choose_inputs(gui, field, table, columns) || changed;
    } else if (&member == &table.target) {
      changed = choose_target(gui, field, table, columns) || changed;
    }
  });
  return changed;
}

}  // namespace crease::app
