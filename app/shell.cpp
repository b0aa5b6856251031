#include "shell.h"

#include <algorithm>
#include <tuple>

#include "region.h"
#include "shell_parts.h"
#include "widgets/base.h"
#include "words.h"

namespace crease::app {

Shell::Shell(Gui& gui, Session& session)
    : gui_(gui), session_(session), parts_(std::make_unique<Parts>(gui, session)) {}
Shell::~Shell() = default;

void Shell::keep_unsaved_in(const std::filesystem::path& folder) {
  parts_->recovery.emplace(folder);
  parts_->lost = parts_->recovery->lost();
}

void Shell::draw() {
  session_.begin_frame();
  parts_->draw();
  if (auto& recovery = parts_->recovery) {
    recovery->follow(session_, [this] { return parts_->view_to_save(); });
    if (recovery->due_in() >= 0) gui_.wake_in(recovery->due_in());
  }
  session_.end_frame();
}

void Shell::Parts::draw() {
  gui.set_theme(session.preferences.dark);
  gui.set_text_scale(text_scale());
  gui.set_less_motion(session.preferences.less_motion);
  follow_document();
  follow_trouble();
  follow_hand();
  const bool free =
      !files.open() && !exporting.open() && !palette.open() && !help && !leaving && !lost;
  if (free) take(pressed_command());

  wish.maximised = workspace.maximised();
  wish.presenting = presenting;
  const auto& messages = session.messages();
  const bool tells = std::any_of(messages.begin(), messages.end(), [](const Message& message) {
    return message.kind != Message::Kind::toast;
  });
  wish.notices = tells ? told_height : 0;
  wish.alone = Alone::nothing;
  if (presenting && page > 0) wish.alone = page == 1 ? Alone::network : Alone::tiles;
  const WindowLayout layout = window_layout(gui.size(), wish);
  const TopBarDid bar = presenting ? TopBarDid{} : draw_top_bar(gui, session, layout.top);
  draw_left(layout);
  draw_centre(layout);
  draw_notices(layout);
  draw_dialogs(bar, layout);
  state_of(gui).pointer_ring = 0;
  if (presenting) draw_lecture(layout);
  take(bar.command);
  menu_was_open = ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup);
}

void Shell::Parts::follow_document() {
  if (shown_run == &session.run()) return;
  shown_run = &session.run();
  const Document& document = session.run().document();
  session.warn(session.file().empty() ? document.title : session.file().filename().string(),
               workspace.open(document));
  told_divergence.clear();
  told_problem.clear();
  diverged_at = -1;
  toasts.clear();
}

void Shell::Parts::undo() {
  Run& run = session.run();
  const Document* left = &run.document();
  const bool diverged = run.snapshot() && !run.snapshot()->divergence.empty();
  run.undo();
  tells_return = diverged && &run.document() != left;
}

void Shell::Parts::follow_trouble() {
  const auto& snapshot = session.run().snapshot();
  if (!snapshot) return;
  if (tells_return && snapshot->document.get() == &session.run().document()) {
    tells_return = false;
    std::string back = snapshot->kept;
    if (!back.empty()) back.front() = static_cast<char>(std::toupper(back.front()));
    if (!back.empty()) session.say({.text = back + "."});
  }
  if (snapshot->divergence == told_divergence && snapshot->problem == told_problem) return;
  told_divergence = snapshot->divergence;
  told_problem = snapshot->problem;
  session.settle(Message::About::training);
  const long edit = session.run().history().undo_number();
  if (!told_problem.empty()) {
    // A network without data is no fault: the window says beside it what to do.
    if (!session.run().document().data) return;
    session.say({.kind = Message::Kind::warning,
                 .title = session.run().waits() ? "Training waits: this cannot be trained yet"
                                                : "This cannot be trained yet",
                 .text = problem_in_words(told_problem),
                 .edit = edit,
                 .can_fit = told_problem.starts_with("network.input") ||
                            told_problem.starts_with("training.loss:")});
  } else if (!told_divergence.empty()) {
    session.run().set_running(false);
    // Where no step was done since the last time, the last edit is not what went wrong.
    const bool again = snapshot->step == std::exchange(diverged_at, snapshot->step);
    session.say({.kind = Message::Kind::error,
                 .title = "Training has stopped",
                 .text = problem_in_words(told_divergence),
                 .edit = again ? 0 : edit,
                 .can_reset = true});
  } else if (snapshot->step != diverged_at) {
    diverged_at = -1;
  }
}

void Shell::Parts::follow_hand() {
  constexpr double pause = 1.5;  // seconds, between turns of the wheel or of arrow keys
  const ImGuiIO& io = ImGui::GetIO();
  bool ends = ImGui::IsKeyPressed(ImGuiKey_Tab, false);
  // A double click begins with a press that may have moved what is typed next.
  for (int button = 0; button < 3; ++button) ends |= io.MouseClickedCount[button] == 1;
  bool turns = io.MouseWheel != 0;
  for (const ImGuiKey key :
       {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow, ImGuiKey_DownArrow})
    turns |= ImGui::IsKeyPressed(key, true);
  if (turns) ends |= ImGui::GetTime() - std::exchange(last_turn, ImGui::GetTime()) > pause;
  if (ends) session.run().end_gesture();
}

void Shell::Parts::draw_panels() {
  data.draw(gui, session);
  rule(gui, 8, 8);
  training.draw(gui, session);
}

void Shell::Parts::draw_left(const WindowLayout& layout) {
  if (layout.left.width == 0) return;
  const Theme& theme = gui.theme();
  if (!layout.left_is_strip) {
    Region region(gui, "left", layout.left,
                  {.ground = theme.chrome, .margin_x = 18, .margin_y = 12, .scrolls = true});
    draw_panels();
    strip_open = false;
    return;
  }
  {
    Region region(gui, "left", layout.left, {.ground = theme.chrome});
    double y = layout.left.y + 8;
    const auto entry = [&](const char* name, Icon icon, const char* label) {
      put_cursor(gui, 7, y);
      if (icon_button(gui, name, icon, label, {.on = strip_open})) strip_open = !strip_open;
      y += 36;
    };
    entry("settings", Icon::gear, "Data and training");
  }
  if (!strip_open) return;
  const Rect drawer{layout.left.right(), layout.left.y, 264, layout.left.height};
  Region region(
      gui, "drawer", drawer,
      {.ground = theme.chrome, .margin_x = 16, .margin_y = 12, .scrolls = true, .overlay = true});
  draw_panels();
  const bool pressed_outside =
      ImGui::IsMouseClicked(ImGuiMouseButton_Left) &&
      !ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem |
                              ImGuiHoveredFlags_ChildWindows) &&
      !ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
  const double mouse_x = ImGui::GetIO().MousePos.x / gui.scale();
  if (pressed_outside && mouse_x > drawer.right()) strip_open = false;
}

void Shell::Parts::draw_centre(const WindowLayout& layout) {
  draw_tabs(layout);
  if (layout.network) {
    Region region(gui, "network", *layout.network, {.ground = gui.theme().picture});
    network.draw(gui, session, *layout.network, !presenting);
    std::tie(session.pointed.node, session.pointed.unit) = network.pointed_unit();
  }
  if (layout.tiles) take_tile(workspace.draw(gui, session, *layout.tiles, !presenting));
  if (const auto& snapshot = session.run().snapshot();
      layout.tiles && snapshot && !snapshot->data && workspace.count() == 0)
    invite_data(*layout.tiles);
  if (!presenting) draw_splitter(layout);
}

void Shell::Parts::invite_data(Rect at) {
  Region region(gui, "without_data", at, {.overlay = true});
  const double width = std::min(420.0, at.width - 48);
  put_cursor(gui, at.x + (at.width - width) / 2, at.y + at.height / 2 - 40);
  const bool has_data = session.run().document().data.has_value();
  paragraph(gui,
            has_data
                ? "This network cannot be trained on these data as they stand: the notice says "
                  "what has to change."
                : "This network has nothing to learn from yet. Choose data on the left, or "
                  "drop a table (CSV) or images on the window.",
            {.colour = gui.theme().ink2}, width);
  gui.named("without_data");
}

void Shell::Parts::draw_tabs(const WindowLayout& layout) {
  if (!layout.tabbed) return;
  const Rect any = layout.network ? *layout.network : *layout.tiles;
  Region region(gui, "centre_tabs", {any.x, any.y - layout.tab_bar, any.width, layout.tab_bar},
                {.ground = gui.theme().picture});
  put_cursor(gui, any.x + 12, any.y - layout.tab_bar + 2);
  int chosen = wish.network_first ? 0 : 1;
  if (tabs(gui, "centre", {"Network", "Pictures"}, chosen)) wish.network_first = chosen == 0;
}

void Shell::Parts::draw_splitter(const WindowLayout& layout) {
  if (!layout.network || !layout.tiles) return;
  const Rect at{layout.tiles->x, layout.tiles->y - 4, layout.tiles->width, 8};
  Region region(gui, "network_splitter", at, {.overlay = true});  // it reaches into both
  const Rect line = in_pixels(gui, {at.x, at.y + 4, at.width, 1});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(place({line.x, line.y}), place({line.right(), line.bottom()}),
                     colour(gui.theme().rule));
  put_cursor(gui, at.x, at.y);
  ImGui::InvisibleButton("splitter", {gui.px(at.width), gui.px(at.height)});
  gui.named("splitter_network");
  if (!ImGui::IsItemHovered() && !ImGui::IsItemActive()) return;
  ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
  list.AddRectFilled(place({line.x, line.y - 1}), place({line.right(), line.bottom() + 1}),
                     colour(gui.theme().accent));
  if (!ImGui::IsItemActive()) return;
  const double both = layout.network->height + layout.tiles->height;
  const double moved = ImGui::GetIO().MouseDelta.y / gui.scale();
  if (moved != 0)
    wish.network_share = std::clamp((layout.network->height + moved) / both, 0.15, 0.85);
}

std::string Shell::title() const {
  return session_.title() + (session_.run().changed() ? ", changed" : "");
}

bool Shell::at_rest() const { return session_.at_rest(); }

}  // namespace crease::app
