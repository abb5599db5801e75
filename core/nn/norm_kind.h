// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace limpid::nn {

/// Over what feature maps are normalized.
enum class NormKind {
    GroupSpatial,    ///< 32 groups of channels over the whole map, as published.
    ChannelPerPixel, ///< Each pixel over its channels: a tile is treated as the whole picture is.
};

} // namespace limpid::nn
