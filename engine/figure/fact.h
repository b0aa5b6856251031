#pragma once
/// The one fact that stands beside a picture's name, where it has too little room.
#include <string>

#include "figure/text.h"

namespace crease {

/// As many of a fact's parts as there is room for: "24 261 regions, exact" or "24 261 regions".
/// Markup; empty where not even the first part fits.
std::string fitting_parts(std::string fact, const TextStyle& style, double width);

}  // namespace crease
