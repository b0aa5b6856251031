#include "window_layout.h"

#include <algorithm>
#include <cmath>

namespace crease::app {

namespace {

constexpr double panels = 248, strip = 44;
constexpr double all_panels_from = 1200, low_bar_below = 760, tabs_below_height = 600,
                 tabs_below_width = 720;
constexpr double usual_network = 0.44, presented_network = 0.36, least_network = 200,
                 least_tiles = 220;
constexpr double tab_height = 36;
constexpr double most_told = 0.4;
constexpr double lecture_from = 700, lecture_share = 0.32;
constexpr double lecture_line_from = 400, lecture_line_height = 30;

}  // namespace

WindowLayout window_layout(Size size, const LayoutWish& wish) {
  WindowLayout all;
  all.top = wish.presenting ? 0 : size.height < low_bar_below ? 48 : 52;
  all.left_is_strip = size.width < all_panels_from;
  const double left = wish.presenting ? 0 : all.left_is_strip ? strip : panels;
  all.left = {0, all.top, left, std::max(0.0, size.height - all.top)};
  // What is told hides nothing: the pictures make room for it, as far as they can.
  all.most_told = most_told * all.left.height;
  const double told = std::min(wish.notices, all.most_told);
  const bool little_room = size.height < tabs_below_height || size.width < tabs_below_width;
  const bool is_alone = little_room || wish.alone != Alone::nothing;
  const bool has_column = is_alone && wish.alone == Alone::tiles && size.width >= lecture_from;
  const double line =
      wish.presenting && !has_column && size.height >= lecture_line_from ? lecture_line_height : 0;
  const Rect centre{all.left.right(), all.top + told, std::max(0.0, size.width - all.left.width),
                    all.left.height - told - line};
  all.lecture_line = {centre.x, centre.bottom(), centre.width, line};
  if (wish.presenting && is_alone) {
    (wish.alone == Alone::network ? all.network : all.tiles) = centre;
    if (has_column) {
      all.lecture = {centre.x, centre.y, std::round(centre.width * lecture_share), centre.height};
      all.tiles =
          Rect{all.lecture.right(), centre.y, centre.width - all.lecture.width, centre.height};
    }
    return all;
  }
  all.tabbed = little_room;
  if (all.tabbed) {
    all.tab_bar = tab_height;
    const Rect below{centre.x, centre.y + tab_height, centre.width,
                     std::max(0.0, centre.height - tab_height)};
    (wish.network_first ? all.network : all.tiles) = below;
    return all;
  }
  if (wish.maximised) {
    all.tiles = centre;
    return all;
  }
  const double share =
      wish.presenting ? presented_network : wish.network_share.value_or(usual_network);
  const double wanted = std::round(centre.height * share);
  // Beside a long notice there may be less than either needs.
  const double least = std::min(least_network, 0.4 * centre.height);
  const double height = std::clamp(wanted, least, std::max(least, centre.height - least_tiles));
  all.network = Rect{centre.x, centre.y, centre.width, height};
  all.tiles = Rect{centre.x, centre.y + height, centre.width, centre.height - height};
  return all;
}

}  // namespace crease::app
