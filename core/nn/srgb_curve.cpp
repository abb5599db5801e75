// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/srgb_curve.h"

namespace limpid::nn {

torch::Tensor toLinear(const torch::Tensor& srgb)
{
    return torch::where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055).pow(2.4));
}

torch::Tensor toSrgb(const torch::Tensor& linear)
{
    return torch::where(linear <= 0.0031308, linear * 12.92,
                        1.055 * linear.clamp_min(1e-8).pow(1.0 / 2.4) - 0.055);
}

} // namespace limpid::nn
