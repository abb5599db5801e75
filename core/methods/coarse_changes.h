// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/canvas.h"
#include "core/methods/regression.h"

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace limpid::methods {

/// What a change at 1/scale is found of.
Canvas coarseCanvas(const Rect& seen, Size photo, int scale);

/// What a method changes in a photograph that is reduced to 1/2, 1/4 …: a blur that is longer than
/// any its networks have learned is short enough there (coarse to fine, as Nah et al. 2017). One
/// step each; tile by tile with the photograph's low band kept, as at full size, and with as much
/// around what is seen in pixels of the reduced photograph.
/// seen: what is asked about, at least what the full-size networks see of the photograph; corner
/// and sides multiples of 2^(scales − 1). → scales − 1 pictures [1, 3, seen.height/s,
/// seen.width/s], to be added, CPU; the finer first. Throws Cancelled, NonFinite.
std::vector<torch::Tensor> coarseChanges(const RestorationJob& job, const Rect& seen,
                                         std::int64_t scales, const Regression& regression);

/// A change in pixels of the photograph, bicubic. [1, 3, h, w] → [1, 3, h·scale, w·scale].
torch::Tensor atFullSize(const torch::Tensor& change, std::int64_t scale);

} // namespace limpid::methods
