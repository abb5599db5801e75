// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampler.h"

namespace limpid::diffusion {

/// DDIM (Song et al. 2021), η = 0 deterministic … η = 1 as noisy as ancestral sampling. Works from
/// pure noise (α = 0), where the predicted noise is x_t itself.
class DdimSampler : public Sampler {
public:
    explicit DdimSampler(double eta) : eta_(eta) {}

    torch::Tensor advance(const Step& step, const torch::Tensor& xt, const Prediction& prediction,
                          const NoiseSource& noise) override;

private:
    double eta_;
};

} // namespace limpid::diffusion
