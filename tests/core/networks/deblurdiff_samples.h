// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_config.h"

#include <torch/types.h>

namespace limpid::tests {

/// A DeblurDiff of the published kind with 32 channels and two levels.
inline networks::DeblurDiffConfig tinyDeblurDiff()
{
    auto config = networks::publishedConfig();
    for (auto* const unet : {&config.unet, &config.kernel, &config.control}) {
        unet->modelChannels = 32;
        unet->channelMultipliers = {1, 2};
        unet->attentionFactors = {2};
        unet->residualBlocks = 1;
        unet->headChannels = 8;
        unet->contextChannels = 16;
    }
    config.autoencoder.channels = 32;
    config.autoencoder.multipliers = {1, 1};
    config.autoencoder.residualBlocks = 1;
    config.text = networks::TextEncoderConfig{.vocabulary = 520,
                                              .contextLength = 77,
                                              .width = 16,
                                              .heads = 2,
                                              .layers = 2,
                                              .projection = 16};
    return config;
}

} // namespace limpid::tests
