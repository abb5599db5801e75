// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_config.h"
#include "core/training/learning_options.h"
#include "core/training/session_options.h"

namespace limpid::training {

/// How the autoencoder of DeblurDiff's compact form is trained. Of the roles a picture can have in
/// a batch, what is left is: sharp latent, decoded onto the blurred picture.
struct AutoencoderOptions : SessionOptions, LearningOptions {
    AutoencoderOptions()
    {
        totalSteps = 3000;
        batch = 8;
    }

    networks::AutoencoderConfig network = networks::compactDeblurDiffConfig().autoencoder;
    double unchangedShare = 0.15; ///< Blurred latent, decoded onto its own picture.
    double aloneShare = 0.2;      ///< Sharp latent, decoded without the blurred picture.
    double leastNoise = 0.05;     ///< On latents, in their standard deviations.
    double mostNoise = 0.1;
};

} // namespace limpid::training
