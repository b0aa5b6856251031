#pragma once
/// The menu behind the title: examples, files, and what was opened last.
#include <filesystem>
#include <optional>

#include "export/network_file.h"
#include "session.h"
#include "shortcuts.h"

namespace crease::app {

struct DocumentMenuDid {
  Command command = Command::none;
  std::optional<std::filesystem::path> open;    ///< an example or a recent document
  std::optional<NetworkFormat> network_format;  ///< the network is to be exported so
};

/// Draws the menu named "documents" while it is open.
DocumentMenuDid draw_document_menu(Gui& gui, const Session& session);

}  // namespace crease::app
