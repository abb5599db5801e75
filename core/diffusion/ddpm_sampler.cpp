// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/ddpm_sampler.h"

#include <cmath>

namespace limpid::diffusion {

torch::Tensor DdpmSampler::advance(const Step& step, const torch::Tensor& xt,
                                   const Prediction& prediction, const NoiseSource& noise)
{
    const auto clean = clip_ > 0.0 ? prediction.clean.clamp(-clip_, clip_) : prediction.clean;
    if (step.to.sigma <= 0.0)
        return clean;
    // One composed step from → to has 1 − β = (α_t / α_s)².
    const double ratio = step.from.alpha / step.to.alpha;
    const double beta = 1.0 - ratio * ratio;
    const double fromVariance = step.from.sigma * step.from.sigma;
    const double toVariance = step.to.sigma * step.to.sigma;

    const auto mean =
        clean * (step.to.alpha * beta / fromVariance) + xt * (ratio * toVariance / fromVariance);
    return mean + noise(step.index) * std::sqrt(beta * toVariance / fromVariance);
}

} // namespace limpid::diffusion
