#pragma once
/// A guess at what was meant by a name that is not there.
#include <string>

#include "items.h"

namespace crease::app {

/// ": did you mean "rate" or "rest"?", or nothing where no name is near.
std::string did_you_mean(const std::string& name, const Items& items);

}  // namespace crease::app
