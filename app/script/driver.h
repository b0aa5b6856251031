#pragma once
/// Plays a script on a window as a person would: through Dear ImGui's own input queue, frame by
/// frame, until the interface is at rest after each action.
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "script/script.h"
#include "shell.h"

namespace crease::app {

/// The window a script is played on. It need not be drawn anywhere.
struct Stage {
  Gui& gui;
  Shell& shell;
  Size pixels{1600, 900};
  std::filesystem::path output = ".";  ///< where relative files are written; "{out}" in a script
  /// Draws one frame of that size, so many seconds after the last; laid out only, where it is left
  /// out.
  std::function<void(Size, double)> frame = {};
  /// Writes the last frame as a PNG; where it is left out, a script that asks for one fails.
  std::function<void(const std::filesystem::path&)> screenshot = {};
  std::chrono::seconds patience{60};  ///< for anything that is waited for
};

struct Outcome {
  int passed = 0;  ///< expectations that held
  int failed = 0;  ///< 0 or 1: the first failure ends a script
  int line = 0;    ///< of the failure
  std::string action, why;

  /// "FILE: line 12: expect accuracy > 0.9: accuracy is 0.51"; empty where nothing failed.
  std::string sentence(const std::filesystem::path& file) const;
};

class Driver {
 public:
  explicit Driver(Stage stage) : stage_(std::move(stage)) {}

  Outcome play(const Script& script);
  /// Draws frames until the interface is at rest: while a network trains, until what was asked for
  /// has begun.
  void settle();
  /// What answers a name now.
  const Items& items() const { return stage_.gui.items(); }

 private:
  using Clock = std::chrono::steady_clock;

  void act(const Action& action);
  void check(const Condition& condition);
  /// Empty where the condition holds, else what there is instead.
  std::string amiss(const Condition& condition) const;
  std::string amiss_number(const Condition& condition) const;
  std::string amiss_value(const Condition& condition) const;
  void wait_for_steps(long count);
  void wait_until(const std::function<std::string()>& amiss);

  void frame(double seconds = 1.0 / 60);
  bool at_rest() const;
  const NamedItem& seen(const std::string& name);
  const NamedItem& item(const std::string& name) const;
  void point_at(const Action& action);
  void move_to(double x, double y);
  void press(ImGuiMouseButton button);
  void press_keys(const std::string& name);
  void drag(const Action& action);
  void type(const Action& action);
  std::string filled_in(std::string text) const;
  std::filesystem::path read_from(const std::string& name) const;
  std::filesystem::path written_to(const std::string& name) const;
  double number(const std::string& name) const;

  Stage stage_;
  std::filesystem::path folder_;  // of the script
  std::map<std::string, double> kept_;
  double x_ = -1, y_ = -1;  // the pointer
};

}  // namespace crease::app
