#pragma once
/// The closed list of layers: a new one is a file beside this and its name here.
#include <variant>

#include "layers/activation_layer.h"
#include "layers/avg_pool.h"
#include "layers/batch_norm.h"
#include "layers/conv2d.h"
#include "layers/conv_transpose2d.h"
#include "layers/dense.h"
#include "layers/dropout.h"
#include "layers/flatten.h"
#include "layers/global_pool.h"
#include "layers/join.h"
#include "layers/layer_norm.h"
#include "layers/maxout.h"
#include "layers/pool.h"
#include "layers/product.h"
#include "layers/upsample.h"

namespace crease {

using Layer = std::variant<Dense, Conv2d, MaxPool, ActivationLayer, Flatten, Add, Concat, Maxout,
                           ConvTranspose2d, AvgPool, GlobalMaxPool, GlobalAvgPool, GlobalSumPool,
                           Upsample, BatchNorm, LayerNorm, Dropout, Multiply, Dot>;

}  // namespace crease
