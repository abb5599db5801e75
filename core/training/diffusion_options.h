// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace limpid::training {

/// What a restorer learns with noise beside its one-step answer.
struct DiffusionOptions {
    std::int64_t mixFrom = 12000; ///< From this step on the noise levels are mixed in.
    double regressorShare = 0.6;  ///< Share of α = 0 after that.
    double ownAnswers = 0.0;      ///< See towardsOwnAnswers; 0: the truth is noised.
    double contrastWeight = 0.0;  ///< Of contrastL1, with noise only: one step stays a regressor.
};

} // namespace limpid::training
