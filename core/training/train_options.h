// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/icdpm_unet.h"
#include "core/training/learning_options.h"
#include "core/training/session_options.h"

namespace limpid::training {

/// How MSG is trained.
struct TrainOptions : SessionOptions, LearningOptions {
    networks::IcdpmUnetConfig network; ///< compactConfig("xs") by default.
    std::filesystem::path from;        ///< Exported weights to begin with; empty: random ones.
    std::int64_t mixFrom = 12000;      ///< From this step on the noise levels are mixed in.
    double regressorShare = 0.6;       ///< Share of α = 0 after that.
};

} // namespace limpid::training
