#include "panels/export_dialog.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "panels/dialog.h"
#include "widgets.h"

namespace crease::app {

namespace {

constexpr std::array<const char*, 4> endings{".png", ".svg", ".pdf", ".csv"};
constexpr double px_in_points = 0.75;

/// The name without an ending of ours.
std::string stem_of(std::string name) {
  for (const char* ending : endings)
    if (name.ends_with(ending)) name.resize(name.size() - 4);
  return name;
}

}  // namespace

void ExportDialog::ask(const std::string& name, const std::string& title, const std::string& stem,
                       Size shown, const std::filesystem::path& folder) {
  open_ = true;
  figure_ = name;
  title_ = "Export: " + title;
  width_ = std::round(shown.width * px_in_points);
  height_ = std::round(shown.height * px_in_points);
  std::error_code none;
  folder_ = folder.empty() ? std::filesystem::current_path(none) : folder;
  typed_ = stem;
  refusal_.clear();
}

std::string ExportDialog::file_name() const {
  return stem_of(typed_) + endings[static_cast<std::size_t>(format_)];
}

void ExportDialog::draw(Gui& gui, const std::function<std::string(const ExportChoice&)>& write) {
  Dialog dialog(gui, "export_dialog", title_.c_str(), 460, open_);
  if (!dialog) return;
  segments(gui, "export.format", {"PNG", "SVG", "PDF", "CSV"}, format_);
  gap(gui, 12);
  const bool picture = format_ != 3;
  if (picture) {
    const NumberLook points{
        .least = 100, .most = 4000, .integer = true, .unit = "pt", .significant = 9};
    number_field(gui, "export.width", "Width", width_, points, {.label_width = 110, .width = 120});
    number_field(gui, "export.height", "Height", height_, points,
                 {.label_width = 110, .width = 120});
    if (format_ == 0) {
      number_field(gui, "export.dpi", "Resolution", dpi_,
                   {.least = 36, .most = 1200, .integer = true, .unit = "dpi", .significant = 9},
                   {.label_width = 110, .width = 120});
      words(gui,
            fmt::format("{} \u00d7 {} pixels", number_text(std::round(width_ * dpi_ / 72), 9),
                        number_text(std::round(height_ * dpi_ / 72), 9)),
            {.colour = gui.theme().ink2});
    }
    check_box(gui, "export.dark", "On a dark ground", dark_);
  } else {
    paragraph(gui, "The numbers behind the figure, one row each, in full digits.",
              {.colour = gui.theme().ink2});
  }
  gap(gui, 12);
  text_field(gui, "export.file", typed_, "File name");
  const std::filesystem::path name = file_name();
  const std::filesystem::path file = name.is_absolute() ? name : folder_ / name;
  gap(gui, 4);
  words(gui, plain(shortened(file.string(), {12, Face::regular, false}, 410)),
        {.size = 12, .colour = gui.theme().ink3});
  if (!refusal_.empty()) {
    gap(gui, 8);
    paragraph(gui, plain(refusal_), {.colour = gui.theme().error});
  }
  gap(gui, 12);
  const bool left = button(gui, "export.cancel", "Cancel");
  ImGui::SameLine();
  const bool asked =
      button(gui, "export.ok", "Export", {.primary = true, .icon = Icon::export_out});
  if (asked) refusal_ = write({file, {width_, height_}, dpi_, dark_});
  if (!left && !(asked && refusal_.empty())) return;
  open_ = false;
  ImGui::CloseCurrentPopup();
}

}  // namespace crease::app
