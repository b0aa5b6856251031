#include "panels/column_choice.h"

#include <algorithm>

#include "field_editor.h"
#include "widgets.h"

namespace crease::app {

namespace {

bool choose_target(Gui& gui, const Field& field, Csv& table,
                   const std::vector<std::string>& columns) {
  const auto named = std::find(columns.begin(), columns.end(), table.target);
  int chosen = static_cast<int>(named - columns.begin());
  if (table.target.empty()) chosen = static_cast<int>(columns.size()) - 1;
  const bool changed = combo(gui, "data.target", in_words(field.name), columns, chosen);
  tip(gui, editor::tip_of(field));
  if (!changed) return false;
  table.target = columns[static_cast<std::size_t>(chosen)];
  std::erase(table.inputs, table.target);
  return true;
}

bool choose_inputs(Gui& gui, const Field& field, Csv& table,
                   const std::vector<std::string>& columns) {
  const std::string target = table.target.empty() ? columns.back() : table.target;
  const auto is_input = [&](const std::string& column) {
    return column != target &&
           (table.inputs.empty() ||
            std::find(table.inputs.begin(), table.inputs.end(), column) != table.inputs.end());
  };
  words(gui, in_words(field.name), {.size = 12, .colour = gui.theme().ink2, .height = 24});
  bool changed = false;
  std::vector<std::string> inputs;
  for (const std::string& column : columns) {
    if (column == target) continue;
    bool on = is_input(column);
    changed = check_box(gui, "data.inputs." + column, plain(column), on) || changed;
    tip(gui, editor::tip_of(field));
    if (on) inputs.push_back(column);
  }
  if (!changed || inputs.empty()) return false;
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
