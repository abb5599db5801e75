// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/noise_schedule.h"
#include "core/training/dice.h"

#include <vector>

namespace limpid::training {

/// The noise levels that `count` pictures are learned at: pure noise (α = 0) with the probability
/// `regressorShare`, else uniform in log-SNR, 1…8, where a few-step sampler calls the network.
std::vector<diffusion::NoiseLevel> drawLevels(Dice dice, std::int64_t count, double regressorShare);

} // namespace limpid::training
