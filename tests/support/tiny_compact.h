// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/networks/deblurdiff_config.h"

namespace limpid::tests {

/// A DeblurDiff of the compact form with 8 channels and two levels; latents of 1/4 of the size.
inline networks::DeblurDiffConfig tinyCompact()
{
    auto config = networks::compactDeblurDiffConfig();
    for (auto* const unet : {&config.unet, &config.kernel, &config.control}) {
        unet->modelChannels = 8;
        unet->channelMultipliers = {1, 2};
    }
    config.autoencoder.channels = 8;
    config.autoencoder.multipliers = {1, 1, 2};
    config.latentScale = 0.5;
    return config;
}

} // namespace limpid::tests
