// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampler.h"

namespace limpid::diffusion {

/// Ancestral sampling (Ho et al. 2020): draws from the posterior q(x_s | x_t, x̂₀) with its own
/// mean and variance. x̂₀ is clamped to ±clip first, as published for pixels; 0: not clamped.
class DdpmSampler : public Sampler {
public:
    explicit DdpmSampler(double clip) : clip_(clip) {}

    torch::Tensor advance(const Step& step, const torch::Tensor& xt, const Prediction& prediction,
                          const NoiseSource& noise) override;

private:
    double clip_;
};

} // namespace limpid::diffusion
