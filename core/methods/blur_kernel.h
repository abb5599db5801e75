// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::methods {

/// Longest side of a kernel that can be found, and shortest of a picture that it can be found in;
/// pixels.
inline constexpr std::int64_t largestKernel = 49;
inline constexpr std::int64_t leastForKernel = 128;

/// Which kernel has blurred a picture (blind deconvolution)? A guess at the sharp picture, a
/// network's, is where it starts: its strongest edges, made steep by a shock filter, tell a first
/// kernel (Cho & Lee 2009). Then in turns a picture with few edges is made that this kernel blurs
/// into the one seen (L0 gradients, Xu, Zheng & Jia 2013), and the kernel that does so best; most
/// of it at half size, where a long kernel is short.
/// blurred, guess: gray in linear light, [H, W], 0…1, sides even and leastForKernel or more; of
/// any device. Thousands of operations on small arrays: best with one thread for each.
/// → [largestKernel, largestKernel], 0 or more, with sum 1; near the middle, not centered.
torch::Tensor estimateKernel(const torch::Tensor& blurred, const torch::Tensor& guess);

/// The sharp picture that a kernel, centered, has blurred, as far as that can be told, and `guess`
/// beyond: least squares of both differences, the louder the picture's noise the nearer to the
/// guess. What lies past the sides is taken for a mirror image.
/// Pictures in linear light, [3, H, W], sides leastForKernel or more.
torch::Tensor deconvolved(const torch::Tensor& blurred, const torch::Tensor& guess,
                          const torch::Tensor& kernel);

} // namespace limpid::methods
