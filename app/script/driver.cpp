#include "script/driver.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>
#include <thread>

#include "core/problem.h"
#include "script/keys.h"
#include "script/nearest.h"

namespace crease::app {

using namespace std::chrono_literals;

namespace {

/// Two presses further apart than this are no double click.
constexpr double apart = 0.5;
/// Frames after an action while a network trains: then nothing comes to rest.
constexpr int frames_while_running = 6;

[[noreturn]] void fail(const std::string& why) { throw Problem(why); }

bool holds(double left, const std::string& operation, double right, double tolerance) {
  if (operation == "<") return left < right;
  if (operation == "<=") return left <= right;
  if (operation == ">") return left > right;
  if (operation == ">=") return left >= right;
  const bool equal = std::abs(left - right) <= tolerance;
  return operation == "!=" ? !equal : equal;
}

std::optional<double> number_of(const std::string& word) {
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size()) return {};
  return value;
}

std::string shortened(std::string text, std::size_t most) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.size() > most) text = text.substr(0, most) + "...";
  return text;
}

}  // namespace

std::string Outcome::sentence(const std::filesystem::path& file) const {
  if (failed == 0) return "";
  return fmt::format("{}: line {}: {}: {}", file.string(), line, action, why);
}

Outcome Driver::play(const Script& script) {
  Outcome outcome;
  folder_ = script.file.parent_path();
  kept_.clear();
  try {
    settle();
    for (const Action& action : script.actions) {
      outcome.line = action.line;
      outcome.action = action.text;
      act(action);
      if (action.verb == Verb::expect) ++outcome.passed;
    }
    outcome.line = 0;
    outcome.action.clear();
  } catch (const std::exception& wrong) {
    outcome.failed = 1;
    outcome.why = wrong.what();
  }
  return outcome;
}

void Driver::frame(double seconds) {
  if (stage_.frame) {
    stage_.frame(stage_.pixels, seconds);
    return;
  }
  stage_.gui.begin_frame(stage_.pixels, seconds);
  stage_.shell.draw();
  stage_.gui.end_frame();
}

bool Driver::at_rest() const { return !stage_.gui.awake() && stage_.shell.at_rest(); }

void Driver::settle() {
  const auto end = Clock::now() + stage_.patience;
  int quiet = 0;
  for (int frames = 0; quiet < 2; ++frames) {
    frame();
    const Session& session = stage_.shell.session();  // a new document is a new run
    const Run& run = session.run();
    const bool trains =
        run.running() && run.order_answered() && run.all_answered() && !session.busy();
    quiet = at_rest() || (trains && frames >= frames_while_running) ? quiet + 1 : 0;
    if (Clock::now() > end)
      fail(fmt::format("the window has not come to rest within {} s", stage_.patience.count()));
    if (!stage_.gui.awake()) std::this_thread::sleep_for(500us);
  }
}

void Driver::act(const Action& action) {
  switch (action.verb) {
    case Verb::click:
    case Verb::right_click:
      point_at(action);
      press(action.verb == Verb::click ? ImGuiMouseButton_Left : ImGuiMouseButton_Right);
      break;
    case Verb::double_click:
      point_at(action);
      press(ImGuiMouseButton_Left);
      press(ImGuiMouseButton_Left);
      break;
    case Verb::hover:
      point_at(action);
      frame(apart);  // tips wait for the pointer to rest
      break;
    case Verb::drag:
      drag(action);
      break;
    case Verb::wheel:
      point_at(action);
      ImGui::GetIO().AddMouseWheelEvent(0, static_cast<float>(action.y));
      break;
    case Verb::type:
      type(action);
      break;
    case Verb::key:
      press_keys(action.name);
      break;
    case Verb::drop:
      stage_.shell.drop(read_from(action.words));
      break;
    case Verb::size:
      stage_.pixels = {action.x, action.y};
      break;
    case Verb::wait_steps:
      wait_for_steps(action.count);
      return;
    case Verb::wait_frames:
      for (long i = 0; i < action.count; ++i) frame();
      return;
    case Verb::wait_until:
      wait_until([&] { return amiss(action.condition); });
      return;
    case Verb::expect:
      check(action.condition);
      return;
    case Verb::let:
      kept_[action.name] = number(action.words);
      return;
    case Verb::screenshot:
      if (!stage_.screenshot) fail("there is no picture without drawing: leave out --headless");
      stage_.screenshot(written_to(action.words));
      return;
    case Verb::export_view:
      stage_.shell.export_view(action.name, written_to(action.words));
      break;
  }
  settle();
}

// --- what is there ----------------------------------------------------------------------------

double Driver::number(const std::string& name) const {
  if (const auto kept = kept_.find(name); kept != kept_.end()) return kept->second;
  const auto value = stage_.shell.number(name);
  if (!value) fail(fmt::format("there is no number {} now", name));
  return *value;
}

void Driver::check(const Condition& condition) {
  if (const std::string why = amiss(condition); !why.empty()) fail(why);
}

std::string Driver::amiss(const Condition& condition) const {
  using Kind = Condition::Kind;
  const std::string name = filled_in(condition.name);
  const auto unless = [&](bool is, const std::string& why) {
    return is == condition.wanted ? "" : why;
  };
  const NamedItem* found = stage_.gui.items().find(name);
  const auto& run = stage_.shell.session().run();
  switch (condition.kind) {
    case Kind::text: {
      std::string all = stage_.shell.texts();
      for (const NamedItem& item : stage_.gui.items().all())
        if (item.visible.width > 0) all += "\n" + item.label + "\n" + item.value;
      const bool is = all.find(name) != std::string::npos;
      return unless(is, is ? "it is on screen"
                           : "it is not on screen, where there is: " + shortened(all, 400));
    }
    case Kind::number:
      return amiss_number(condition);
    case Kind::value:
      return amiss_value(condition);
    case Kind::shown:
      return unless(found != nullptr, found ? "it is on screen" : "it is not on screen");
    case Kind::enabled: {
      const NamedItem& there = item(name);
      return unless(there.enabled, there.enabled ? "it is enabled" : "it is disabled");
    }
    case Kind::file: {
      std::error_code none;
      const auto size = std::filesystem::file_size(written_to(name), none);
      const bool is = !none && size > 0;
      return unless(is, is ? "the file is there" : "there is no such file, or it is empty");
    }
    case Kind::running:
      return unless(run.running(), run.running() ? "training is running" : "training is paused");
  }
  return "";
}

std::string Driver::amiss_number(const Condition& condition) const {
  const double value = number(condition.name);
  const auto given = number_of(condition.other);
  const double other = given ? *given : number(condition.other);
  if (holds(value, condition.operation, other, condition.tolerance) == condition.wanted) return "";
  return given
             ? fmt::format("{} is {}", condition.name, value)
             : fmt::format("{} is {} and {} is {}", condition.name, value, condition.other, other);
}

std::string Driver::amiss_value(const Condition& condition) const {
  const NamedItem& there = item(filled_in(condition.name));
  const std::string wanted = filled_in(condition.other);
  const auto is = number_of(there.value), other = number_of(wanted);  // 0.30 is 0.3
  const bool same = is && other ? *is == *other : there.value == wanted;
  if (same == condition.wanted) return "";
  return fmt::format("its value is \"{}\"", there.value);
}

void Driver::wait_until(const std::function<std::string()>& amiss) {
  const auto end = Clock::now() + stage_.patience;
  for (;;) {
    frame();
    const std::string why = amiss();
    if (why.empty()) break;
    if (Clock::now() > end)
      fail(fmt::format("waited for {} s in vain: {}", stage_.patience.count(), why));
    if (!stage_.gui.awake()) std::this_thread::sleep_for(500us);
  }
  settle();
}

void Driver::wait_for_steps(long count) {
  const double start = number("step");
  wait_until([&]() -> std::string {
    const double step = number("step");
    if (step < start) fail("training has started anew meanwhile");
    if (step >= start + static_cast<double>(count)) return "";
    const Run& run = stage_.shell.session().run();
    if (!run.running() && stage_.shell.at_rest())
      fail(fmt::format("training is paused at step {}, after {} steps", step, step - start));
    return fmt::format("only {} steps were trained", step - start);
  });
}

const NamedItem& Driver::item(const std::string& name) const {
  const NamedItem* found = stage_.gui.items().find(name);
  if (!found)
    fail(fmt::format("there is no item \"{}\" on screen{}", name,
                     did_you_mean(name, stage_.gui.items())));
  return *found;
}

// --- what a person does -----------------------------------------------------------------------

const NamedItem& Driver::seen(const std::string& name) {
  // What lies outside a panel that scrolls is scrolled to, as a person would.
  for (int tries = 0; tries < 100; ++tries) {
    const NamedItem& there = item(name);
    if (there.visible.width >= 1 && there.visible.height >= std::min(8.0, 0.5 * there.rect.height))
      return there;
    const double middle = stage_.pixels.height / 2;
    const double wanted = there.rect.y + there.rect.height / 2;
    move_to(there.rect.x + there.rect.width / 2, middle);
    ImGui::GetIO().AddMouseWheelEvent(0, wanted > middle ? -0.5F : 0.5F);
    frame();
    frame();
    const NamedItem& now = item(name);
    if (now.rect.y + now.rect.height / 2 == wanted) break;
  }
  fail(fmt::format("\"{}\" is out of sight", name));
}

void Driver::point_at(const Action& action) {
  const std::string name = filled_in(action.name);
  const NamedItem& there = seen(name);
  if (!there.enabled && action.verb != Verb::hover) fail(fmt::format("\"{}\" is disabled", name));
  const Rect box = action.u ? there.rect : there.visible;
  const double x = box.x + action.u.value_or(0.5) * box.width;
  const double y = box.y + action.v.value_or(0.5) * box.height;
  frame(apart);
  move_to(x, y);
}

void Driver::move_to(double x, double y) {
  x_ = x;
  y_ = y;
  ImGui::GetIO().AddMousePosEvent(static_cast<float>(x), static_cast<float>(y));
  frame();
  frame();
}

void Driver::press(ImGuiMouseButton button) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseButtonEvent(button, true);
  frame();
  io.AddMouseButtonEvent(button, false);
  frame();
}

void Driver::press_keys(const std::string& name) {
  const Keys keys = *keys_of_name(name);
  ImGuiIO& io = ImGui::GetIO();
  const auto hold = [&](bool down) {
    for (const ImGuiKey held : {ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt})
      if ((keys.held & held) != 0) io.AddKeyEvent(held, down);
  };
  hold(true);
  io.AddKeyEvent(keys.key, true);
  if (!keys.text.empty()) io.AddInputCharactersUTF8(keys.text.c_str());
  frame();
  frame();
  io.AddKeyEvent(keys.key, false);
  hold(false);
  frame();
  frame();
}

void Driver::drag(const Action& action) {
  constexpr int moves = 8;
  point_at(action);
  const double from_x = x_, from_y = y_, scale = stage_.gui.scale();
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
  frame();
  for (int i = 1; i <= moves; ++i)
    move_to(from_x + action.x * scale * i / moves, from_y + action.y * scale * i / moves);
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
  frame();
}

void Driver::type(const Action& action) {
  ImGuiIO& io = ImGui::GetIO();
  point_at(action);
  // A slider is typed into with Ctrl: a press on its track would move it.
  io.AddKeyEvent(ImGuiMod_Ctrl, true);
  press(ImGuiMouseButton_Left);
  io.AddKeyEvent(ImGuiMod_Ctrl, false);
  for (int frames = 0; frames < 3 && !io.WantTextInput; ++frames) frame();
  if (!io.WantTextInput) {
    press(ImGuiMouseButton_Left);
    press(ImGuiMouseButton_Left);
  }
  for (int frames = 0; frames < 5 && !io.WantTextInput; ++frames) frame();
  if (!io.WantTextInput) fail("nothing can be typed there");
  press_keys("Ctrl+A");
  press_keys("Delete");
  const std::string words = filled_in(action.words);
  if (!words.empty()) io.AddInputCharactersUTF8(words.c_str());
  for (int frames = 0; frames < 3; ++frames) frame();
  press_keys("Enter");
}

// --- files ------------------------------------------------------------------------------------

std::string Driver::filled_in(std::string text) const {
  const auto fill = [&](const std::string& mark, const std::filesystem::path& with) {
    auto at = text.find(mark);
    if (at == std::string::npos) return;
    const auto folder = with.empty() ? std::filesystem::path(".") : with;
    const std::string path = std::filesystem::absolute(folder).lexically_normal().string();
    for (; at != std::string::npos; at = text.find(mark, at + path.size()))
      text.replace(at, mark.size(), path);
  };
  fill("{out}", stage_.output);
  fill("{here}", folder_);
  return text;
}

std::filesystem::path Driver::read_from(const std::string& name) const {
  return folder_ / filled_in(name);
}

std::filesystem::path Driver::written_to(const std::string& name) const {
  return stage_.output / filled_in(name);
}

}  // namespace crease::app
