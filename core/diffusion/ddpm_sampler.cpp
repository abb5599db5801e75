// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/ddpm_sampler.h"

#include "core/diffusion/posterior.h"

#include <cmath>

namespace limpid::diffusion {

torch::Tensor DdpmSampler::advance(const Step& step, const torch::Tensor& xt,
                                   const Prediction& prediction, const NoiseSource& noise)
{
    auto clean = clip_ > 0.0 ? prediction.clean.clamp(-clip_, clip_) : prediction.clean;
    if (step.to.sigma <= 0.0)
        return clean;
    const Posterior posterior = posteriorBetween(step.from, step.to);
    const auto mean = clean * posterior.cleanWeight + xt * posterior.stateWeight;
    return mean + noise(step.index) * std::sqrt(posterior.variance);
}

} // namespace limpid::diffusion
