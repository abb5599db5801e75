// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <torch/types.h>

#include <cstdint>

namespace limpid::diffusion {

/// Which noise field is meant: the same key gives the same field on every machine and device.
struct NoiseKey {
    std::uint64_t seed = 0;
    int step = -1; ///< −1 for the start, else the index of the step that draws it.
};

/// Standard normal noise of an infinite field, cut out at `area` (absolute position, may be
/// negative). → [1, channels, area.height, area.width], float, CPU. Each value depends on the key,
/// the channel and the position alone: Philox-4×32-10 counters (Salmon et al. 2011), Box–Muller.
torch::Tensor positionNoise(const NoiseKey& key, const Rect& area, int channels);

} // namespace limpid::diffusion
