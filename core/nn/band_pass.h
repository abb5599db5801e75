// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::nn {

/// Mean over the (2·radius + 1)² neighbourhood; at the border over the part that exists.
/// x: [N, C, H, W] → same shape.
torch::Tensor boxBlur(const torch::Tensor& x, std::int64_t radius);

/// Band-pass pictures: differences of box blurs of radius 0, 1, 2, 4, … (`bands` of them), finest
/// first. x: [N, C, H, W] → [N, bands, C, H, W]; they sum to x minus its widest blur.
/// Computed in fp32: grouped bf16 convolutions with few channels are far slower on CPUs.
torch::Tensor bandPass(const torch::Tensor& x, std::int64_t bands);

} // namespace limpid::nn
