// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/prediction.h"

namespace limpid::diffusion {

torch::Tensor noised(const torch::Tensor& clean, const torch::Tensor& noise,
                     const NoiseLevel& level)
{
    return clean * level.alpha + noise * level.sigma;
}

torch::Tensor noiseOf(const torch::Tensor& xt, const torch::Tensor& clean, const NoiseLevel& level)
{
    return torch::sub(xt, clean, level.alpha).div_(level.sigma);
}

torch::Tensor cleanFromNoise(const torch::Tensor& xt, const torch::Tensor& noise,
                             const NoiseLevel& level)
{
    return (xt - noise * level.sigma) / level.alpha;
}

torch::Tensor cleanFromVelocity(const torch::Tensor& xt, const torch::Tensor& velocity,
                                const NoiseLevel& level)
{
    return xt * level.alpha - velocity * level.sigma;
}

} // namespace limpid::diffusion
