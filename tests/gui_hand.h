#pragma once
/// A hand on a Gui without a window: presses, drags and types by the names of items, as Dear
/// ImGui's backends would pass it on.
#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "widgets.h"

struct Hand {
  crease::app::Gui gui;
  std::function<void()> draw;
  crease::Size size{800, 600};
  double seconds = 1.0 / 60;

  /// What draws `content` inside one window that fills everything.
  static std::function<void()> in_a_window(std::function<void()> content) {
    return [content = std::move(content)] {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
      ImGui::Begin("all", nullptr,
                   ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBringToFrontOnFocus);
      content();
      ImGui::End();
    };
  }

  explicit Hand(std::function<void()> content) : draw(in_a_window(std::move(content))) {
    frames(3);
  }

  void frame() {
    gui.begin_frame(size, seconds);
    draw();
    gui.end_frame();
  }
  void frames(int count) {
    for (int i = 0; i < count; ++i) frame();
  }
  const crease::app::NamedItem& item(const std::string& name) const {
    const auto* found = gui.items().find(name);
    REQUIRE_MESSAGE(found != nullptr, name);
    return *found;
  }
  bool has(const std::string& name) const { return gui.items().find(name) != nullptr; }
  std::string value(const std::string& name) const { return item(name).value; }

  void move(crease::Point to) {
    ImGui::GetIO().AddMousePosEvent(static_cast<float>(to.x), static_cast<float>(to.y));
    frames(2);
  }
  void point_at(const std::string& name) { move(item(name).rect.centre()); }
  void press(bool down, int button = 0) {
    ImGui::GetIO().AddMouseButtonEvent(button, down);
    frames(2);
  }
  void click_at(crease::Point at, int button = 0) {
    move(at);
    press(true, button);
    press(false, button);
  }
  void click(const std::string& name) { click_at(item(name).rect.centre()); }
  void double_click_at(crease::Point at) {
    frames(40);  // after any press before
    click_at(at);
    click_at(at);
  }
  void drag(crease::Point from, crease::Point to) {
    move(from);
    press(true);
    move({(from.x + to.x) / 2, (from.y + to.y) / 2});
    move(to);
    press(false);
  }
  void wheel(double by) {
    ImGui::GetIO().AddMouseWheelEvent(0, static_cast<float>(by));
    frames(2);
  }
  void key(ImGuiKey key) {
    ImGui::GetIO().AddKeyEvent(key, true);
    frames(2);
    ImGui::GetIO().AddKeyEvent(key, false);
    frames(2);
  }
  void hold(ImGuiKey key, bool down) {
    ImGui::GetIO().AddKeyEvent(key, down);
    frames(2);
  }
  void type(const std::string& text) {
    ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
    frames(2);
  }
};

/// A hand on what `content` draws.
struct Desk : Hand {
  explicit Desk(std::function<void(crease::app::Gui&)> content) : Hand([] {}) {
    draw = in_a_window([this, content = std::move(content)] { content(gui); });
    frames(3);
  }
};
