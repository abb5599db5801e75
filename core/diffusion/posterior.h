// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/noise_schedule.h"

namespace limpid::diffusion {

/// q(x_s | x_t, x₀) = N(cleanWeight · x₀ + stateWeight · x_t, variance), s less noisy than t.
struct Posterior {
    double cleanWeight = 1.0;
    double stateWeight = 0.0;
    double variance = 0.0;
};

/// The posterior of the composed step between two levels, however far apart (Ho et al. 2020). To
/// the clean picture it is x₀ itself.
Posterior posteriorBetween(const NoiseLevel& from, const NoiseLevel& to);

} // namespace limpid::diffusion
