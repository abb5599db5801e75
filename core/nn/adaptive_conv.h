// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::nn {

/// Element-wise adaptive convolution (DeblurDiff's EAC): every pixel has its own side×side kernel.
/// Zero padding, cross-correlation. x: [N, C, H, W]; kernels: [N, G·side², H, W], where channel
/// group·side² + row·side + column holds one tap and each group serves C/G neighboring channels
/// → [N, C, H, W].
torch::Tensor adaptiveConvolution(const torch::Tensor& x, const torch::Tensor& kernels,
                                  std::int64_t side, std::int64_t dilation = 1);

} // namespace limpid::nn
