#include "window_state.h"

#include <fstream>
#include <nlohmann/json.hpp>

namespace crease::app {

void StateFile::write(const Shell& shell, const Gui& gui, const Cost& cost) {
  if (file_.empty()) return;
  const std::chrono::duration<double> since = std::chrono::steady_clock::now() - begin_;
  if (frames_++ == 0) first_ = since.count();
  nlohmann::json items = nlohmann::json::object();
  for (const NamedItem& item : gui.items().all()) {
    if (items.contains(item.name)) continue;
    items[item.name] = {{"label", item.label},
                        {"value", item.value},
                        {"enabled", item.enabled},
                        {"at", {item.visible.centre().x, item.visible.centre().y}}};
  }
  const nlohmann::json state{{"frames", frames_},
                             {"first_frame", first_},
                             {"frame_processor_seconds", cost.processor},
                             {"frame_seconds", cost.whole},
                             {"title", shell.title()},
                             {"step", shell.number("step").value_or(0)},
                             {"dark", gui.theme().dark},
                             {"items", items}};
  // Complete or not at all: whoever reads it reads at any time.
  const std::filesystem::path part = file_.string() + ".part";
  std::ofstream(part) << state.dump();
  std::error_code none;
  std::filesystem::rename(part, file_, none);
}

}  // namespace crease::app
