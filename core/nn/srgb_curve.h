// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::nn {

/// The curve of sRGB (IEC 61966-2-1) on tensors of any shape, 0…1; straight below the curve's foot,
/// negative values too. From sRGB to linear light, and back.
torch::Tensor toLinear(const torch::Tensor& srgb);
torch::Tensor toSrgb(const torch::Tensor& linear);

} // namespace limpid::nn
