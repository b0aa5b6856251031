#pragma once
/// A script of a person's actions, as text and as a list: one action a line, a verb and its
/// arguments, names in quotes, # before a comment. `verbs()` says what each takes.
///
///     click "run"
///     wait until accuracy > 0.9
///     expect text "Two spirals"
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace crease::app {

enum class Verb {
  click,
  double_click,
  right_click,
  hover,
  drag,
  wheel,
  type,
  key,
  drop,
  size,
  wait_steps,
  wait_frames,
  wait_until,
  expect,
  let,
  screenshot,
  export_view,
};

/// What can be true of the window.
struct Condition {
  enum class Kind { text, number, shown, enabled, value, file, running };
  Kind kind = Kind::text;
  bool wanted = true;     ///< false: it must not be so ("no text", "hidden", "paused")
  std::string name;       ///< of the item, the number or the file; the text
  std::string operation;  ///< of a number or a value: <, <=, >, >=, ==, !=
  std::string other;      ///< what it is compared with: a number, or a name that `let` has given
  double tolerance = 0;   ///< for == and !=: how far apart still counts as equal
};

struct Action {
  int line = 0;
  std::string text;  ///< the line as it is written
  Verb verb = Verb::click;
  std::string name;            ///< of an item, a view or a key
  std::string words;           ///< what is typed; a file
  double x = 0, y = 0;         ///< px, or notches of the wheel
  std::optional<double> u, v;  ///< where in an item, as fractions of its width and height
  long count = 0;              ///< steps or frames
  Condition condition = {};
};

struct Script {
  std::filesystem::path file;
  std::vector<Action> actions;
};

/// "FILE: line N: what is wrong" as a Problem.
Script read_script(const std::filesystem::path& file);
Script parse_script(const std::string& text, const std::filesystem::path& file);

/// How each verb is written, and what it does.
struct VerbHelp {
  std::string_view usage, does;
};
const std::vector<VerbHelp>& verbs();

}  // namespace crease::app
