#pragma once
/// Controls for the settings of a described struct (core/fields.h): the kind of value decides the
/// kind of control, the description its range, its label and its tip. Nothing about a setting is
/// said here.
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "core/fields.h"
#include "core/tensor.h"
#include "figure/formula.h"
#include "train/training.h"
#include "widgets.h"
#include "words.h"

namespace crease::app {

struct EditorLook {
  std::set<std::string> skip = {};          ///< names of fields that are shown elsewhere
  bool common = true;                       ///< settings that many change
  bool rare = true;                         ///< settings that few change
  std::map<std::string, double> most = {};  ///< of fields that may not be larger just now
  FieldLook field = {};
  std::map<std::string, std::function<void()>> below = {};  ///< what stands below a field
};

namespace editor {

/// "training.rate": the name of a control.
std::string name_in(const std::string& prefix, std::string_view field);
Tip tip_of(const Field& field);
bool has_slider(const Field& field);
/// The same, with the formula of the alternative that is chosen.
template <class... Ts>
Tip tip_of(const Field& field, const std::variant<Ts...>& value) {
  Tip about = tip_of(field);
  std::visit(
      [&](const auto& alternative) {
        if constexpr (requires { alternative.formula; })
          about.formulas.push_back(formula_markup(alternative.formula));
      },
      value);
  return about;
}
inline bool is_shown(const Field& field, const EditorLook& look) {
  return field.rare ? look.rare : look.common;
}
/// The field with the limit that holds for it just now.
Field limited(Field field, const EditorLook& look);
/// Whether settings of this kind hold others, each with a mark of its own.
template <class V>
inline constexpr bool is_group = is_variant<V>::value;
template <class V>
requires requires(V& v) {
  V::fields(v, [](const Field&, auto&) {});
}
inline constexpr bool is_group<V> = true;
NumberLook look_of(const Field& field, bool whole);

bool edit(Gui& gui, const std::string& prefix, const Field& field, bool& value,
          const EditorLook& look);
bool edit(Gui& gui, const std::string& prefix, const Field& field, int& value,
          const EditorLook& look);
bool edit(Gui& gui, const std::string& prefix, const Field& field, double& value,
          const EditorLook& look);
bool edit(Gui& gui, const std::string& prefix, const Field& field, std::uint64_t& value,
          const EditorLook& look);
bool edit(Gui& gui, const std::string& prefix, const Field& field, std::string& value,
          const EditorLook& look);
bool edit(Gui& gui, const std::string& prefix, const Field& field, std::vector<std::string>& value,
          const EditorLook& look);
bool edit(Gui& gui, const std::string& prefix, const Field& field, Batch& value,
          const EditorLook& look);
bool edit(Gui& gui, const std::string& prefix, const Field& field, Extent& value,
          const EditorLook& look);
bool edit(Gui& gui, const std::string& prefix, const Field& field, Padding& value,
          const EditorLook& look);
/// Values without a control of their own (lists of numbers, tensors): told nowhere, kept as they
/// are.
template <class V>
bool edit(Gui&, const std::string&, const Field&, std::vector<V>&, const EditorLook&) {
  return false;
}
/// Settings by name, one group below the other.
template <class V>
bool edit(Gui& gui, const std::string& prefix, const Field& field, std::map<std::string, V>& value,
          const EditorLook& look);
inline bool edit(Gui&, const std::string&, const Field&, Tensor&, const EditorLook&) {
  return false;
}

}  // namespace editor

template <class S>
bool edit_fields(Gui& gui, const std::string& prefix, S& value, const EditorLook& look = {});

namespace editor {

/// A setting that may be left open: shown once it has a value.
template <class T>
bool edit(Gui& gui, const std::string& prefix, const Field& field, std::optional<T>& value,
          const EditorLook& look) {
  return value && edit(gui, prefix, field, *value, look);
}

template <Choice E>
bool edit(Gui& gui, const std::string& prefix, const Field& field, E& value,
          const EditorLook& look) {
  std::vector<std::string> labels;
  for (const std::string_view name : names_of<E>) labels.push_back(in_words(name));
  int chosen = static_cast<int>(value);
  const bool changed =
      combo(gui, name_in(prefix, field.name), in_words(field.name), labels, chosen, look.field);
  tip(gui, tip_of(field));
  if (changed) value = static_cast<E>(chosen);
  return changed;
}

/// Which of a closed list; its settings follow. Those of a choice that few make are named with it:
/// an optimiser and its schedule may have settings of the same name.
template <class... Ts>
bool edit(Gui& gui, const std::string& prefix, const Field& field, std::variant<Ts...>& value,
          const EditorLook& look) {
  using V = std::variant<Ts...>;
  bool changed = false;
  if (is_shown(field, look)) {
    std::vector<std::string> labels;
    std::vector<V> choices;
    for_each_alternative<V>([&](const auto& alternative) {
      if constexpr (requires { alternative.title; })
        labels.emplace_back(alternative.title);
      else
        labels.push_back(in_words(alternative.name, field.name));
      choices.emplace_back(alternative);
    });
    int chosen = static_cast<int>(value.index());
    changed =
        combo(gui, name_in(prefix, field.name), in_words(field.name), labels, chosen, look.field);
    tip(gui, tip_of(field, value));
    if (changed) value = choices[static_cast<std::size_t>(chosen)];
  }
  const std::string inside = field.rare ? name_in(prefix, field.name) : prefix;
  const auto edit_own = [&](auto& own) { return edit_fields(gui, inside, own, look); };
  return std::visit(edit_own, value) || changed;
}

/// Settings inside a setting. A closed list that stands flat among them takes the outer setting's
/// name.
template <class S>
requires requires(S& s) {
  S::fields(s, [](const Field&, auto&) {});
}
bool edit(Gui& gui, const std::string& prefix, const Field& field, S& value,
          const EditorLook& look) {
  bool changed = false;
  S::fields(value, [&]<class V>(const Field& inner, V& member) {
    if (!is_group<V> && !is_shown(inner, look)) return;
    const bool is_kind = is_variant<V>::value && inner.flat;
    if (is_kind ? edit(gui, prefix, field, member, look)
                : edit(gui, name_in(prefix, field.name), inner, member, look))
      changed = true;
  });
  return changed;
}

}  // namespace editor

/// All settings of `value`, one below the other; the names of the controls begin with `prefix`.
/// True where one has changed.
template <class S>
bool edit_fields(Gui& gui, const std::string& prefix, S& value, const EditorLook& look) {
  bool changed = false;
  S::fields(value, [&]<class V>(const Field& field, V& member) {
    if (!editor::is_group<V> && !editor::is_shown(field, look)) return;
    if (look.skip.contains(std::string(field.name))) return;
    if (editor::edit(gui, prefix, editor::limited(field, look), member, look)) changed = true;
    if (const auto more = look.below.find(std::string(field.name)); more != look.below.end())
      more->second();
  });
  return changed;
}

namespace editor {

template <class V>
bool edit(Gui& gui, const std::string& prefix, const Field& field, std::map<std::string, V>& value,
          const EditorLook& look) {
  EditorLook inside = look;
  inside.skip.clear();  // the names there are others
  bool changed = false;
  for (auto& [name, each] : value) {
    words(gui, in_words(field.name) + ": " + plain(name), {.size = 12, .height = 22});
    changed = edit_fields(gui, name_in(name_in(prefix, field.name), name), each, inside) || changed;
  }
  return changed;
}

}  // namespace editor

}  // namespace crease::app
