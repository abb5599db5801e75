// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/degradation.h"
#include "core/training/photo_cache.h"

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace limpid::training {

/// What was done to a picture that a gate learns from; little depth of field counts as untouched.
enum class GateLesson : std::int64_t { Blurred, Noisy, Untouched };

/// A picture, and what is told of the photograph that it is a part of.
struct GatePicture {
    torch::Tensor blurred; ///< [1, 3, H, W], −1…1, sides multiples of 8.
    torch::Tensor sharp;   ///< Likewise.
    GateLesson kind = GateLesson::Blurred;
    torch::Tensor scene{}; ///< networks::sceneFeatures, for a gate that is told of it.
    std::vector<torch::Tensor> others{}; ///< What else its gate may show, as changes of `blurred`.
};

/// Draws a whole photograph in any framing, with sides of `least` or more, and what happened to it:
/// half are blurred, of these a quarter in one place only; three of twenty are noisy, as many have
/// little depth of field (see drawShallowFocus), the rest is untouched, and right as it is.
GatePicture drawGatePhoto(const PhotoCache& photos, Dice& dice, std::int64_t least,
                          const DegradationRanges& ranges);

/// Mean step from a pixel to the next, both ways. picture: [1, C, H, W].
double steepness(const torch::Tensor& picture);

} // namespace limpid::training
