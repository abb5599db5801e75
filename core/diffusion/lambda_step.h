// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/noise_schedule.h"

#include <cmath>

namespace limpid::diffusion {

/// A step on the clock λ = log(α/σ) of the exponential integrators.
struct LambdaStep {
    double decay = 0.0;  ///< e^−length; 0 from pure noise.
    double length = 0.0; ///< λ_to − λ_from; infinite from pure noise.
};

/// Neither level may be the clean picture.
inline LambdaStep lambdaStep(const NoiseLevel& from, const NoiseLevel& to)
{
    const double decay = from.alpha * to.sigma / (from.sigma * to.alpha);
    return {.decay = decay, .length = -std::log(decay)};
}

} // namespace limpid::diffusion
