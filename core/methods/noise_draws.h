// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"

#include <torch/types.h>

#include <cstdint>
#include <functional>

namespace limpid::methods {

/// What a Gaussian draw of the published pipeline is for, in the order in which they come.
enum class DrawPurpose {
    Condition,      ///< Sample of the blurred picture's latent.
    Unconditional,  ///< Another, for the unconditional branch.
    LowFrequencies, ///< Sample of the low frequencies' latent, one per tile.
    Start,          ///< The noise of the first state.
    GuidanceTarget, ///< Sample of the guidance's target, one per move.
    Step,           ///< Fresh noise of a sampling step.
};

struct NoiseDraw {
    DrawPurpose purpose = DrawPurpose::Start;
    Rect area{};      ///< In latent pixels of the padded picture.
    int channels = 4; ///< → [1, channels, area.height, area.width]
    int index = 0;    ///< Of the step or tile.
    int repeat = 0;   ///< Of the guidance's move within a step.
};

using NoiseDraws = std::function<torch::Tensor(const NoiseDraw& draw)>;

/// Noise that depends on seed, purpose, step and position alone (diffusion::positionNoise).
NoiseDraws positionDraws(std::uint64_t seed);

} // namespace limpid::methods
