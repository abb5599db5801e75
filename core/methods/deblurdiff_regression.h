// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/restoration_method.h"

namespace limpid::methods {

class DeblurDiffNetworks;

enum class DeblurDiffAnswer {
    Clean,  ///< x̂₀ of all networks.
    Kernel, ///< What the predicted kernels alone make of the photograph.
};

/// The one-step answer to a small picture, without tiles, decoded onto it. blurred: [1, 3, H, W],
/// −1…1, sides multiples of 64 → same, CPU. The networks lie where the settings say.
torch::Tensor regressedBy(DeblurDiffNetworks& networks, const torch::Tensor& blurred,
                          DeblurDiffAnswer answer, const RunSettings& settings);

} // namespace limpid::methods
