// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/diffusion_options.h"
#include "core/training/learning_options.h"
#include "core/training/session_options.h"

#include <filesystem>

namespace limpid::training {

/// How the compact DeblurDiff is trained. In order of the steps: the U-Net alone on sharp latents;
/// all three networks at α = 0; all levels of noise; and the decoder learns with them. Or the LKPN
/// alone, beside networks that are trained.
struct DeblurDiffOptions : SessionOptions, LearningOptions, DiffusionOptions {
    std::filesystem::path autoencoder; ///< Folder of that stage's run, or weights.
    std::filesystem::path from;        ///< Weights to begin with; instead of an autoencoder.
    std::int64_t priorSteps = 0;       ///< Of the U-Net alone.
    std::int64_t decoderFrom = 16000;  ///< From this step on the decoder learns, too.
    double decodedShare = 0.25;        ///< Of a batch: decoded for the pixel losses.
    bool kernelsAlone = false;         ///< Only the LKPN learns, by its own latent and image;
                                       ///< options for the others do nothing.
};

} // namespace limpid::training
