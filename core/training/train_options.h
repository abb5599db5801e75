// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/icdpm_unet.h"
#include "core/training/diffusion_options.h"
#include "core/training/learning_options.h"
#include "core/training/session_options.h"

namespace limpid::training {

/// How MSG is trained.
struct TrainOptions : SessionOptions, LearningOptions, DiffusionOptions {
    networks::IcdpmUnetConfig network; ///< compactConfig("xs") by default.
    std::filesystem::path from;        ///< Exported weights to begin with; empty: random ones.
};

} // namespace limpid::training
