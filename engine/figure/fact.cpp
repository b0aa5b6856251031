#include "figure/fact.h"

namespace crease {

std::string fitting_parts(std::string fact, const TextStyle& style, double width) {
  while (typeset(fact, style).width > width) {
    const std::size_t end = fact.find_last_of(",;");
    if (end == std::string::npos) return "";
    fact.resize(end);
  }
  return fact;
}

}  // namespace crease
