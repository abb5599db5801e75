// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/posterior.h"

namespace limpid::diffusion {

Posterior posteriorBetween(const NoiseLevel& from, const NoiseLevel& to)
{
    if (to.sigma <= 0.0)
        return {};
    // One composed step from → to has 1 − β = (α_t / α_s)².
    const double ratio = from.alpha / to.alpha;
    const double beta = 1.0 - ratio * ratio;
    const double fromVariance = from.sigma * from.sigma;
    const double toVariance = to.sigma * to.sigma;
    return {.cleanWeight = to.alpha * beta / fromVariance,
            .stateWeight = ratio * toVariance / fromVariance,
            .variance = beta * toVariance / fromVariance};
}

} // namespace limpid::diffusion
