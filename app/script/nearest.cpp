#include "script/nearest.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace crease::app {

namespace {

/// Letters to insert, delete or replace (Levenshtein).
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string did_you_mean(const std::string& name, const Items& items) {
  const std::string* best = nullptr;
  std::size_t least = 1 + std::max<std::size_t>(2, name.size() / 3);
  for (const NamedItem& item : items.all()) {
    const std::size_t far = distance(name, item.name);
    if (far >= least) continue;
    least = far;
    best = &item.name;
  }
  return best ? ": did you mean \"" + *best + "\"?" : "";
}

}  // namespace crease::app
