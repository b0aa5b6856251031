#include "field_editor.h"

#include <fmt/format.h>

#include <algorithm>

namespace crease::app::editor {

namespace {

/// Whole numbers with few choices are moved, those with many are typed.
constexpr double most_on_a_slider = 64;

bool edit_number(Gui& gui, const std::string& prefix, const Field& field, double& value, bool whole,
                 const EditorLook& look) {
  const std::string name = name_in(prefix, field.name), label = in_words(field.name);
  const bool changed =
      has_slider(field) ? slider(gui, name, label, value, look_of(field, whole))
                        : number_field(gui, name, label, value, look_of(field, whole), look.field);
  tip(gui, tip_of(field));
  return changed;
}

template <class T>
bool edit_whole(Gui& gui, const std::string& prefix, const Field& field, T& value,
                const EditorLook& look) {
  double number = static_cast<double>(value);
  if (!edit_number(gui, prefix, field, number, true, look)) return false;
  const auto whole = static_cast<T>(std::llround(number));
  return std::exchange(value, whole) != whole;
}

}  // namespace

std::string name_in(const std::string& prefix, std::string_view field) {
  return prefix.empty() ? std::string(field) : prefix + "." + std::string(field);
}

Tip tip_of(const Field& field) {
  Tip about;
  about.title = in_words(field.name);
  if (!field.formula.empty()) about.formulas.emplace_back(field.formula);
  about.text = plain(field.help);
  if (!about.text.empty()) {
    about.text.front() =
        static_cast<char>(std::toupper(static_cast<unsigned char>(about.text.front())));
    about.text += ".";
  }
  return about;
}

Field limited(Field field, const EditorLook& look) {
  const auto limit = look.most.find(std::string(field.name));
  if (limit == look.most.end()) return field;
  field.most = std::min(field.most, limit->second);
  if (!std::isnan(field.to)) field.to = field.most;
  return field;
}

bool has_slider(const Field& field) {
  if (!std::isnan(field.from) && !std::isnan(field.to)) return true;
  return std::isfinite(field.least) && std::isfinite(field.most) &&
         field.most - field.least <= most_on_a_slider;
}

NumberLook look_of(const Field& field, bool whole) {
  NumberLook look;
  const bool slides = has_slider(field);
  look.least = slides && !std::isnan(field.from) ? field.from : field.least;
  look.most = slides && !std::isnan(field.to) ? field.to : field.most;
  look.typed_least = field.least;
  look.typed_most = field.most;
  look.below_most = field.below_most;
  if (slides && field.below_most && look.most == field.most)
    look.most -= 0.01 * (field.most - field.least);
  look.integer = whole;
  look.zero = field.zero;
  look.logarithmic = field.logarithmic && look.least > 0;
  if (whole) look.significant = 9;
  if (field.name.ends_with("_fraction")) {
    look.unit = "%";
    look.times = 100;
    look.significant = 2;
  }
  return look;
}

bool edit(Gui& gui, const std::string& prefix, const Field& field, bool& value, const EditorLook&) {
  const bool changed = check_box(gui, name_in(prefix, field.name), in_words(field.name), value);
  tip(gui, tip_of(field));
  return changed;
}

bool edit(Gui& gui, const std::string& prefix, const Field& field, int& value,
          const EditorLook& look) {
  return edit_whole(gui, prefix, field, value, look);
}

bool edit(Gui& gui, const std::string& prefix, const Field& field, double& value,
          const EditorLook& look) {
  return edit_number(gui, prefix, field, value, false, look);
}

bool edit(Gui& gui, const std::string& prefix, const Field& field, std::uint64_t& value,
          const EditorLook& look) {
  Field bounded = field;
  bounded.most =
      std::min(field.most, 9007199254740992.0);  // every whole number up to 2^53 is exact
  return edit_whole(gui, prefix, bounded, value, look);
}

bool edit(Gui& gui, const std::string& prefix, const Field& field, std::string& value,
          const EditorLook& look) {
  const std::string label = in_words(field.name);
  words(gui, label, {.size = measure::label, .colour = gui.theme().ink2, .height = 22});
  const bool changed = text_field(gui, name_in(prefix, field.name), value, label, look.field);
  tip(gui, tip_of(field));
  return changed;
}

bool edit(Gui& gui, const std::string& prefix, const Field& field, std::vector<std::string>& value,
          const EditorLook& look) {
  std::string joined = fmt::format("{}", fmt::join(value, ", "));
  if (!edit(gui, prefix, field, joined, look)) return false;
  value.clear();
  std::size_t start = 0;
  while (start <= joined.size()) {
    const std::size_t end = std::min(joined.find(',', start), joined.size());
    const std::size_t first = joined.find_first_not_of(' ', start);
    if (first < end)
      value.push_back(joined.substr(first, joined.find_last_not_of(" ,", end) + 1 - first));
    start = end + 1;
  }
  return true;
}

bool edit(Gui& gui, const std::string& prefix, const Field& field, Batch& value,
          const EditorLook&) {
  if (value.full) {
    bool whole = true;
    const bool changed =
        check_box(gui, name_in(prefix, field.name), "All samples in each step", whole);
    tip(gui, tip_of(field));
    if (changed) value.full = false;
    return changed;
  }
  double size = value.size;
  NumberLook number = look_of(field, true);
  number.endless = "full";
  const bool changed = slider(gui, name_in(prefix, field.name), in_words(field.name), size, number);
  tip(gui, tip_of(field));
  if (!changed) return false;
  value.full = std::isinf(size);
  if (!value.full) value.size = static_cast<int>(std::llround(size));
  return true;
}

bool edit(Gui& gui, const std::string& prefix, const Field& field, Extent& value,
          const EditorLook& look) {
  Field one = field;
  one.from = 1;
  one.to = 11;
  int size = value.h;
  if (!edit(gui, prefix, one, size, look)) return false;
  value = {size, size};
  return true;
}

bool edit(Gui& gui, const std::string& prefix, const Field& field, Padding& value,
          const EditorLook& look) {
  constexpr int most = 5;
  std::vector<std::string> labels{"same size"};
  for (int n = 0; n <= most; ++n) labels.push_back(std::to_string(n));
  int chosen = value.same ? 0 : std::min(value.h, most) + 1;
  const bool changed =
      combo(gui, name_in(prefix, field.name), in_words(field.name), labels, chosen, look.field);
  tip(gui, tip_of(field));
  if (changed) value = chosen == 0 ? Padding{true, 0, 0} : Padding{false, chosen - 1, chosen - 1};
  return changed;
}

}  // namespace crease::app::editor
