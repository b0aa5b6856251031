#include "panels/file_dialog.h"

#include <algorithm>

#include "panels/dialog.h"

namespace crease::app {

namespace {

constexpr double width = 620, list_height = 320;
const std::vector<std::string> documents{".crease.json", ".csv", ".csv.gz", "images-idx3-ubyte",
                                         "images-idx3-ubyte.gz"};

std::filesystem::path existing(const std::filesystem::path& folder) {
  std::error_code none;
  if (!folder.empty() && std::filesystem::is_directory(folder, none))
    return std::filesystem::absolute(folder).lexically_normal();
  return std::filesystem::current_path(none);
}

}  // namespace

void FileDialog::ask_to_open(const std::filesystem::path& folder) {
  open_ = true;
  saving_ = replacing_ = false;
  typed_.clear();
  enter(existing(folder));
}

void FileDialog::ask_to_save(const std::filesystem::path& suggestion, std::string title,
                             std::string ending) {
  open_ = saving_ = true;
  title_ = std::move(title);
  ending_ = std::move(ending);
  replacing_ = false;
  typed_ = suggestion.filename().string();
  enter(existing(suggestion.parent_path()));
}

void FileDialog::enter(const std::filesystem::path& folder) {
  folder_ = folder;
  entries_ = list_folder(folder_, documents);
}

std::optional<std::filesystem::path> FileDialog::choose(const std::filesystem::path& file) {
  std::error_code none;
  if (std::filesystem::is_directory(file, none)) {
    enter(file.lexically_normal());
    if (!saving_) typed_.clear();
    return {};
  }
  if (!saving_ && !std::filesystem::exists(file, none)) return {};
  if (saving_ && std::filesystem::exists(file, none) && !replacing_) {
    replacing_ = true;  // asked once more
    return {};
  }
  open_ = false;
  ImGui::CloseCurrentPopup();
  return file;
}

std::optional<std::filesystem::path> FileDialog::draw(Gui& gui) {
  std::optional<std::filesystem::path> chosen;
  Dialog dialog(gui, "file_dialog", saving_ ? title_.c_str() : "Open a document or data", width,
                open_);
  if (!dialog) return {};
  words(gui, plain(shortened(folder_.string(), {13, Face::regular, false}, width - 60)),
        {.colour = gui.theme().ink2});
  gap(gui, 6);
  ImGui::PushStyleColor(ImGuiCol_ChildBg, colour(gui.theme().chrome));
  ImGui::BeginChild("files", {0, gui.px(std::min(list_height, gui.size().height - 260))});
  for (const FileEntry& entry : std::vector<FileEntry>(entries_)) {
    const std::string label = entry.is_folder ? entry.name + "/" : entry.name;
    if (menu_entry(
            gui, "file." + entry.name, plain(label),
            {.keys = {}, .enabled = true, .checked = false, .in_use = entry.name == typed_})) {
      const std::filesystem::path file =
          entry.name == ".." ? folder_.parent_path() : folder_ / entry.name;
      if (entry.is_folder || !saving_)
        chosen = choose(file);
      else
        typed_ = entry.name;
      break;
    }
  }
  ImGui::EndChild();
  ImGui::PopStyleColor();
  gap(gui, 8);
  if (text_field(gui, "file_name", typed_, saving_ ? "Name" : "Name, or a whole path"))
    replacing_ = false;
  const bool entered = ImGui::IsItemDeactivated() && (ImGui::IsKeyPressed(ImGuiKey_Enter) ||
                                                      ImGui::IsKeyPressed(ImGuiKey_KeypadEnter));
  if (replacing_) {
    gap(gui, 6);
    words(gui, "There is a file of this name already. Press again to replace it.",
          {.colour = gui.theme().warn});
  }
  gap(gui, 12);
  std::string name = typed_;
  if (saving_ && !name.empty() && !name.ends_with(ending_)) name += ending_;
  const std::filesystem::path file =
      std::filesystem::path(name).is_absolute() ? std::filesystem::path(name) : folder_ / name;
  if (button(gui, "file_cancel", "Cancel")) {
    open_ = false;
    ImGui::CloseCurrentPopup();
  }
  ImGui::SameLine();
  ImGui::BeginDisabled(typed_.empty());
  if (button(gui, "file_ok", saving_ ? (replacing_ ? "Replace" : "Save") : "Open",
             {.primary = true}) ||
      (entered && !typed_.empty()))
    chosen = choose(file);
  ImGui::EndDisabled();
  return chosen;
}

}  // namespace crease::app
