/// The subcommands that list what there is.
#include <fmt/format.h>

#include "commands/command.h"
#include "core/tasks.h"
#include "views/views.h"

namespace crease::commands {

namespace {

void datasets(bool json) {
  Json list = Json::array();
  for_each_alternative<Source>([&](const auto& source) {
    Json entry{{"name", source.name}, {"help", source.help}};
    if (source.samples > 0) entry["samples"] = source.samples;
    entry["test_fraction"] = source.test_fraction;
    entry["fields"] = Json::array();
    source.fields(source,
                  [&](const Field& field, const auto&) { entry["fields"].push_back(field.name); });
    list.push_back(std::move(entry));
  });
  if (json) {
    print(list);
    return;
  }
  for (const Json& entry : list)
    fmt::print("{:<17} {}\n", entry.at("name").get<std::string>(),
               entry.at("help").get<std::string>());
}

void views(bool json) {
  Json list = Json::array();
  for_each_alternative<View>([&](const auto& view) {
    list.push_back({{"name", view.name}, {"title", view.title}, {"needs", view.needs}});
  });
  if (json) {
    print(list);
    return;
  }
  for (const Json& entry : list)
    fmt::print("{:<20} {:<20} needs {}\n", entry.at("name").get<std::string>(),
               entry.at("title").get<std::string>(), entry.at("needs").get<std::string>());
}

void devices(bool json) {
  const Json list = Json::array({{{"name", "cpu"},
                                  {"available", true},
                                  {"threads", hardware_threads()},
                                  {"chosen", true},
                                  {"why", "complete, and the reference"}},
                                 {{"name", "gpu"},
                                  {"available", false},
                                  {"chosen", false},
                                  {"why", "this build trains on the cpu only"}}});
  if (json) {
    print(list);
    return;
  }
  for (const Json& device : list)
    fmt::print("{:<4} {:<13} {}\n", device.at("name").get<std::string>(),
               device.at("available").get<bool>() ? "available" : "not available",
               device.at("why").get<std::string>());
}

void add_list(CLI::App& app, const char* name, const char* help, void (*run)(bool)) {
  auto* command = app.add_subcommand(name, help);
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "print one JSON list");
  command->callback([json, run] { run(*json); });
}

}  // namespace

void add_datasets(CLI::App& app) { add_list(app, "datasets", "list the data sources", datasets); }
void add_views(CLI::App& app) { add_list(app, "views", "list what figures can show", views); }
void add_devices(CLI::App& app) {
  add_list(app, "devices", "list what training can run on", devices);
}

}  // namespace crease::commands
