#include "items.h"

#include <algorithm>

namespace crease::app {

void Items::next_frame() {
  shown_.swap(growing_);
  growing_.clear();
}

void Items::add(NamedItem item) { growing_.push_back(std::move(item)); }

const NamedItem* Items::find(std::string_view name) const {
  const auto found = std::find_if(shown_.begin(), shown_.end(),
                                  [&](const NamedItem& item) { return item.name == name; });
  return found == shown_.end() ? nullptr : &*found;
}

std::vector<std::string> Items::doubled() const {
  std::map<std::string, int> count;
  for (const NamedItem& item : shown_) ++count[item.name];
  std::vector<std::string> names;
  for (const auto& [name, times] : count)
    if (times > 1) names.push_back(name);
  return names;
}

}  // namespace crease::app
