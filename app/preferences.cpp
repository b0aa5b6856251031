#include "preferences.h"

#include <algorithm>
#include <cstdlib>

#include "core/problem.h"
#include "train/json_fields.h"

namespace crease::app {

namespace {
constexpr std::size_t most_recent = 8;
}

void Preferences::remember(const std::filesystem::path& document) {
  const std::string name = std::filesystem::absolute(document).lexically_normal().string();
  std::erase(recent, name);
  recent.insert(recent.begin(), name);
  if (recent.size() > most_recent) recent.resize(most_recent);
}

std::filesystem::path preferences_file() {
  const auto variable = [](const char* name) -> std::filesystem::path {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
  };
  auto folder = variable("CREASE_CONFIG");
  if (folder.empty() && !variable("XDG_CONFIG_HOME").empty())
    folder = variable("XDG_CONFIG_HOME") / "crease";
  if (folder.empty()) folder = variable("HOME") / ".config/crease";
  return folder / "preferences.json";
}

Preferences load_preferences() {
  Preferences preferences;
  try {
    json::Reading reading;
    std::set<std::string> known;
    json::read_fields(read_json(preferences_file()), preferences, json::Place{&reading, "", {}},
                      known);
    return preferences;
  } catch (const std::exception&) {
    return {};
  }
}

void save_preferences(const Preferences& preferences) {
  try {
    std::filesystem::create_directories(preferences_file().parent_path());
    write_file(preferences_file(), write_json(json::write(preferences, json::Writing{})));
  } catch (const std::exception&) {
    // A read-only home: the program works without a memory.
  }
}

}  // namespace crease::app
