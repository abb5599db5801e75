// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/deblurdiff_config.h"

namespace limpid::networks {

DeblurDiffConfig publishedConfig()
{
    DeblurDiffConfig config;
    config.kernel.inChannels = 2 * config.autoencoder.embedChannels;
    config.kernel.outChannels =
        config.autoencoder.embedChannels * config.kernelSize * config.kernelSize;
    config.kernel.modelChannels = 128;
    config.control.windowFollowsLevel = false;
    config.text = TextEncoderConfig{};
    return config;
}

DeblurDiffConfig compactDeblurDiffConfig()
{
    DeblurDiffConfig config;
    config.form = LatentForm::Compact;
    config.autoencoder = {.channels = 16,
                          .multipliers = {1, 2, 4},
                          .residualBlocks = 1,
                          .zChannels = 8,
                          .embedChannels = 8,
                          .middleAttention = false,
                          .skips = true,
                          .norm = nn::NormKind::ChannelPerPixel};
    config.latentScale = 1.0;
    config.unet = {.inChannels = 8,
                   .outChannels = 8,
                   .modelChannels = 32,
                   .channelMultipliers = {2, 2, 3}, // widths that 32 divides compute fastest
                   .attentionFactors = {},
                   .residualBlocks = 1,
                   .contextChannels = 0,
                   .middleAttention = false,
                   .norm = nn::NormKind::ChannelPerPixel};
    config.control = config.unet;
    config.hintChannels = 2 * config.autoencoder.embedChannels;
    config.kernelDilations = {1, 2};
    config.kernel = config.unet;
    config.kernel.channelMultipliers = {2, 2, 2};
    config.kernel.inChannels = config.hintChannels;
    config.kernel.outChannels = config.autoencoder.embedChannels * config.kernelSize *
                                config.kernelSize *
                                static_cast<std::int64_t>(config.kernelDilations.size());
    return config;
}

} // namespace limpid::networks
