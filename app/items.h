#pragma once
/// What of the interface answers a name: every widget tells its stable name, so that scripts and
/// tests can find it, press it and read it.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "figure/geometry.h"

namespace crease::app {

/// One item of a frame.
struct NamedItem {
  std::string name;   ///< stable: "run", "rate", "h1.unit3"
  std::string label;  ///< what is read beside or on it; may be empty
  Rect rect;          ///< in pixels of the window
  Rect visible;       ///< the part that no panel clips; empty when it is scrolled out of sight
  bool enabled = true;
  std::string value;  ///< as text: "0.03", "Adam", "on"; empty where it holds none
};

/// The items of the last whole frame, in the order of drawing. A name used twice in a frame finds
/// the first.
class Items {
 public:
  /// What has been added becomes the last whole frame.
  void next_frame();
  void add(NamedItem item);

  const std::vector<NamedItem>& all() const { return shown_; }
  /// Null when nothing of that name was on screen.
  const NamedItem* find(std::string_view name) const;
  /// Names that more than one item of the last frame used: mistakes of ours.
  std::vector<std::string> doubled() const;

 private:
  std::vector<NamedItem> growing_, shown_;
};

}  // namespace crease::app
