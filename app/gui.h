#pragma once
/// One Dear ImGui context with our fonts, theme and scale. Every widget takes it.
///
/// Lengths are said in px at scale 1, as in the design; `px()` turns them into pixels of the
/// window, which is what Dear ImGui counts in here, on every display.
#include <imgui.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "figure/figure.h"
#include "figure/text.h"
#include "figure/theme.h"
#include "items.h"

namespace crease::app {

class Pictures;
class StampPictures;
struct WidgetState;

class Gui {
 public:
  /// Without a renderer frames are laid out as always, and drawn nowhere.
  explicit Gui(bool renderer = false);
  ~Gui();
  Gui(const Gui&) = delete;
  Gui& operator=(const Gui&) = delete;

  /// Between the two, widgets may be drawn. `pixels` is the window's size, `seconds` the time since
  /// the last frame. A window's backends are called before.
  void begin_frame(Size pixels, double seconds);
  void end_frame();

  void set_theme(bool dark);
  const Theme& theme() const { return *theme_; }
  /// Pixels for each px at text scale 1: a property of the display.
  void set_display_scale(double scale);
  double display_scale() const { return display_scale_; }
  /// What the user chose, 1 to 2.5.
  void set_text_scale(double scale);
  double text_scale() const { return text_scale_; }
  /// Pixels for each px: both together.
  double scale() const { return display_scale_ * text_scale_; }
  /// The window's size in px.
  Size size() const { return {size_.width / scale(), size_.height / scale()}; }
  /// `length` px as whole pixels (at least one for anything above zero).
  float px(double length) const;
  /// The same, not rounded.
  float exact(double length) const { return static_cast<float>(length * scale()); }

  /// Switches off what moves only to please.
  void set_less_motion(bool less) { less_motion_ = less; }
  bool less_motion() const { return less_motion_; }

  /// Is there something to draw for: an event within the last three frames, or a frame asked for?
  bool awake() const { return frames_left_ > 0; }
  /// Draws three more frames.
  void wake() { frames_left_ = 3; }
  /// The user has pressed or let go of something: what that does shows only when the frame is laid
  /// out once more, which is far quicker than to draw it twice.
  bool acted() const { return acted_; }
  /// Asks for a frame in `seconds` at the latest (a tip that is to appear).
  void wake_in(double seconds);
  /// Seconds until the frame that was asked for; negative when none was.
  double wanted_in() const { return wanted_in_; }

  /// Dear ImGui's own text (in fields) in this face, `size` px.
  void push_text(Face face, double size);
  void pop_text();
  ImFont* font(Face face) const { return fonts_[static_cast<int>(face)]; }

  /// Tells the name of what was just drawn as one item of Dear ImGui's.
  void named(std::string_view name, std::string_view label = {}, std::string_view value = {});
  /// Tells the name of a place that answers the pointer without being an item, in pixels.
  void named_at(Rect pixels, std::string_view name, std::string_view label = {},
                std::string_view value = {}, bool enabled = true);
  const Items& items() const { return items_; }
  Items& items() { return items_; }

  /// What the window is cleared with before it is drawn: regions with this ground need not fill it.
  Colour ground() const { return theme().picture; }

  Pictures& pictures() { return *pictures_; }
  StampPictures& stamps() { return *stamps_; }
  WidgetState& widgets() { return *widgets_; }
  ImGuiContext* context() const { return context_; }

 private:
  void restyle();

  ImGuiContext* context_ = nullptr;
  ImFont* fonts_[4] = {};
  std::unique_ptr<Pictures> pictures_;
  std::unique_ptr<StampPictures> stamps_;
  std::unique_ptr<WidgetState> widgets_;
  std::string clipboard_;  // where there is no window
  Items items_;
  const Theme* theme_ = nullptr;
  Size size_;
  double display_scale_ = 1, text_scale_ = 1;
  double wanted_in_ = -1;
  int frames_left_ = 3;
  bool renderer_ = false, less_motion_ = false, acted_ = false;
};

/// Dear ImGui's colour and back.
ImU32 colour(Colour colour);
inline ImVec2 place(Point p) { return {static_cast<float>(p.x), static_cast<float>(p.y)}; }
inline Rect rect(ImVec2 from, ImVec2 to) { return {from.x, from.y, to.x - from.x, to.y - from.y}; }

}  // namespace crease::app
