// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/noise_schedule.h"

#include <torch/types.h>

namespace limpid::diffusion {

/// What a denoiser says about x_t.
struct Prediction {
    torch::Tensor clean;  ///< x̂₀, same shape as x_t.
    torch::Tensor kernel; ///< DeblurDiff: the LKPN latent at this step; else undefined.
};

/// x_t = α·x₀ + σ·ε.
torch::Tensor noised(const torch::Tensor& clean, const torch::Tensor& noise,
                     const NoiseLevel& level);

/// ε = (x_t − α·x₀) / σ. Level not clean.
torch::Tensor noiseOf(const torch::Tensor& xt, const torch::Tensor& clean, const NoiseLevel& level);

/// x₀ = (x_t − σ·ε) / α. Level not pure noise.
torch::Tensor cleanFromNoise(const torch::Tensor& xt, const torch::Tensor& noise,
                             const NoiseLevel& level);

/// x₀ = α·x_t − σ·v, with v = α·ε − σ·x₀ (Salimans & Ho 2022). Any level.
torch::Tensor cleanFromVelocity(const torch::Tensor& xt, const torch::Tensor& velocity,
                                const NoiseLevel& level);

} // namespace limpid::diffusion
