// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <torch/types.h>

namespace limpid::methods {

/// networks::sceneFeatures of a photograph, for a gate: [1, S, 1, 1], CPU. Looks at all of a small
/// photograph and through windows spread evenly over a large one, so it takes a tenth of a second
/// at most.
torch::Tensor sceneOf(const image::Image& photo);

} // namespace limpid::methods
