// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/ddim_sampler.h"

#include <cmath>

namespace limpid::diffusion {

torch::Tensor DdimSampler::advance(const Step& step, const torch::Tensor& xt,
                                   const Prediction& prediction, const NoiseSource& noise)
{
    if (step.to.sigma <= 0.0)
        return prediction.clean;
    const double ratio = step.from.alpha / step.to.alpha;
    const double fresh =
        eta_ * (step.to.sigma / step.from.sigma) * std::sqrt(std::max(0.0, 1.0 - ratio * ratio));
    const double kept = std::sqrt(std::max(0.0, step.to.sigma * step.to.sigma - fresh * fresh));

    // In place: whole pictures come here, and at 24 megapixels each copy is 288 MB.
    auto next = noiseOf(xt, prediction.clean, step.from).mul_(kept);
    next.add_(prediction.clean, step.to.alpha);
    return fresh > 0.0 ? next.add_(noise(step.index), fresh) : next;
}

} // namespace limpid::diffusion
