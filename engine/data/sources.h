#pragma once
/// The closed list of data sources: a new one is a struct in this folder and its name here.
#include <variant>

#include "data/circle.h"
#include "data/csv.h"
#include "data/four_points.h"
#include "data/gauss.h"
#include "data/idx.h"
#include "data/mnist.h"
#include "data/moons.h"
#include "data/points.h"
#include "data/sine.h"
#include "data/spiral.h"
#include "data/xor.h"

namespace crease {

using Source = std::variant<Spiral, Circle, Xor, Gauss, Moons, Sine, Xor4, Xor4Signed, And, Or,
                            Points, Csv, Idx, Mnist, FashionMnist>;

}  // namespace crease
