// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/picture.h"

namespace limpid::evaluation {

torch::Tensor lumaOf(const torch::Tensor& picture)
{
    const auto x = picture.to(torch::kFloat64);
    const auto luma = 0.299 * x.select(1, 0) + 0.587 * x.select(1, 1) + 0.114 * x.select(1, 2);
    return luma.unsqueeze(1);
}

torch::Tensor linearLight(const torch::Tensor& srgb)
{
    const auto x = srgb.clamp_min(0.0);
    return torch::where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055).pow(2.4));
}

torch::Tensor encodedLight(const torch::Tensor& linear)
{
    const auto x = linear.clamp_min(0.0);
    return torch::where(x <= 0.0031308, x * 12.92,
                        1.055 * x.clamp_min(1e-8).pow(1.0 / 2.4) - 0.055);
}

torch::Tensor exported(const torch::Tensor& picture)
{
    return torch::round(picture.clamp(0.0, 1.0) * 255.0) / 255.0;
}

torch::Tensor gaussianWindow(int side, double sigma)
{
    const auto x = torch::arange(side, torch::kFloat64) - (side - 1) / 2.0;
    const auto weights = torch::exp(-0.5 * x * x / (sigma * sigma));
    const auto line = weights / weights.sum();
    return torch::outer(line, line).view({1, 1, side, side});
}

} // namespace limpid::evaluation
