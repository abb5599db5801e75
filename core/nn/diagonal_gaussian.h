// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::nn {

/// A normal distribution without correlations, as an autoencoder describes a latent.
struct DiagonalGaussian {
    torch::Tensor mean;        ///< [N, C, H, W]; also the mode.
    torch::Tensor logVariance; ///< Same shape, within −30…20.

    /// moments: [N, 2C, H, W], means first.
    static DiagonalGaussian fromMoments(const torch::Tensor& moments);

    torch::Tensor standardDeviation() const { return torch::exp(0.5 * logVariance); }

    /// noise: [N, C, H, W], standard normal.
    torch::Tensor sample(const torch::Tensor& noise) const
    {
        return mean + standardDeviation() * noise;
    }
};

} // namespace limpid::nn
