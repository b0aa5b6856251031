/// What the palette finds: commands, examples, data, views, layers.
#include "shell_parts.h"
#include "words.h"

namespace crease::app {

std::vector<PaletteEntry> Shell::Parts::palette_entries() {
  std::vector<PaletteEntry> all;
  for (const Shortcut& shortcut : shortcuts()) {
    const Command command = shortcut.command;
    if (command == Command::palette || command == Command::leave) continue;
    all.push_back({std::string(shortcut.name), std::string(shortcut.words),
                   std::string(shortcut.keys), [this, command] { take(command); }});
  }
  all.push_back({"add_layer", "Add a layer", "", [this] { network.add_layer(session); }});
  if (const auto& snapshot = session.run().snapshot())
    for (const View& view : fitting_views(*snapshot))
      all.push_back({"view." + std::string(name_of(view)), "Show: " + std::string(title_of(view)),
                     "", [this, view] { workspace.show_too(view); }});
  for (const Session::Example& example : session.examples()) {
    const std::string name = example.file.filename().string();
    all.push_back({"example." + name.substr(0, name.find('.')), "Example: " + plain(example.title),
                   "", [this, example] { open(example.file); }});
  }
  for (const Source& source : DataPanel::choices())
    all.push_back({"data." + std::string(name_of(source)), "Data: " + in_words(name_of(source)), "",
                   [this, source] { DataPanel::choose(session, source); }});
  return all;
}

}  // namespace crease::app
