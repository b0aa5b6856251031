#pragma once
/// The closed list of data sources: a new one is a struct in this folder and its name here.
#include <variant>

#include "data/circle.h"
#include "data/csv.h"
#include "data/curves.h"
#include "data/four_points.h"
#include "data/gauss.h"
#include "data/idx.h"
#include "data/mnist.h"
#include "data/mnist1d.h"
#include "data/moons.h"
#include "data/patterns.h"
#include "data/planes.h"
#include "data/points.h"
#include "data/shapes.h"
#include "data/spiral.h"
#include "data/udl.h"
#include "data/xor.h"

namespace crease {

using Source =
    std::variant<Spiral, Circle, Xor, Gauss, Moons, Rings, Checkerboard, Stripes, Spiral3, Sine,
                 StepFunction, Line, UdlLine, UdlCurve, RegressionPlane, RegressionGauss, Xor4,
                 Xor4Signed, And, Or, Mnist1d, Shapes, Points, Csv, Idx, Mnist, FashionMnist>;

}  // namespace crease
