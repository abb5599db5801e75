// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace limpid::evaluation {

/// Pictures here are [1, 3, H, W], float, sRGB, nominally 0…1.

/// Luma (ITU-R BT.601) in double, for sums of small differences. → [1, 1, H, W].
torch::Tensor lumaOf(const torch::Tensor& picture);

/// sRGB's curve (IEC 61966-2-1) undone, and applied; values below 0 become 0.
torch::Tensor linearLight(const torch::Tensor& srgb);
torch::Tensor encodedLight(const torch::Tensor& linear);

/// Clamped and rounded to 8 bits, as it would be exported.
torch::Tensor exported(const torch::Tensor& picture);

/// side × side weights of a Gaussian that sum to one. → [1, 1, side, side], double.
torch::Tensor gaussianWindow(int side, double sigma);

} // namespace limpid::evaluation
