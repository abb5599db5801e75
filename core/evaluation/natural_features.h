// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <vector>

namespace limpid::evaluation {

constexpr std::int64_t naturalFeatures = 36;
constexpr std::int64_t naturalPatch = 96; ///< Pixels; half of it at the second scale.

/// A generalized Gaussian of mean 0: exp(−(|x| / b)^shape), with different b on both sides.
struct AsymmetricGaussian {
    double shape = 2.0; ///< 0.2…10; 2: Gaussian, 1: Laplacian.
    double left = 1.0;  ///< Standard deviation of the negative values about 0.
    double right = 1.0; ///< Of the positive ones.
    double mean = 0.0;  ///< (b_right − b_left) Γ(2 / shape) / Γ(1 / shape).
};

/// Fitted to each row by moments (Lasmar, Stitou and Berthoumieu 2009). values: [N, M], double.
std::vector<AsymmetricGaussian> fitted(const torch::Tensor& values);

/// Patches of a picture, at least 96 pixels each way, half overlapping.
struct NaturalPatches {
    torch::Tensor features;  ///< [patches, 36], double: 18 at full size, 18 at half.
    torch::Tensor sharpness; ///< [patches]: mean local deviation of the luma, gray levels of 255.
};
NaturalPatches naturalPatches(const torch::Tensor& picture);

} // namespace limpid::evaluation
