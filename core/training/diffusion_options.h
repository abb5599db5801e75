// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace limpid::training {

constexpr double faintestGradient = 13.038; ///< Gray levels: √170, as GMSD has it.

/// What a restorer learns with noise beside its one-step answer.
struct DiffusionOptions {
    std::int64_t mixFrom = 12000; ///< From this step on the noise levels are mixed in.
    double regressorShare = 0.6;  ///< Share of α = 0 after that.
    bool ownAnswers = false;      ///< See ownAnswersWhereNoised; else the truth is noised.
    double gradientWeight = 0.0;  ///< Of gradientDissimilarity, with noise only: one step
                                  ///< stays a regressor.
    double faintGradient = faintestGradient; ///< What gradientDissimilarity overlooks.
    double contrastWeight = 0.0;             ///< Of contrastL1, likewise.
    double chromaWeight = 0.0;               ///< Of chromaL1, likewise.
};

} // namespace limpid::training
