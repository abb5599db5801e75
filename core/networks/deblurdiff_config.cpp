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

} // namespace limpid::networks
