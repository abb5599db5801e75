// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>

namespace limpid::nn {

/// Lays the weights of every convolution out channels-last, the order in which a processor's
/// convolutions compute: their outputs then have it, too, and nothing is reordered in between.
/// Values, names and shapes stay. Not while a gradient is being computed.
void layOutChannelsLast(torch::nn::Module& module);

} // namespace limpid::nn
