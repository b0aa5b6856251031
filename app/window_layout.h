#pragma once
/// Where the parts of the window lie, from its effective size (px at scale 1) alone.
#include <optional>

#include "figure/geometry.h"

namespace crease::app {

struct WindowLayout {
  double most_told = 0;  ///< height that notices may have; what is longer scrolls
  double top = 52;       ///< height of the bar
  Rect left;             ///< the panels, or the strip of icons that opens them; no width: neither
  bool left_is_strip = false;
  std::optional<Rect> network, tiles;  ///< one of them where there is room for one only
  bool tabbed = false;                 ///< network and tiles are two tabs
  double tab_bar = 0;                  ///< its height, above both
  Rect lecture;                        ///< what is said beside a picture alone; may have no width
  Rect lecture_line;  ///< the same in a line below several pictures; may have no height
};

/// What a presentation shows.
enum class Alone { nothing, network, tiles };

struct LayoutWish {
  bool network_first = false;                ///< which of the two tabs is shown
  bool presenting = false;                   ///< no bar, no panels: all room for the pictures
  Alone alone = Alone::nothing;              ///< then: one of both has all the room
  bool maximised = false;                    ///< a tile has the network's room too
  double notices = 0;                        ///< height of what is told above the pictures
  std::optional<double> network_share = {};  ///< of the height, where a splitter has been dragged
};

WindowLayout window_layout(Size size, const LayoutWish& wish);

}  // namespace crease::app
