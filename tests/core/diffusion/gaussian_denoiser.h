// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"

#include <cmath>

namespace limpid::tests {

/// The exact denoiser of data drawn from a normal distribution N(mean, deviation²).
class GaussianDenoiser : public diffusion::Denoiser {
public:
    GaussianDenoiser(double mean, double deviation) : mean_(mean), variance_(deviation * deviation)
    {}

    diffusion::Prediction predict(const torch::Tensor& xt,
                                  const diffusion::NoiseLevel& level) override
    {
        const double total = level.alpha * level.alpha * variance_ + level.sigma * level.sigma;
        return {mean_ + (xt - level.alpha * mean_) * (level.alpha * variance_ / total), {}};
    }

    /// Where the exact probability-flow path that passes x at `from` arrives at `to`:
    /// (x_t − αm) / sqrt(α²s² + σ²) is constant along it.
    torch::Tensor flowed(const torch::Tensor& x, const diffusion::NoiseLevel& from,
                         const diffusion::NoiseLevel& to) const
    {
        return to.alpha * mean_ + (x - from.alpha * mean_) * (spread(to) / spread(from));
    }

private:
    double spread(const diffusion::NoiseLevel& level) const
    {
        return std::sqrt(level.alpha * level.alpha * variance_ + level.sigma * level.sigma);
    }

    double mean_;
    double variance_;
};

} // namespace limpid::tests
